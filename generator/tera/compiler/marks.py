"""Marks that join a piece of generated code to the place in the template that it came from.

While code is put together, a mark stands around it as control characters (which no generated code holds). When a
line is written, they are taken out and become positions: an error's instruction then finds its column.
"""

from __future__ import annotations

import re

from generator.tera.code import Position

MARK = re.compile(r"\x01(\d+)\x02|\x03")


def mark(code: str, offset: int) -> str:
    """Return `code`, marked as made from what stands at `offset`."""
    return f"\x01{offset}\x02{code}\x03"


def unmark(code: str) -> str:
    """Return `code` without its marks."""
    return MARK.sub("", code)


def take_marks(code: str, line: int, column: int) -> tuple[str, list[Position]]:
    """Return `code` without its marks, and their positions if it is written at `line` and `column`."""
    plain: list[str] = []
    open_marks: list[tuple[int, int]] = []
    positions: list[Position] = []
    start = 0
    for found in MARK.finditer(code):
        plain.append(code[start : found.start()])
        column += found.start() - start
        start = found.end()
        if found.group(1):
            open_marks.append((int(found.group(1)), column))
        else:
            offset, opened = open_marks.pop()
            positions.append((line, opened, column, offset))
    plain.append(code[start:])
    return "".join(plain), positions
