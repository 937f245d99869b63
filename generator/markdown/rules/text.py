"""Lines that start with no mark of their own → a table, a definition list, or a paragraph."""

from __future__ import annotations

from generator.markdown.rules.definition_list import definition_list
from generator.markdown.rules.paragraph import paragraph
from generator.markdown.rules.state import BlockState
from generator.markdown.rules.table import table


def read_text(state: BlockState, line: int, end: int) -> None:
    """Put out the tokens of what starts in `line`."""
    if table(state, line, end, False):
        return
    if state.definition_ranges is None or not definition_list(state, line, end):
        paragraph(state, line, end)
