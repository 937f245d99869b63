"""What the rules of a grammar are made with: alternatives, lists, chains of operators, and an end to nesting.

A rule that does not match raises Mismatch and may leave the cursor anywhere; who has an alternative goes back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TypeVar, cast

from jinja2 import nodes

from generator.tera.syntax.lexer import Lexer, Mismatch

T = TypeVar("T")
P = TypeVar("P", bound="Rules")

MAX_NESTING = 20
"""How deep brackets and arguments may stand in each other."""


class SyntaxProblem(Exception):  # noqa: N818 - carries a message to where the place is known
    """What the grammar matches and Tera refuses all the same; ends the parse."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


def once(rule: Callable[[P], T]) -> Callable[[P], T]:
    """Let a rule be tried once at a place, however many alternatives begin with it: brackets nest in brackets."""

    def tried(self: P) -> T:
        key = rule.__name__, self.lexer.pos
        if key not in self.results:
            self.results[key] = self.attempt(lambda: rule(self)), self.lexer.pos
        found, self.lexer.pos = self.results[key]
        if found is None:
            raise Mismatch
        return cast("T", found)

    return wraps(rule)(tried)


class Rules:
    """A parse of one source: its lexer, and what every rule needs besides."""

    def __init__(self, source: str) -> None:
        self.lexer = Lexer(source)
        self.results: dict[tuple[str, int], tuple[object, int]] = {}
        self.nesting = 0

    def attempt(self, rule: Callable[[], T]) -> T | None:
        """Return what `rule` makes of the text here; None, and the cursor back, if it does not match."""
        start = self.lexer.pos
        try:
            return rule()
        except Mismatch:
            self.lexer.pos = start
            return None

    def separated(self, rule: Callable[[], T], *, trailing: bool = True) -> list[T]:
        """Return `(rule ("," rule)* ","?)?`; without `trailing`, a comma at the end is left for who comes next."""
        items: list[T] = []
        while True:
            start = self.lexer.pos
            if items:
                self.lexer.skip()
                if not self.lexer.accept(","):
                    return items
            self.lexer.skip()
            item = self.attempt(rule)
            if item is None:
                if not trailing:
                    self.lexer.pos = start
                return items
            items.append(item)

    def left_associative(
        self,
        node: type[nodes.BinExpr],
        operator: re.Pattern[str],
        named: str,
        operand: Callable[[], nodes.Expr],
    ) -> nodes.Expr:
        """Return `operand (operator operand)*`, the first two operands joined first."""

        def next_operand() -> nodes.Expr:
            self.lexer.skip()
            self.lexer.take(operator, named)
            self.lexer.skip()
            return operand()

        left = operand()
        while (right := self.attempt(next_operand)) is not None:
            left = node(left, right, lineno=left.lineno)
        self.lexer.skip()
        return left

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Take a rule that stands in brackets of another one of its kind."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise SyntaxProblem(f"An expression may be nested {MAX_NESTING} deep at most", self.lexer.pos)
        try:
            yield
        finally:
            self.nesting -= 1
