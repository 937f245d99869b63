"""Where a block parser stands, with what the rules of this folder ask of it besides markdown-it-py's own."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

FOLDED_INDENT = 4


def first_character(state: StateBlock, line: int) -> str:
    """Return the first character of a line that is no white space, "" on a blank one."""
    position = state.bMarks[line] + state.tShift[line]
    return state.src[position] if position < state.eMarks[line] else ""


def line_text(state: StateBlock, line: int) -> str:
    """Return a line without its indent."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def indent_of(state: StateBlock, line: int) -> int:
    """Return a line's indent within its container, in columns; negative for a line that is no part of it."""
    return state.sCount[line] - state.blkIndent
