"""Lines that start with `>`, and text that goes on without it → the tokens around a quote's blocks."""

from __future__ import annotations

from generator.markdown.rules.interrupts import interrupts
from generator.markdown.rules.state import FOLDED_INDENT, BlockState, first_character, indent_of

# A line's start, first character, indent and the columns before its start, as they were outside of the quote.
_Saved = tuple[int, int, int, int]


def quote(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """Read a quote; a line of text without its mark continues a paragraph in it."""
    if first_character(state, start) != ">":
        return False
    if silent:
        return True
    kept = state.lineMax, state.blkIndent, state.parentType, state.parent
    state.parentType, state.parent = "blockquote", None
    last, saved = _enter_lines(state, start, end)
    state.blkIndent = 0
    opening = state.push("blockquote_open", "blockquote", 1)
    opening.map = [start, start]
    state.md.block.tokenize(state, start, last)
    state.push("blockquote_close", "blockquote", -1)
    state.lineMax, state.blkIndent, state.parentType, state.parent = kept
    for line, columns in saved.items():
        state.bMarks[line], state.tShift[line], state.sCount[line], state.bsCount[line] = columns
    return True


def _enter_lines(state: BlockState, start: int, end: int) -> tuple[int, dict[int, _Saved]]:
    """Move the start of the quote's lines behind its marks; return the line after its last, and what they were."""
    saved: dict[int, _Saved] = {}
    blank = False
    for line in range(start, end):
        # A negative indent: an outer quote has found the line to go on with a paragraph.
        if state.sCount[line] < 0 and not blank:
            continue
        char = first_character(state, line)
        if not char:
            return line, saved
        marked = char == ">" and 0 <= indent_of(state, line) < FOLDED_INDENT
        if not marked and (blank or _is_other_block(state, line, end, char)):
            # What comes next is no part of the last paragraph, however that looks for more.
            state.lineMax = min(state.lineMax, line)
            return line, saved
        saved[line] = state.bMarks[line], state.tShift[line], state.sCount[line], state.bsCount[line]
        if marked:
            blank = _skip_mark(state, line)
        else:
            state.sCount[line] = -1
    return end, saved


def _is_other_block(state: BlockState, line: int, end: int, char: str) -> bool:
    return indent_of(state, line) < FOLDED_INDENT and interrupts(state, line, end, char)


def _skip_mark(state: BlockState, line: int) -> bool:
    """Move a line's start behind `>` and one space; return whether nothing follows."""
    source = state.src
    position = state.bMarks[line] + state.tShift[line] + 1
    # Columns are counted from the line's real start, which outer containers may have moved.
    before = state.bsCount[line]
    column = state.sCount[line] + 1
    following = source[position : position + 1]
    wide_tab = following == "\t" and (before + column) % 4 != 3
    if following == " " or (following == "\t" and not wide_tab):
        position += 1
        column += 1
    content, text_column = position, column
    while content < state.eMarks[line] and source[content] in " \t":
        text_column += 4 - (text_column + before + wide_tab) % 4 if source[content] == "\t" else 1
        content += 1
    state.bsCount[line] = state.sCount[line] + 1 + (following in (" ", "\t"))
    state.bMarks[line], state.tShift[line], state.sCount[line] = position, content - position, text_column - column
    return content >= state.eMarks[line]
