"""The render stage: a Site in, a plan of output files, then each file's text; nothing is written here."""
