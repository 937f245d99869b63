"""Zola's functions and filters, each a callable of a template's arguments; the environment gives them their names."""
