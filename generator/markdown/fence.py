"""A code fence's info string → Fence: its language, its options for line numbers and marks, its other attributes."""

from __future__ import annotations

import re

from generator.model.code import Fence

_INTEGER = re.compile(r"[+-]?[0-9]+\Z", re.ASCII)
_RANGE = re.compile(r"(\+?[0-9]+)(?:-(\+?[0-9]+))?\Z", re.ASCII)


def parse_fence(info: str) -> Fence:
    """Return what an info string, its entities and escapes decoded, asks for.

    Zola: tokens are split at commas alone, so a language may hold spaces (`js foo`); a second bare word is ignored.
    """
    language: str | None = None
    line_numbers = False
    first_line = 1
    marked: tuple[tuple[int, int], ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    attributes: dict[str, str] = {}
    for token in filter(None, map(str.strip, info.split(","))):
        key, *values = token.split("=")
        key, value = key.strip(), values[0] if values else None
        if key == "linenos":
            line_numbers = True
        elif key == "linenostart":
            first_line = _parse_integer(value, first_line)
        elif key == "hl_lines":
            marked += _parse_ranges(value)
        elif key == "hide_lines":
            hidden += _parse_ranges(value)
        elif value is not None:
            attributes[key] = value.strip()
        elif language is None:
            language = key
    return Fence(
        language=_language(info, language),
        line_numbers=line_numbers,
        first_line=first_line,
        marked=marked,
        hidden=hidden,
        attributes=tuple(sorted(attributes.items())),
    )


def _language(info: str, language: str | None) -> str | None:
    """Zola: a fence of options alone has the language "", one without any info none at all."""
    return "" if language is None and info.strip() else language


def _parse_integer(value: str | None, default: int) -> int:
    return int(value) if value is not None and _INTEGER.match(value) else default


def _parse_ranges(value: str | None) -> tuple[tuple[int, int], ...]:
    found = (_RANGE.match(part) for part in (value or "").split(" "))
    bounds = ((int(m[1]), int(m[2] or m[1])) for m in found if m)
    return tuple((min(pair), max(pair)) for pair in bounds)
