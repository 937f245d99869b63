"""A paragraph and, below it, lines that start with `:` → the tokens of a definition list."""

from __future__ import annotations

from markdown_it.rules_block import reference

from generator.markdown.rules.interrupts import interrupts
from generator.markdown.rules.paragraph import find_paragraph_end, paragraph_text
from generator.markdown.rules.state import BlockState, first_character, indent_of
from generator.markdown.rules.table import table

_MAX_MARKER_SPACE = 4


def definition_list(state: BlockState, start: int, end: int) -> bool:
    """Zola: the colon needs no space after it; blank lines before it make the list loose."""
    term = _find_term(state, start, end)
    if term is None:
        return False
    opening = state.push("definition_list_open", "dl", 1)
    opening.map = [start, start]
    outer, state.parent = state.parent, opening
    while term:
        last, marker = term
        opening.tight = opening.tight and marker == last
        state.line = last
        token = state.push("term", "dt", 0)
        token.map, token.content = [start, last], paragraph_text(state, start, last)
        opening.tight = _read_definitions(state, marker, end) and opening.tight
        start = state.line
        term = _find_term(state, start, end) if _may_start_term(state, start, end) else None
    state.push("definition_list_close", "dl", -1)
    state.parent = outer
    return True


def _find_term(state: BlockState, start: int, end: int) -> tuple[int, int] | None:
    """Return the line after a term's last and that of its first definition, if any follows."""
    last, underline = find_paragraph_end(state, start, end)
    marker = state.skipEmptyLines(last)
    return None if underline or not _is_marker(state, marker, end) else (last, marker)


def _is_marker(state: BlockState, line: int, end: int) -> bool:
    return line < end and first_character(state, line) == ":" and 0 <= indent_of(state, line) <= 3


def _may_start_term(state: BlockState, line: int, end: int) -> bool:
    if line >= end or not 0 <= indent_of(state, line) <= 3:
        return False
    char = first_character(state, line)
    if not char or interrupts(state, line, end, char) or table(state, line, end, True):
        return False
    return char != "[" or not reference(state, line, end, True)


def _read_definitions(state: BlockState, line: int, end: int) -> bool:
    """Read one term's definitions; return whether they are tight."""
    tight = True
    while True:
        tight = _read_definition(state, line, end) and tight
        if not _is_marker(state, state.line, end):
            return tight
        tight = tight and not state.isEmpty(state.line - 1)
        line = state.line


def _read_definition(state: BlockState, line: int, end: int) -> bool:
    """Read the blocks of one definition; return whether no blank line stands between them."""
    position, column, indent = _measure_marker(state, line)
    kept = state.tShift[line], state.sCount[line], state.blkIndent, state.parentType
    state.tShift[line], state.sCount[line] = position - state.bMarks[line], column
    ranges = state.definition_ranges
    assert ranges is not None
    ranges.append((state.blkIndent, indent))
    state.push("definition_open", "dd", 1).map = [line, line]
    state.blkIndent, state.parentType, state.tight = indent, "definition", True
    if position >= state.eMarks[line] and state.isEmpty(line + 1):
        state.line = state.skipEmptyLines(line + 1)
    else:
        state.md.block.tokenize(state, line, end)
    state.push("definition_close", "dd", -1)
    ranges.pop()
    state.tShift[line], state.sCount[line], state.blkIndent, state.parentType = kept
    return state.tight


def _measure_marker(state: BlockState, line: int) -> tuple[int, int, int]:
    """Return where a definition's text starts, in which column, and the indent of the lines that belong to it."""
    position = state.bMarks[line] + state.tShift[line] + 1
    column = after_marker = state.sCount[line] + 1
    while position < state.eMarks[line] and state.src[position] in " \t":
        column += 4 - (column + state.bsCount[line]) % 4 if state.src[position] == "\t" else 1
        position += 1
    space = column - after_marker
    return position, column, after_marker + (space if space <= _MAX_MARKER_SPACE else 1)
