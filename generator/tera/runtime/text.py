"""Strings as Rust sees their white space, and as a reader sees their characters."""

from __future__ import annotations

import re
from functools import cache

SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space, which Rust's `trim` takes off."""


def split_graphemes(text: str) -> list[str]:
    """Return the grapheme clusters of a string."""
    if text.isascii() and "\r" not in text:
        return list(text)
    # Few templates ask for it of anything but ASCII, and the module is slow to load.
    import regex

    return regex.findall(r"\X", text)


def cut_graphemes(text: str, count: int) -> str | None:
    """Return the first `count` grapheme clusters of a string; None when it has no more."""
    if len(text) <= count:
        return None
    if _plain().match(text, 0, count + 1).end() == count + 1:  # type: ignore[union-attr]  # it matches everywhere
        return text[:count]
    clusters = split_graphemes(text)
    return None if len(clusters) <= count else "".join(clusters[:count])


@cache
def _plain() -> re.Pattern[str]:
    """Return what reads characters that no other joins, compiled when a template first cuts a text: that takes 1 ms.

    They are ASCII but CR, Hangul syllables and compatibility jamo, Han, and what stands between.
    """
    return re.compile("[\\x00-\\x0c\\x0e-\\x7f가-힣ㄱ-ㆎ一-鿿‐‑–—―‘’“”…※·、。〈〉《》「」『』【】]*")
