"""`- [ ]` with nothing after it → a checkbox that is all of its list item; before text, the renderer finds it."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from generator.markdown.rules.state import line_text

_LONE_MARKER = re.compile(r"\[([ \t\x0b\x0cxX])\][ \t\x0b\x0c]*\Z")


def task(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Zola: the line after such a marker does not continue it, as it would continue text."""
    if silent or not state.tokens or state.tokens[-1].type != "list_item_open":
        return False
    item = state.tokens[-1]
    match = _LONE_MARKER.match(line_text(state, start))
    if match is None or item.map is None or item.map[0] != start:
        return False
    state.line = start + 1
    token = state.push("task", "input", 0)
    token.map = [start, state.line]
    token.meta = {"checked": match[1] in "xX"}
    return True
