"""Text → block tokens of markdown-it-py, with Zola's extensions; inline text stays as it was written.

markdown-it-py knows CommonMark's blocks. Here the rules are chosen by a line's first character instead of being tried
one after another, and those that Zola's parser has otherwise are replaced.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, code, fence, html_block, list_block
from markdown_it.token import Token

from generator.markdown.rules.alert import alert
from generator.markdown.rules.definition import definition
from generator.markdown.rules.footnote import footnote
from generator.markdown.rules.heading import heading
from generator.markdown.rules.paragraph import push_inline
from generator.markdown.rules.quote import quote
from generator.markdown.rules.state import first_character, indent_of
from generator.markdown.rules.table import table
from generator.markdown.rules.task import task
from generator.markdown.rules.text import read_text
from generator.markdown.rules.thematic_break import thematic_break

# Deeper than any text goes; what lies below is kept as plain paragraphs. A text that comes near it needs more calls
# within calls than Python allows as a rule.
_MAX_NESTING = 1000
_CALLS_PER_LEVEL = 4
_LIST = (list_block,)
_RULE_OR_LIST = (thematic_break, list_block)
_FENCE = (fence,)
_BY_FIRST_CHARACTER = {
    ">": (quote,),
    "#": (heading,),
    "`": _FENCE,
    "~": _FENCE,
    "<": (html_block,),
    "[": (footnote, task, alert, definition),
    "_": (thematic_break,),
    "*": _RULE_OR_LIST,
    "-": _RULE_OR_LIST,
    "+": _LIST,
    **dict.fromkeys("0123456789", _LIST),
}


@dataclass(slots=True)
class Blocks:
    """A text's blocks. references: normalised label → URL, title. footnotes: folded label → label."""

    tokens: list[Token] = field(default_factory=list)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    footnotes: dict[str, str] = field(default_factory=dict)


def parse_blocks(text: str, *, definition_lists: bool = False, alerts: bool = False) -> Blocks:
    """Return the blocks of a text; lines end with a line feed."""
    if not text.endswith("\n"):
        text += "\n"
    try:
        return _parse(text, definition_lists, alerts)
    except RecursionError:
        usual = sys.getrecursionlimit()
        sys.setrecursionlimit(usual + _CALLS_PER_LEVEL * _MAX_NESTING)
        try:
            return _parse(text, definition_lists, alerts)
        finally:
            sys.setrecursionlimit(usual)


def _parse(text: str, definition_lists: bool, alerts: bool) -> Blocks:
    blocks = Blocks()
    references: dict[str, dict[str, str]] = {}
    environment: dict[str, Any] = {
        "blocks": blocks,
        "alerts": alerts,
        "definition_ranges": [] if definition_lists else None,
        "references": references,
    }
    parser = _make_parser()
    parser.block.parse(text, parser, environment, blocks.tokens)
    blocks.references = {label: (found["href"], found["title"]) for label, found in references.items()}
    return blocks


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
        super().__init__()
        interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
        self.ruler.at("table", table, {"alt": ["paragraph", "reference"]})
        self.ruler.at("blockquote", quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
        self.ruler.at("hr", thematic_break, {"alt": ["paragraph", "reference", "blockquote", "list"]})
        self.ruler.at("heading", heading, interrupting)
        self.ruler.before("reference", "footnote", footnote, interrupting)

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - its base's names
        """Put out the tokens of the lines that belong to the innermost container."""
        line = startLine
        blank_lines = False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            self._read_block(state, line, endLine)
            # A blank line before this block makes its list loose, one after it does only if more follows.
            state.tight = not blank_lines
            line = state.line
            if line - 1 < endLine and state.isEmpty(line - 1):
                blank_lines = True
            if line < endLine and state.isEmpty(line):
                blank_lines = True
                line += 1
                state.line = line

    def _read_block(self, state: StateBlock, line: int, end: int) -> None:
        if state.level >= _MAX_NESTING:
            _keep_as_text(state, line, end)
            return
        if indent_of(state, line) >= 4:
            code(state, line, end, False)
            return
        for rule in _BY_FIRST_CHARACTER.get(first_character(state, line), ()):
            if rule(state, line, end, False):
                return
        read_text(state, line, end)


def _keep_as_text(state: StateBlock, line: int, end: int) -> None:
    state.line = line + 1
    push_inline(state, "paragraph", "p", state.getLines(line, line + 1, 0, False), line)
