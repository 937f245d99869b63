"""`[label]: url "title"` → an entry among the document's definitions, and the paragraph that it is the start of."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock, reference

from generator.markdown.rules.interrupts import interrupts_paragraph
from generator.markdown.rules.state import FOLDED_INDENT, first_character, indent_of
from generator.markdown.rules.table import table
from generator.markdown.rules.text import read_text


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """What follows a definition without a blank line is text, be it indented or a tag on a line of its own."""
    if not reference(state, start, end, silent):
        return False
    if not silent and state.line < end and _continues(state, state.line, end):
        read_text(state, state.line, end)
    return True


def _continues(state: StateBlock, line: int, end: int) -> bool:
    char = first_character(state, line)
    if not char or indent_of(state, line) >= FOLDED_INDENT:
        return bool(char)
    if char == "|":
        return not table(state, line, end, True)
    return char != "[" and not interrupts_paragraph(state, line, end, char)
