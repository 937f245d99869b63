"""What the scan of inline text looks for: special characters, and what holds nothing but text, all of it at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from msgspec import Struct

PLAIN_CODE = re.compile("`([^`]+)`(?!`)")


class Patterns(Struct, frozen=True, kw_only=True):
    """What a scan looks for.

    emphasis: by its mark, its run and its text. link: its text and its URL. Both hold nothing but text, and whatever
    stands around them, their marks can belong to nothing else.
    """

    find_special: Callable[[str, int], re.Match[str] | None]
    emphasis: Mapping[str, re.Pattern[str]]
    link: re.Pattern[str]


@cache
def find_patterns(smart: bool) -> Patterns:
    """Return the patterns. smart: quotes, dashes and dots are special, too."""
    special = r"\n\\*_~`\[\]!<&" + (r"'\"\-." if smart else "")
    # A run after white space can close nothing before it, so the next one like it is its own. That one may close: after
    # a letter, be it within a word, or before white space or a mark.
    inner = rf"(?<![^ \t\n])([*_]{{1,2}})(?=\S)([^{special}]++)"
    return Patterns(
        find_special=re.compile(f"[{special}]").search,
        emphasis={
            "*": re.compile(rf"{inner}(?<=\w)\1(?!\*)"),
            "_": re.compile(rf"{inner}(?<=\S)\1(?=[ \t\n.,:;!?)]|\Z)"),
        },
        link=re.compile(rf"\[([^{special}]++)\]\(([^\x00-\x20()\\&<]++)\)"),
    )
