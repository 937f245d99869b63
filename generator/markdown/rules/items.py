"""Lines that start with `-`, `1.` and the like, and what is indented below them → the tokens around a list's items."""

from __future__ import annotations

import re

from generator.markdown.rules.state import FOLDED_INDENT, Block, BlockState, ends_blank, indent_of
from generator.markdown.rules.thematic_break import thematic_break

_MARKER = re.compile(r"(?:([0-9]{1,9})[.)]|[-+*])(?=[ \t]|\Z)")
_LONE_CHECKBOX = re.compile(r"\[([ \t\x0b\x0cxX])\][ \t\x0b\x0c]*\Z")


def items(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """Read a list up to a line that belongs to none of its items and starts no other."""
    marker = _find_marker(state, start)
    if marker is None or _continues_outer_item(state, start):
        return False
    if silent:
        return not _is_text_after_all(state, start, marker)
    opening = _push_list(state, marker)
    opening.map = [start, start]
    parent_type, state.parentType = state.parentType, "list"
    outer, state.parent = state.parent, opening
    line, blank_end = start, False
    while marker is not None:
        ended_blank = _read_item(state, line, end, marker)
        opening.tight = opening.tight and state.tight and not blank_end
        blank_end = ended_blank
        line = state.line
        marker = _find_next_marker(state, line, end, opening)
    state.push("ordered_list_close" if opening.type == "ordered_list_open" else "bullet_list_close", "", -1)
    state.parent, state.parentType = outer, parent_type
    return True


def _find_marker(state: BlockState, line: int) -> re.Match[str] | None:
    if state.is_code_block(line):
        return None
    return _MARKER.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _continues_outer_item(state: BlockState, line: int) -> bool:
    """Return whether a line is too far right to start an item of the outer list, and too far left for this one."""
    far = state.listIndent >= 0 and state.sCount[line] - state.listIndent >= FOLDED_INDENT
    return far and indent_of(state, line) < 0


def _is_text_after_all(state: BlockState, line: int, marker: re.Match[str]) -> bool:
    """Return whether a line goes on with the paragraph before it: an empty item, or a number other than 1."""
    if state.parentType != "paragraph" or indent_of(state, line) < 0:
        return False
    if marker[1] is not None and int(marker[1]) != 1:
        return True
    return not state.src[marker.end() : state.eMarks[line]].strip(" \t")


def _push_list(state: BlockState, marker: re.Match[str]) -> Block:
    opening: Block = state.push("bullet_list_open" if marker[1] is None else "ordered_list_open", "", 1)
    opening.markup = marker[0][-1]
    opening.meta = None if marker[1] is None else int(marker[1])
    return opening


def _read_item(state: BlockState, line: int, end: int, marker: re.Match[str]) -> bool:
    """Read one item; set `state.tight`, and return whether it ends with a blank line."""
    position, column, indent = _measure_content(state, line, marker)
    opening = state.push("list_item_open", "li", 1)
    opening.map = [line, line]
    kept = state.tShift[line], state.sCount[line], state.listIndent, state.blkIndent
    state.tShift[line], state.sCount[line] = position - state.bMarks[line], column
    state.listIndent, state.blkIndent, state.tight = state.blkIndent, indent, True
    _read_content(state, line, end, position)
    state.tShift[line], state.sCount[line], state.listIndent, state.blkIndent = kept
    state.push("list_item_close", "li", -1)
    return state.line - line > 1 and ends_blank(state)


def _read_content(state: BlockState, line: int, end: int, position: int) -> None:
    """Zola: an item that starts with nothing, or with a checkbox alone, holds no more after a blank line."""
    checkbox = None if state.is_code_block(line) else _LONE_CHECKBOX.match(state.src, position, state.eMarks[line])
    if checkbox:
        token = state.push("task", "input", 0)
        token.map, token.meta = [line, line + 1], checkbox[1] in "xX"
    if position < state.eMarks[line] and not checkbox:
        state.md.block.tokenize(state, line, end)
    elif state.isEmpty(line + 1):
        state.line = min(state.skipEmptyLines(line + 1), end)
    else:
        state.line = line + 1
        state.md.block.tokenize(state, line + 1, end)


def _measure_content(state: BlockState, line: int, marker: re.Match[str]) -> tuple[int, int, int]:
    """Return where an item's text starts, in which column, and the indent of the lines that belong to it."""
    position = marker.end()
    column = after_marker = state.sCount[line] + marker.end() - marker.start()
    while position < state.eMarks[line] and state.src[position] in " \t":
        column += FOLDED_INDENT - (column + state.bsCount[line]) % FOLDED_INDENT if state.src[position] == "\t" else 1
        position += 1
    space = column - after_marker
    if space > FOLDED_INDENT or position >= state.eMarks[line]:
        space = 1
    return position, column, after_marker + space


def _find_next_marker(state: BlockState, line: int, end: int, opening: Block) -> re.Match[str] | None:
    """Return the marker of the next item of the same list."""
    if line >= end or indent_of(state, line) < 0 or state.isEmpty(line):
        return None
    marker = _find_marker(state, line)
    if marker is None or marker[0][-1] != opening.markup or thematic_break(state, line, end, True):
        return None
    return marker
