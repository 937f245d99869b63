"""A cursor over a template's source that takes the grammar's terminals and remembers how far any rule got.

Tera's grammar has no tokens of its own: what `not` or `-` means depends on the rule that asks. So the terminals
are patterns, tried where the cursor stands.
"""

from __future__ import annotations

import re

SPACE = re.compile(r"[ \t\r\n]*")
SPACES = re.compile(r"[ \t\r\n]+")
IDENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
DOTTED_IDENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*")
DOT_PART = re.compile(r"\.([A-Za-z0-9_]+)")
INT = re.compile(r"-?(?:0|[1-9][0-9]*)")
FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
STRING = re.compile(r'"[^"]*"|\'[^\']*\'|`[^`]*`')
BOOLEAN = re.compile(r"true|false|True|False")
OR = re.compile(r"or[ \t\r\n]")
AND = re.compile(r"and[ \t\r\n]")
NOT = re.compile(r"not[ \t\r\n]")
MATH_OPERATOR = re.compile(r"[-+*/%]")
COMPARISON_OPERATOR = re.compile(r"<=|>=|<|>|==|!=")
TEXT = re.compile(r"(?:[^{]+|\{(?![{%#]))+")
COMMENT_TEXT = re.compile(r"(?:[^#-]+|(?!-?#\})[#-])+")
RAW_TEXT = re.compile(r"(?:[^{]+|\{(?!%-?[ \t\r\n]*endraw[ \t\r\n]*-?%\}))*")
TAG_START = re.compile(r"\{%-?")
TAG_END = re.compile(r"-?%\}")
VARIABLE_START = re.compile(r"\{\{-?")
VARIABLE_END = re.compile(r"-?\}\}")
COMMENT_START = re.compile(r"\{#-?")
COMMENT_END = re.compile(r"-?#\}")
IGNORE_MISSING = re.compile(r"ignore[ \t\r\n]*missing")
TAG_WORD = re.compile(r"\{%-?[ \t\r\n]*([a-z_]*)")


class Mismatch(Exception):  # noqa: N818 - not an error: another alternative of the grammar may match
    """The rule does not match here."""


class Lexer:
    """Where a parse stands (`pos`), how far it ever got (`furthest`) and what was expected there.

    stuck: the furthest place where a literal was missing, and that literal.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.pos = 0
        self.furthest = 0
        self.expected: list[str] = []
        self.stuck = 0, ""

    def skip(self) -> None:
        """Pass over white space."""
        self.pos = SPACE.match(self.source, self.pos).end()  # type: ignore[union-attr] # matches the empty string

    def spaces(self) -> None:
        """Pass over white space, of which there must be some."""
        if not (match := SPACES.match(self.source, self.pos)):
            self.stuck = max(self.stuck, (self.pos, "blank space"), key=lambda place: place[0])
            raise Mismatch
        self.pos = match.end()

    def sees(self, text: str) -> bool:
        """Say whether `text` stands here."""
        return self.source.startswith(text, self.pos)

    def accept(self, text: str) -> bool:
        """Take `text` if it stands here."""
        if self.source.startswith(text, self.pos):
            self.pos += len(text)
            return True
        return False

    def literal(self, text: str) -> None:
        """Take `text`. As in Tera's own reports, a missing literal is charged to the rule that it belongs to."""
        if not self.accept(text):
            self.stuck = max(self.stuck, (self.pos, f"`{text}`"), key=lambda place: place[0])
            raise Mismatch

    def accept_not(self) -> bool:
        """Take `not` and blank space after it, if it stands here."""
        match = NOT.match(self.source, self.pos)
        if match is not None:
            self.pos = match.end()
            self.skip()
        return match is not None

    def find(self, pattern: re.Pattern[str], name: str) -> str | None:
        """Take what `pattern` matches here; None, and remembered, if it does not."""
        match = pattern.match(self.source, self.pos)
        if match is None:
            self.miss(name, self.pos)
            return None
        self.pos = match.end()
        return match.group()

    def take(self, pattern: re.Pattern[str], name: str) -> str:
        """Take what `pattern` matches here."""
        found = self.find(pattern, name)
        if found is None:
            raise Mismatch
        return found

    def miss(self, name: str, pos: int) -> None:
        """Remember that rule `name` was tried at `pos` and did not match."""
        if pos > self.furthest:
            self.furthest = pos
            self.expected = []
        if pos == self.furthest and name not in self.expected:
            self.expected.append(name)
