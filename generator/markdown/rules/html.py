"""`<div>`, `<!--`, `<script>` … → a block of HTML, up to where it ends."""

from __future__ import annotations

import re

from markdown_it.common.html_blocks import block_names
from markdown_it.common.html_re import HTML_OPEN_CLOSE_TAG_STR

from generator.markdown.rules.state import FOLDED_INDENT, BlockState, indent_of, line_text

_OPENING = re.compile(
    rf"""
    <(?:
      (?P<raw>script|pre|style|textarea)(?=[ \t>]|\Z)
      | (?P<mark>!--|\?|!\[(?-i:CDATA)\[|![a-z])
      | /?(?:{"|".join(block_names)})(?=[ \t]|/?>|\Z)
    )
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_ONE_TAG = re.compile(rf"{HTML_OPEN_CLOSE_TAG_STR}\s*\Z", re.ASCII)
_ENDS = {"!--": "-->", "?": "?>", "![CDATA[": "]]>"}


def html(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """Zola: raw text ends at its own end tag alone, in small letters; only ASCII's white space is any in a tag."""
    if indent_of(state, start) >= FOLDED_INDENT:
        return False
    line = line_text(state, start)
    closing = _find_closing(line)
    if silent or (closing is None and not _ONE_TAG.match(line)):
        # A tag that is no block's ends no paragraph.
        return closing is not None
    last = _find_end(state, start, end, closing) if closing else _find_blank(state, start, end)
    state.line = state.raw_end = last
    token = state.push("html_block", "", 0)
    token.map = [start, state.line]
    token.content = state.getLines(start, state.line, state.blkIndent, True)
    return True


def _find_closing(line: str) -> str | None:
    """Return what ends the block that a line begins: nothing for a blank line; None if it begins none."""
    found = _OPENING.match(line)
    if found is None:
        return None
    if found["raw"]:
        return f"</{found['raw'].lower()}>"
    return _ENDS.get(found["mark"], ">") if found["mark"] else ""


def _find_end(state: BlockState, start: int, end: int, closing: str) -> int:
    """Return the line after the one that holds `closing`, or the first that is no part of the container."""
    for line in range(start, end):
        text = line_text(state, line)
        if line > start and text and indent_of(state, line) < 0:
            return line
        if closing in text:
            return line + 1
    return end


def _find_blank(state: BlockState, start: int, end: int) -> int:
    for line in range(start + 1, end):
        if indent_of(state, line) < 0 or not line_text(state, line):
            return line
    return end
