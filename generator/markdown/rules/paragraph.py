"""Lines that start no other block → a paragraph, or a heading underlined with `=` or `-`."""

from __future__ import annotations

import re

from generator.markdown.headings import split_attributes
from generator.markdown.rules.heading import push_heading
from generator.markdown.rules.interrupts import interrupts
from generator.markdown.rules.state import BlockState, indent_of, line_text
from generator.markdown.rules.table import table

# How a line starts that may be no part of the paragraph before it. All others, most by far, are asked nothing more.
_MAY_END = re.compile(
    r"[>#:|]|```|~~~|<(?:[!?]|/?[A-Za-z][A-Za-z0-9-]*+(?:[\s/>]|$))|\[\^|(?:[*+-]|[0-9]{1,9}[.)])(?:[ \t]|$)"
    r"|[=*_-][=*_ \t-]*+$",
    re.MULTILINE,
)
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")


def paragraph(state: BlockState, start: int, end: int) -> None:
    """Take all lines up to one that is blank or starts another block."""
    last, underline = find_paragraph_end(state, start, end)
    content = paragraph_text(state, start, last)
    if underline:
        state.line = last + 1
        content, attributes = split_attributes(content)
        push_heading(state, 1 if underline == "=" else 2, content.strip(" \t\n"), attributes, start)
    else:
        state.line = last
        push_paragraph(state, content, start)


def paragraph_text(state: BlockState, start: int, last: int) -> str:
    """Return the lines of a paragraph without what surrounds them."""
    if last - start == 1 or state.level == 0:
        # No container's marks stand between the lines: they can be cut out as they are.
        first = state.bMarks[start] + state.tShift[start]
        return state.src[first : state.eMarks[last - 1]].rstrip(" \t\n")
    return state.getLines(start, last, state.blkIndent, False).strip(" \t\n")


def push_paragraph(state: BlockState, content: str, start: int) -> None:
    """Put out a paragraph; `state.line` is the line after it."""
    token = state.push("paragraph", "p", 0)
    token.map = [start, state.line]
    token.content = content
    token.parent = state.parent


def find_paragraph_end(state: BlockState, start: int, end: int) -> tuple[int, str]:
    """Return the line after a paragraph's last, and the character that underlines it as a heading, if any."""
    parent, state.parentType = state.parentType, "paragraph"
    line, underline = start + 1, ""
    source, starts, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
    while line < end:
        position = starts[line] + shifts[line]
        if position >= ends[line]:
            break
        if _MAY_END.match(source, position) and indent_of(state, line) <= 3 and state.sCount[line] >= 0:
            underline = _find_underline(state, line)
            if underline or _ends_paragraph(state, line, end, source[position]):
                break
        line += 1
    state.parentType = parent
    return line, underline


def _find_underline(state: BlockState, line: int) -> str:
    found = indent_of(state, line) >= 0 and _UNDERLINE.match(line_text(state, line))
    return found[0][0] if found else ""


def _ends_paragraph(state: BlockState, line: int, end: int, char: str) -> bool:
    """Zola: a colon ends the term above it, where there are definition lists."""
    if char == "|":
        return table(state, line, end, True)
    if char == ":" and state.definition_ranges is not None and indent_of(state, line) >= 0:
        return True
    return interrupts(state, line, end, char)
