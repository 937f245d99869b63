"""A code block's fence line, read, and the block in colour."""

from __future__ import annotations

from msgspec import Struct


class Fence(Struct, frozen=True, kw_only=True):
    """What a fence's info string asks for.

    language: as typed; None without one. line_numbers: `linenos` was given. first_line: `linenostart`.
    marked, hidden: ranges of 1-based lines of the code, both ends included (`hl_lines`, `hide_lines`).
    attributes: other `key=value` pairs, sorted by key, as typed.
    """

    language: str | None = None
    line_numbers: bool = False
    first_line: int = 1
    marked: tuple[tuple[int, int], ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


class HighlightedCode(Struct, frozen=True, kw_only=True):
    """A code block as HTML. known: the language was found; else it is shown as plain text.

    warning: what the author should hear of (a language coloured by a relative, a lexer that ran out of time).
    """

    html: str
    known: bool
    warning: str | None = None
