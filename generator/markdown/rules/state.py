"""Where a block parser stands in its text, and the tokens that it puts out."""

from __future__ import annotations

from itertools import accumulate
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

# From this indent on, a line belongs to a block of code, or to a list or note that wants it so deep.
FOLDED_INDENT = 4


class Block:
    """One token: a block, or the start or end of one that holds others. What a rule does not set is as below.

    map: first line and the one after the last, 0-based. parent: the list whose item or definition holds a paragraph.
    tight: of a list; its paragraphs stand without tags of their own.
    """

    content = ""
    info = ""
    markup = ""
    map: list[int] = []  # noqa: RUF012 - rules set it, nobody adds to it
    meta: Any = None
    parent: Block | None = None
    tight = True

    def __init__(self, type_: str, nesting: int) -> None:
        self.type = type_
        self.nesting = nesting


class BlockState(StateBlock):
    """markdown-it-py's state, set up and put out more quickly, and with what the rules of this folder keep besides.

    parent: the list whose item or definition is being read, if its paragraphs may be tight. definition_ranges: indents
    between which a colon starts another definition, for each list that is open; None where there are no such lists.
    alerts: whether quotes may be alerts. footnotes: folded label → label. raw_end: the line after the last code or
    HTML, whose blank lines are its own. blocks: what was put out.
    """

    def __init__(self, text: str, parser: MarkdownIt, *, definition_lists: bool, alerts: bool) -> None:
        self.src = text
        self.md = parser
        self.env = {"references": {}}
        self.blocks: list[Block] = []
        self.line = self.level = self.blkIndent = 0
        self.listIndent = self.raw_end = -1
        self.tight = False
        self.parentType = "root"
        self._code_enabled = True
        self.parent: Block | None = None
        self.alerts = alerts
        self.definition_ranges: list[tuple[int, int]] | None = [] if definition_lists else None
        self.footnotes: dict[str, str] = {}
        self._measure_lines(text)

    def _measure_lines(self, text: str) -> None:
        """Note where each line starts, where it ends, and its indent; an empty one more spares checks at the end."""
        lines = text.split("\n")
        lengths = list(map(len, lines))
        self.lineMax = len(lines) - 1
        self.bMarks = [0, *accumulate(length + 1 for length in lengths[:-1])]
        self.eMarks = [start + length for start, length in zip(self.bMarks, lengths, strict=True)]
        contents = [line.lstrip(" \t") for line in lines]
        self.tShift = [length - len(content) for length, content in zip(lengths, contents, strict=True)]
        self.sCount = self.tShift.copy()
        if "\t" in text:
            for line, shift in enumerate(self.tShift):
                if shift:
                    self.sCount[line] = len(lines[line][:shift].expandtabs(4))
        self.bsCount = [0] * len(lines)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Any:
        """Put out a token. `tag` is what other renderers would call it."""
        token = Block(ttype, nesting)
        self.level += nesting
        self.blocks.append(token)
        return token

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803
        """Return lines without so much of their indent; outside of containers they can be cut out as they are."""
        if indent == 0 == self.level and begin < end:
            return self.src[self.bMarks[begin] : self.eMarks[end - 1] + keepLastLF]
        return super().getLines(begin, end, indent, keepLastLF)


def ends_blank(state: BlockState) -> bool:
    """Return whether what was read last ends with a blank line, as text that a list is loose for."""
    return state.line != state.raw_end and state.isEmpty(state.line - 1)


def first_character(state: StateBlock, line: int) -> str:
    """Return the first character of a line that is no white space, "" on a blank one."""
    position = state.bMarks[line] + state.tShift[line]
    return state.src[position] if position < state.eMarks[line] else ""


def line_text(state: StateBlock, line: int) -> str:
    """Return a line without its indent."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def indent_of(state: StateBlock, line: int) -> int:
    """Return a line's indent within its container, in columns; negative for a line that is no part of it."""
    return state.sCount[line] - state.blkIndent
