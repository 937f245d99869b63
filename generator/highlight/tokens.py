"""Code in, Pygments tokens out, within a time limit; what colour they get is decided elsewhere."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any

from generator.highlight.places import MARKS, Token

if TYPE_CHECKING:
    from pygments.lexer import Lexer

    from generator.highlight.dispatch import Dispatcher

LIMIT_S = 0.8
"""Of the processor's time, so that a busy machine does not decide what a page looks like."""
# Asked again and again, for an interrupt may fall where Python swallows exceptions.
_REPEAT_S = 0.1

# Finding out with which characters rules start pays off from so much code in one language on.
DISPATCH_FROM = 6_000

_QUOTED = ("Literal.String", "Name.Tag")
_QUOTES = frozenset("\"'`")
_COMMENT = re.compile(r"(#!?|//[/!]?|/\*[*!]?|--|;+|%+|<!--)(.*?)(\*/|-->|)(\s*)", re.DOTALL)
_ESCAPE = re.compile(r"(\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[0-7]{1,3}|.))")


class OutOfTimeError(Exception):
    """A lexer took longer than it may."""


def split_tokens(code: str, lexer: str, limit_s: float = LIMIT_S) -> list[Token] | None:
    """Return the tokens of `code`; None when the lexer, the name of a class, loses some of it.

    Raises: OutOfTimeError.
    """
    tokens = read_here(code, lexer, limit_s) if _can_interrupt() else _read_elsewhere(code, lexer, limit_s)
    if "".join(text for _, text in tokens) != code:
        return None
    parts: list[Token] = []
    for token in tokens:
        kind, text = token
        if kind.startswith("Comment") or (kind == "Literal.String.Doc" and text[0] == "/"):
            parts.extend(_split_comment(token))
        elif "\\" in text or text[0] in _QUOTES:
            parts.extend(_split_string(token))
        else:
            parts.append(token)
    mark = MARKS.get(lexer)
    return mark(parts) if mark else parts


class _Reader:
    """One lexer, kept for all blocks of its language."""

    def __init__(self, name: str) -> None:
        # Pygments costs more to import than the rest of a small build: only where a page shows code in colour.
        import pygments.lexers

        from generator.highlight import lexers

        self._lexer: Lexer = (getattr(lexers, name, None) or getattr(pygments.lexers, name))()
        self._dispatcher: Dispatcher | None = None
        self._read_chars = 0

    def read(self, code: str) -> Iterable[tuple[int, Any, str]]:
        self._read_chars += len(code)
        if self._dispatcher is None and self._read_chars >= DISPATCH_FROM:
            self._dispatcher = _make_dispatcher(self._lexer)
        split = self._dispatcher.split if self._dispatcher else self._lexer.get_tokens_unprocessed
        return split(code)


def _make_dispatcher(lexer: Lexer) -> Dispatcher | None:
    from generator.highlight.dispatch import Dispatcher, find_rules

    rules = find_rules(lexer)
    return None if rules is None else Dispatcher(lexer, rules)


class _TypeNames(dict[Any, str]):
    """Token types by name, each made once: `Name.Function`."""

    def __missing__(self, kind: Any) -> str:
        name = self[kind] = ".".join(kind)
        return name


_find_reader = cache(_Reader)
_type_names = _TypeNames()


def read_here(code: str, lexer: str, limit_s: float) -> list[Token]:
    """Return the tokens as the lexer gives them, in this process. Raises: OutOfTimeError where that is possible."""
    reader = _find_reader(lexer)
    with _time_limit(limit_s) if _can_interrupt() else nullcontext():
        return [(_type_names[kind], text) for _, kind, text in reader.read(code) if text]


def _read_elsewhere(code: str, lexer: str, limit_s: float) -> list[Token]:
    from generator.highlight.side_process import find_side_process

    return find_side_process().read(code, lexer, limit_s)


def _split_string(token: Token) -> Iterable[Token]:
    """Yield the quotes, the escapes and the rest of a string that its lexer leaves whole."""
    kind, text = token
    if not kind.startswith(_QUOTED):
        return (token,)
    quoted = text[0] == text[-1] and text[0] in _QUOTES and text.strip(text[0])
    inner = text[1:-1] if quoted else text
    quotes = [(f"{kind}.Quote", text[0])] if quoted else []
    pieces = [(f"{kind}.Escape" if at % 2 else kind, piece) for at, piece in enumerate(_ESCAPE.split(inner)) if piece]
    return (*quotes, *pieces, *quotes)


def _split_comment(token: Token) -> Iterable[Token]:
    """Yield the marks around a comment and the comment."""
    kind, text = token
    found = _COMMENT.fullmatch(text)
    if not found:
        return (token,)
    start, inner, end, tail = found.groups()
    pieces = ((f"{kind}.Mark", start), (kind, inner), (f"{kind}.Mark", end), (kind, tail))
    return [piece for piece in pieces if piece[1]]


def _can_interrupt() -> bool:
    """Tell whether a running expression can be stopped here: by a signal, which only the main thread gets."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def _time_limit(limit_s: float) -> Iterator[None]:
    """Raise OutOfTimeError in the block when it takes too long."""

    def interrupt(*_: object) -> None:
        raise OutOfTimeError

    previous = signal.signal(signal.SIGVTALRM, interrupt)
    try:
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, limit_s, _REPEAT_S)
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        # Once more: the interrupt may have come right before the line above.
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous or signal.SIG_DFL)
