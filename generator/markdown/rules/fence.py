"""Lines between ``` and ``` or ~~~ and ~~~ → a block of code."""

from __future__ import annotations

import re

from generator.markdown.rules.state import FOLDED_INDENT, BlockState, indent_of, line_text

_OPENING = re.compile(r"(`{3,}(?=[^`]*\Z)|~{3,})(.*)\Z")


def fence(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """Zola: nothing but spaces may stand behind the closing marks."""
    if indent_of(state, start) >= FOLDED_INDENT:
        return False
    match = _OPENING.match(line_text(state, start))
    if match is None:
        return False
    if silent:
        return True
    last, is_closed = _find_last(state, start + 1, end, match[1])
    state.line = state.raw_end = last + is_closed
    token = state.push("fence", "code", 0)
    token.info = match[2]
    token.content = state.getLines(start + 1, last, state.sCount[start], True)
    token.map = [start, state.line]
    return True


def _find_last(state: BlockState, first: int, end: int, marks: str) -> tuple[int, bool]:
    """Return the line after the code, and whether it is the one that closes it."""
    for line in range(first, end):
        text = line_text(state, line)
        if text and indent_of(state, line) < 0:
            return line, False
        if text.startswith(marks) and not text.rstrip(" ").strip(marks[0]) and indent_of(state, line) < FOLDED_INDENT:
            return line, True
    return end, False
