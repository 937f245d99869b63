"""`## Heading ## {#id .class}` → a heading's tokens."""

from __future__ import annotations

import re

from generator.markdown.headings import HeadingAttributes, split_attributes
from generator.markdown.rules.state import BlockState, line_text

_OPENING = re.compile(r"(#{1,6})(?:[ \t\x0b\x0c]+|\Z)")


def heading(state: BlockState, start: int, _end: int, silent: bool) -> bool:
    """Zola: attributes are taken off first, then the closing hashes; a tab at the end stays."""
    line = line_text(state, start)
    match = _OPENING.match(line)
    if match is None:
        return False
    if silent:
        return True
    content, attributes = split_attributes(line[match.end() :])
    content = content.rstrip(" ")
    state.line = start + 1
    push_heading(state, len(match[1]), _strip_closing(content).lstrip(" \t"), attributes, start)
    return True


def _strip_closing(content: str) -> str:
    if not content.endswith("#"):
        return content
    hashes = len(content) - len(content.rstrip("#"))
    before = content[:-hashes]
    return before.rstrip(" ") if not before or before.endswith(" ") else content


def push_heading(state: BlockState, level: int, content: str, attributes: HeadingAttributes, start: int) -> None:
    """Put out a heading; `state.line` is the line after it."""
    token = state.push("heading", f"h{level}", 0)
    token.map = [start, state.line]
    token.content = content
    token.meta = level, attributes
