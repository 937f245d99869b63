"""A row of cells over a row of dashes → one token that holds a table's rows."""

from __future__ import annotations

import re

from generator.markdown.rules.interrupts import interrupts
from generator.markdown.rules.state import BlockState, first_character, indent_of, line_text

_DELIMITER_ROW = re.compile(r"[ |:-]+\Z")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
# Such a line ends in a line break, not in a row.
_TRAILING_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
# Cells that short rows lack are filled in, up to here: a few bytes could else ask for gigabytes.
_MAX_FILLED = 1 << 18


def table(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """Zola: only a table whose first row starts with `|` ends a paragraph before it."""
    header = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if "|" not in header or _TRAILING_BACKSLASH.search(header) or (silent and not header.startswith("|")):
        return False
    if start + 1 >= end or indent_of(state, start + 1) not in range(4):
        return False
    alignments = _parse_delimiter_row(line_text(state, start + 1))
    cells = _split_row(header)
    if not alignments or len(cells) != len(alignments):
        return False
    if silent:
        return True
    rows = [(start, cells)]
    line = _read_rows(state, start + 2, end, len(cells), rows)
    state.line = line
    token = state.push("table", "table", 0)
    token.map = [start, line]
    token.meta = alignments, rows
    return True


def _parse_delimiter_row(row: str) -> tuple[str, ...]:
    """Return each column's alignment ("" for none), nothing when `row` delimits no table."""
    if "|" not in row or "-" not in row or not _DELIMITER_ROW.match(row):
        return ()
    cells = [cell.replace(" ", "") for cell in row.removeprefix("|").split("|")]
    last = cells.pop()
    if not all("-" in cell for cell in cells):
        return ()
    return tuple(map(_alignment, [*cells, last] if last else cells))


def _alignment(dashes: str) -> str:
    left, right = dashes.startswith(":"), ":" in dashes[1:]
    return ("center" if left else "right") if right else ("left" if left else "")


def _split_row(row: str) -> list[str]:
    cells = _UNESCAPED_PIPE.split(row.strip(" \t").removeprefix("|"))
    if not cells[-1].strip(" \t"):
        cells.pop()
    return [cell.strip(" \t").replace("\\|", "|") for cell in cells]


def _read_rows(state: BlockState, line: int, end: int, columns: int, rows: list[tuple[int, list[str]]]) -> int:
    """Add the rows from `line` on to `rows`; return the line after the last."""
    parent, state.parentType = state.parentType, "table"
    filled = 0
    while line < end and indent_of(state, line) >= 0:
        char = first_character(state, line)
        if not char or (char != "|" and interrupts(state, line, end, char)):
            break
        cells = _split_row(line_text(state, line))
        filled += max(columns - len(cells), 0)
        if not cells or filled > _MAX_FILLED:
            break
        rows.append((line, (cells + [""] * (columns - len(cells)))[:columns]))
        line += 1
    state.parentType = parent
    return line
