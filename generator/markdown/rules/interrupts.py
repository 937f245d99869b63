"""A line in the midst of a paragraph or a table → whether it starts a block of its own."""

from __future__ import annotations

from generator.markdown.rules.fence import fence
from generator.markdown.rules.footnote import footnote
from generator.markdown.rules.heading import heading
from generator.markdown.rules.html import html
from generator.markdown.rules.items import items
from generator.markdown.rules.state import BlockState, indent_of
from generator.markdown.rules.thematic_break import thematic_break

_LIST = (items,)
_RULE_OR_LIST = (thematic_break, items)
_INTERRUPTING = {
    "#": (heading,),
    "`": (fence,),
    "~": (fence,),
    "<": (html,),
    "[": (footnote,),
    "_": (thematic_break,),
    "*": _RULE_OR_LIST,
    "-": _RULE_OR_LIST,
    "+": _LIST,
    **dict.fromkeys("0123456789", _LIST),
}


def interrupts(state: BlockState, line: int, end: int, char: str) -> bool:
    """Return whether a line that starts with `char` ends the paragraph or the rows before it."""
    if char == ">":
        return True
    if char == ":":
        return _starts_next_definition(state, line)
    rules = _INTERRUPTING.get(char)
    return rules is not None and any(rule(state, line, end, True) for rule in rules)


def interrupts_paragraph(state: BlockState, line: int, end: int, char: str) -> bool:
    """Return the same for a line that follows text: some lists may not end that."""
    parent, state.parentType = state.parentType, "paragraph"
    found = interrupts(state, line, end, char)
    state.parentType = parent
    return found


def _starts_next_definition(state: BlockState, line: int) -> bool:
    """Return whether a line stands left of the definition being read, but within the list it belongs to."""
    ranges = state.definition_ranges or ()
    return any(outer <= state.sCount[line] < inner for outer, inner in ranges) and indent_of(state, line) < 0
