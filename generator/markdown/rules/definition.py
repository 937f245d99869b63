"""`[label]: url "title"` → an entry among the document's definitions, and the paragraph that it is the start of."""

from __future__ import annotations

import re

from markdown_it.rules_block import reference

from generator.markdown.rules.interrupts import interrupts_paragraph
from generator.markdown.rules.paragraph import find_paragraph_end, paragraph_text, push_paragraph
from generator.markdown.rules.state import FOLDED_INDENT, BlockState, first_character, indent_of
from generator.markdown.rules.table import table
from generator.markdown.rules.text import read_text

# A label that another bracket stands in, or that no colon follows: the start of a link as a rule.
_NO_DEFINITION = re.compile(r"\[(?:[^\[\]\\\n]|\\[^\n])*+(?:\[|\](?!:))")


def definition(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """What follows a definition without a blank line is text, be it indented or a tag on a line of its own."""
    if _NO_DEFINITION.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    if not reference(state, start, end, silent):
        return False
    if not silent and state.line < end:
        _read_rest(state, state.line, end)
    return True


def _read_rest(state: BlockState, line: int, end: int) -> None:
    if not state.isEmpty(line):
        if _continues(state, line, end):
            read_text(state, line, end)
    elif indent_of(state, line) >= FOLDED_INDENT:
        _read_after_spaces(state, line, end)


def _read_after_spaces(state: BlockState, line: int, end: int) -> None:
    """Zola: four spaces alone are the first line of a paragraph, if an empty one."""
    last, underline = find_paragraph_end(state, line, end)
    if not underline:
        rest = paragraph_text(state, line + 1, last)
        state.line = last
        push_paragraph(state, f"  \n{rest}" if rest else "", line)


def _continues(state: BlockState, line: int, end: int) -> bool:
    if indent_of(state, line) >= FOLDED_INDENT:
        return True
    char = first_character(state, line)
    if char == "|":
        return not table(state, line, end, True)
    return char != "[" and not interrupts_paragraph(state, line, end, char)
