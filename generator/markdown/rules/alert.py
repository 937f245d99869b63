"""`> [!NOTE]` alone on a quote's first line → a mark on the quote that it is an alert."""

from __future__ import annotations

import re

from generator.markdown.rules.html import html
from generator.markdown.rules.interrupts import interrupts_paragraph
from generator.markdown.rules.state import BlockState, first_character, line_text
from generator.markdown.rules.text import read_text

_MARKER = re.compile(r"\[!(note|tip|important|warning|caution)\][ \t]*\Z", re.IGNORECASE)


def alert(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """Zola: what follows the marker continues it as if it were a paragraph, lazy lines included."""
    if silent or not state.alerts or not state.blocks or state.blocks[-1].type != "blockquote_open":
        return False
    quote = state.blocks[-1]
    match = _MARKER.match(line_text(state, start))
    if match is None or not quote.map or quote.map[0] != start or not _follows_quote_mark(state, start):
        return False
    quote.info = match[1].lower()
    state.line = start + 1
    _continue(state, start + 1, end)
    return True


def _follows_quote_mark(state: BlockState, line: int) -> bool:
    """Return whether no more than one space stands between `>` and the marker."""
    start = state.bMarks[line]
    return state.src[start : start + state.tShift[line]] in ("", "\t")


def _continue(state: BlockState, line: int, end: int) -> None:
    char = first_character(state, line) if line < end else ""
    if not char or interrupts_paragraph(state, line, end, char):
        return
    if char != "<" or state.sCount[line] < 0 or not html(state, line, end, False):
        read_text(state, line, end)
