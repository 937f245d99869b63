"""Calls of shortcodes in a text: found, rendered, and their output put where they stood."""
