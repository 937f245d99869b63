"""Text → block tokens, with Zola's extensions; inline text stays as it was written.

The frame, and the rules for indented code and link definitions, are markdown-it-py's. Here a rule is chosen by its
line's first character instead of all being tried one after another, and those that Zola's parser has otherwise, or
that cost most, are replaced by the rules of `rules/`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock, code
from msgspec import Struct

from generator.markdown.rules.alert import alert
from generator.markdown.rules.definition import definition
from generator.markdown.rules.fence import fence
from generator.markdown.rules.footnote import footnote
from generator.markdown.rules.heading import heading
from generator.markdown.rules.html import html
from generator.markdown.rules.interrupts import interrupts
from generator.markdown.rules.items import items
from generator.markdown.rules.paragraph import push_paragraph
from generator.markdown.rules.quote import quote
from generator.markdown.rules.state import FOLDED_INDENT, Block, BlockState, ends_blank, first_character, indent_of
from generator.markdown.rules.text import read_text
from generator.markdown.rules.thematic_break import thematic_break

# Deeper than any text goes; what lies below is kept as plain paragraphs. A text that comes near it needs more calls
# within calls than Python allows as a rule.
_MAX_NESTING = 1000
_CALLS_PER_LEVEL = 4
_LIST = (items,)
_BREAK_OR_LIST = (thematic_break, items)
_FENCE = (fence,)
_BY_FIRST_CHARACTER = {
    ">": (quote,),
    "#": (heading,),
    "`": _FENCE,
    "~": _FENCE,
    "<": (html,),
    "[": (footnote, alert, definition),
    "_": (thematic_break,),
    "*": _BREAK_OR_LIST,
    "-": _BREAK_OR_LIST,
    "+": _LIST,
    **dict.fromkeys("0123456789", _LIST),
}


class Blocks(Struct, frozen=True, kw_only=True):
    """A text's blocks. references: normalised label → URL, title. footnotes: folded label → label."""

    tokens: Sequence[Block]
    references: dict[str, tuple[str, str]]
    footnotes: dict[str, str]


def parse_blocks(text: str, *, definition_lists: bool = False, alerts: bool = False) -> Blocks:
    """Return the blocks of a text; lines end with a line feed, the last one perhaps not."""
    if text.endswith("\n"):
        return _parse(text, definition_lists, alerts)
    blocks = _parse(text + "\n", definition_lists, alerts)
    _end_without_line_feed(blocks.tokens, text.count("\n") + 1)
    return blocks


def _parse(text: str, definition_lists: bool, alerts: bool) -> Blocks:
    try:
        return _parse_levels(text, definition_lists, alerts)
    except RecursionError:
        usual = sys.getrecursionlimit()
        sys.setrecursionlimit(usual + _CALLS_PER_LEVEL * _MAX_NESTING)
        try:
            return _parse_levels(text, definition_lists, alerts)
        finally:
            sys.setrecursionlimit(usual)


def _end_without_line_feed(tokens: Sequence[Block], end: int) -> None:
    """Zola: HTML and code that hold a text's last line end as that does, so what is put around them joins on."""
    last = next((token for token in reversed(tokens) if not token.nesting), None)
    if last is None or last.type not in ("html_block", "code_block", "fence") or last.map[1] != end:
        return
    is_closed = last.type == "fence" and last.content.count("\n") < end - last.map[0] - 1
    if not is_closed:
        last.content = last.content.removesuffix("\n")


def _parse_levels(text: str, definition_lists: bool, alerts: bool) -> Blocks:
    parser = _make_parser()
    state = BlockState(text, parser, definition_lists=definition_lists, alerts=alerts)
    parser.block.tokenize(state, 0, state.lineMax)
    references = {label: (found["href"], found["title"]) for label, found in state.env["references"].items()}
    return Blocks(tokens=state.blocks, references=references, footnotes=state.footnotes)


@cache
def _make_parser() -> MarkdownIt:
    parser = _Parser("commonmark")
    parser.block = _BlockParser()
    return parser


class _Parser(MarkdownIt):
    """markdown-it-py, but for its ideas of what a link may lead to."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - its base's name
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - its base's name
        return True


class _BlockParser(ParserBlock):
    """markdown-it-py's block parser, but for how it finds the rule of a line."""

    def __init__(self) -> None:
        # The one chain that its rules still ask for: what may not stand in a definition of several lines.
        self.ruler = Ruler()
        self.ruler.push("interrupts", _interrupts, {"alt": ["reference"]})

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - its base's names
        """Put out the tokens of the lines that belong to the innermost container."""
        assert isinstance(state, BlockState)
        line = startLine
        blank_lines = False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            _read_block(state, line, endLine)
            # A blank line before this block makes its list loose, one after it does only if more follows.
            state.tight = not blank_lines
            line = state.line
            if line - 1 < endLine and ends_blank(state):
                blank_lines = True
            if line < endLine and state.isEmpty(line):
                blank_lines = True
                line += 1
                state.line = line


def _interrupts(state: StateBlock, line: int, end: int, _silent: bool) -> bool:
    assert isinstance(state, BlockState)
    return interrupts(state, line, end, first_character(state, line))


def _read_block(state: BlockState, line: int, end: int) -> None:
    if state.level >= _MAX_NESTING:
        state.line = line + 1
        push_paragraph(state, state.getLines(line, line + 1, 0, False), line)
        return
    if indent_of(state, line) >= FOLDED_INDENT:
        code(state, line, end, False)
        return
    for rule in _BY_FIRST_CHARACTER.get(first_character(state, line), ()):
        if rule(state, line, end, False):
            return
    read_text(state, line, end)
