"""Strings as Rust sees their white space, and as a reader sees their characters."""

from __future__ import annotations

SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space, which Rust's `trim` takes off."""


def split_graphemes(text: str) -> list[str]:
    """Return the grapheme clusters of a string."""
    if text.isascii() and "\r" not in text:
        return list(text)
    # Few templates ask for it of anything but ASCII, and the module is slow to load.
    import regex

    return regex.findall(r"\X", text)
