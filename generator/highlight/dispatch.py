"""Runs the rules of a Pygments lexer, each only where the next character can start it; the tokens are Pygments' own.

Pygments tries some twenty rules for a token, one after another. Which characters a rule can start with follows from
its expression, so that one or two remain to be tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from pygments.lexer import Lexer
from pygments.token import Error, Whitespace, _TokenType

from generator.highlight.expressions import Rule, find_rules
from generator.highlight.places import Token
from generator.highlight.starts import ANYTHING, find_bit

# What to match, an action as the name of a token type or else as it is, the next state.
_NamedRule = tuple[Any, str | None, Any, Any]


class _TypeNames(dict[Any, str]):
    """Token types by name, each made once: `Name.Function`."""

    def __missing__(self, kind: Any) -> str:
        name = self[kind] = ".".join(kind)
        return name


_type_names = _TypeNames()


def run_lexer(lexer: Lexer, text: str) -> list[Token]:
    """Return the tokens of `text` as Pygments itself finds them."""
    return _name_types(lexer.get_tokens_unprocessed(text))


def find_split(lexer: Lexer) -> Callable[[str], list[Token]]:
    """Return what splits code the soonest."""
    rules = find_rules(lexer)
    return partial(run_lexer, lexer) if rules is None else Dispatcher(lexer, rules).split


def _name_types(found: Iterable[tuple[int, Any, str]]) -> list[Token]:
    return [(_type_names[kind], text) for _, kind, text in found if text]


class _State(dict[str, tuple[_NamedRule, ...]]):
    """The rules of one state by the character at hand, "" at the end; found out when it first comes up."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules

    def __missing__(self, char: str) -> tuple[_NamedRule, ...]:
        # What may match nothing may start anywhere.
        wanted = find_bit(char) if char else ANYTHING
        named = self[char] = tuple(_name_rule(rule) for rule in self._rules if rule[0].starts & wanted == wanted)
        return named


def _name_rule(rule: Rule) -> _NamedRule:
    expression, action, target = rule
    if type(action) is _TokenType:
        return expression.match, _type_names[action], None, target
    return expression.match, None, action, target


class Dispatcher:
    """Splits code into the tokens that `lexer` itself would give."""

    def __init__(self, lexer: Lexer, rules: Mapping[str, Sequence[Rule]]) -> None:
        self._lexer = lexer
        self._rules = rules
        self._states: dict[str, _State] = {}

    def split(self, text: str, states: Iterable[str] = ("root",)) -> list[Token]:
        """Return the tokens of `text`. states: those open at the start, the innermost last."""
        stack = list(states)
        state = self._find_state(stack[-1])
        at, end = 0, len(text)
        tokens: list[Token] = []
        while True:
            for match, name, action, target in state[text[at] if at < end else ""]:
                found = match(text, at)
                if not found:
                    continue
                start, at = at, found.end()
                if name is not None:
                    if at > start:
                        tokens.append((name, text[start:at]))
                elif action is not None:
                    tokens += _name_types(action(self._lexer, found))
                if target is not None:
                    _enter(stack, target)
                    state = self._find_state(stack[-1])
                break
            else:
                if at >= end:
                    return tokens
                # As Pygments does: a line that nothing can read ends at its end, and all that was open with it.
                if text[at] == "\n":
                    stack, state = ["root"], self._find_state("root")
                tokens.append((_type_names[Whitespace if text[at] == "\n" else Error], text[at]))
                at += 1

    def _find_state(self, name: str) -> _State:
        state = self._states.get(name)
        if state is None:
            state = self._states[name] = _State(self._rules[name])
        return state


def _enter(stack: list[str], target: Any) -> None:
    """Change the stack of states as a rule's target says: a number of states to leave, or states to enter."""
    if isinstance(target, int):
        del stack[1 if -target >= len(stack) else target :]
        return
    for name in target if isinstance(target, tuple) else (target,):
        if name != "#pop":
            stack.append(stack[-1] if name == "#push" else name)
        elif len(stack) > 1:
            stack.pop()
