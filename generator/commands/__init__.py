"""The verbs of the command line, one a file; each holds a click command named `command`."""
