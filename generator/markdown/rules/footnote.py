"""`[^label]: text` and the lines indented below it → the tokens around a footnote's blocks."""

from __future__ import annotations

from generator.markdown.destinations import find_label
from generator.markdown.rules.state import FOLDED_INDENT, BlockState


def footnote(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """Zola: a label may hold spaces but no line break; what is indented by four columns belongs to the note."""
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("[^", position):
        return False
    found = find_label(state.src, position, state.eMarks[start])
    if found is None or len(found[0]) < 2 or not state.src.startswith(":", found[1]):
        return False
    if not silent:
        _read_note(state, start, end, found[0][1:], found[1] + 1)
    return True


def _read_note(state: BlockState, start: int, end: int, label: str, position: int) -> None:
    state.footnotes.setdefault(label.casefold(), label)
    opening = state.push("footnote_open", "div", 1)
    opening.map = [start, start]
    opening.meta = label
    kept = state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType, state.parent
    while position < state.eMarks[start] and state.src[position] in " \t":
        position += 1
    state.blkIndent += FOLDED_INDENT
    state.bMarks[start], state.tShift[start], state.sCount[start] = position, 0, state.blkIndent
    state.parentType, state.parent = "footnote", None
    state.md.block.tokenize(state, start, end)
    state.blkIndent -= FOLDED_INDENT
    state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType, state.parent = kept
    state.push("footnote_close", "div", -1)
