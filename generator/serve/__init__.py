"""The development server: answers from a snapshot in memory, rebuilds when files change, tells open pages."""
