"""Three or more `*`, `-` or `_` alone on a line → the token of a thematic break."""

from __future__ import annotations

import re

from generator.markdown.rules.state import BlockState

_BREAK = re.compile(r"([*_-])[ \t]*+(?:\1[ \t]*+){2,}+\Z")


def thematic_break(state: BlockState, start: int, _end: int, silent: bool) -> bool:
    """Read the line in one go: a long line of nested list marks is looked at once for every list."""
    position = state.bMarks[start] + state.tShift[start]
    if not _BREAK.match(state.src, position, state.eMarks[start]) or state.is_code_block(start):
        return False
    if not silent:
        state.line = start + 1
        state.push("hr", "hr", 0).map = [start, state.line]
    return True
