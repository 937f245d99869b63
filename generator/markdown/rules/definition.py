"""`[label]: url "title"` → an entry among the document's definitions, and the paragraph that it is the start of."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock, reference

from generator.markdown.rules.interrupts import interrupts_paragraph
from generator.markdown.rules.paragraph import find_paragraph_end, is_definition, paragraph_text, push_inline
from generator.markdown.rules.state import FOLDED_INDENT, first_character, indent_of
from generator.markdown.rules.table import table
from generator.markdown.rules.text import read_text


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """What follows a definition without a blank line is text, be it indented or a tag on a line of its own."""
    if not reference(state, start, end, silent):
        return False
    if not silent and state.line < end:
        _read_rest(state, state.line, end)
    return True


def _read_rest(state: StateBlock, line: int, end: int) -> None:
    if not state.isEmpty(line):
        if _continues(state, line, end):
            read_text(state, line, end)
    elif indent_of(state, line) >= FOLDED_INDENT:
        _read_after_spaces(state, line, end)


def _read_after_spaces(state: StateBlock, line: int, end: int) -> None:
    """Zola: four spaces alone are the first line of a paragraph, if an empty one."""
    last, underline = find_paragraph_end(state, line, end)
    if not underline:
        rest = paragraph_text(state, line + 1, last)
        state.line = last
        push_inline(state, "paragraph", "p", f"  \n{rest}" if rest else "", line)


def _continues(state: StateBlock, line: int, end: int) -> bool:
    if indent_of(state, line) >= FOLDED_INDENT:
        return True
    char = first_character(state, line)
    if char == "|":
        return not table(state, line, end, True)
    if char == ":" and indent_of(state, line) < 0:
        return not is_definition(state, line)
    return char != "[" and not interrupts_paragraph(state, line, end, char)
