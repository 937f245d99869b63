"""Strings as the characters that a reader sees."""

from __future__ import annotations


def split_graphemes(text: str) -> list[str]:
    """Return the grapheme clusters of a string."""
    if text.isascii() and "\r" not in text:
        return list(text)
    # Few templates ask for it of anything but ASCII, and the module is slow to load.
    import regex

    return regex.findall(r"\X", text)
