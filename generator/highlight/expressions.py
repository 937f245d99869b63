"""A Pygments lexer's class in, a lexer out whose expressions are compiled when they are first tried; and its rules.

Pygments compiles the hundreds of expressions of a lexer at once, which takes longer than to colour many a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from pygments.lexer import Lexer, RegexLexer

from generator.highlight.starts import find_starts

Rule = tuple["Expression", Any, Any]  # what to match, an action, the next state


class Expression:
    """One expression of a lexer, where Pygments would have its `match`. source: a list of words is put off, too."""

    def __init__(self, source: Any, flags: int, _state: str = "") -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def match(self) -> Any:
        return re.compile(self._text, self._flags).match

    @cached_property
    def starts(self) -> int:
        """The set of characters that a match can start with; states share expressions, so each is looked at once."""
        return find_starts(self._text, self._flags)

    @cached_property
    def _text(self) -> str:
        text: str = self._source if isinstance(self._source, str) else self._source.get()
        return text


def make_lexer(kind: Any) -> Any:
    """Return a lexer of class `kind`; one that does more than to run rules in the usual way is made as it is."""
    return type(kind)(kind.__name__, (_Deferred, kind), {})() if _is_usual(kind) else kind()


def find_rules(lexer: Lexer) -> Mapping[str, Sequence[Rule]] | None:
    """Return the rules of `lexer` by state, None when it does more than to run them in the usual way."""
    if not isinstance(lexer, _Deferred):
        return None
    return {state: [(_as_expression(match), *rest) for match, *rest in rules] for state, rules in lexer._tokens.items()}


class _Deferred(RegexLexer):
    """What goes before a lexer's class. Who runs such a lexer in Pygments' way gets it compiled as a whole."""

    _tokens: dict[str, list[tuple[Any, Any, Any]]]
    _process_regex = Expression

    def get_tokens_unprocessed(self, text: str, stack: Iterable[str] = ("root",)) -> Iterator[tuple[int, Any, str]]:
        if not isinstance(self._tokens, _Compiled):
            # C# has rules of its own for each instance.
            owner = self if "_tokens" in vars(self) else type(self)
            owner._tokens = _Compiled(
                (state, [(_as_expression(match).match, *rest) for match, *rest in rules])
                for state, rules in self._tokens.items()
            )
        return super().get_tokens_unprocessed(text, stack)


class _Compiled(dict[str, list[tuple[Any, Any, Any]]]):
    """Rules with what Pygments has in them."""


def _is_usual(kind: Any) -> bool:
    usual = isinstance(kind, type) and issubclass(kind, RegexLexer)
    return usual and kind.get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed


def _as_expression(match: Any) -> Expression:
    """A rule that only leads elsewhere has the `match` of an empty expression."""
    return match if isinstance(match, Expression) else Expression(match.__self__.pattern, match.__self__.flags)
