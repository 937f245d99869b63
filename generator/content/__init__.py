"""The files below `content/`: found, read, and parsed to pages and sections."""
