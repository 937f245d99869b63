"""Code in, Pygments tokens out, within a time limit; what colour they get is decided elsewhere."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache

from generator.highlight.places import MARKS, Token

LIMIT_S = 0.8
"""Of the processor's time, so that a busy machine does not decide what a page looks like."""
# Asked again and again, for an interrupt may fall where Python swallows exceptions.
_REPEAT_S = 0.1

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
        split = _cutters[token[0]]
        if split is None:
            parts.append(token)
        else:
            parts.extend(split(token))
    mark = MARKS.get(lexer)
    return mark(parts) if mark else parts


@cache
def _find_split(name: str) -> Callable[[str], list[Token]]:
    """Return what splits code by the rules of a lexer, which is kept for all blocks of its language."""
    # Pygments costs more to import than the rest of a small build: only where a page shows code in colour.
    import pygments.lexers

    from generator.highlight import lexers
    from generator.highlight.dispatch import find_split
    from generator.highlight.expressions import make_lexer

    lexer = make_lexer(getattr(lexers, name, None) or getattr(pygments.lexers, name))
    return lexer.split if isinstance(lexer, lexers.ShellSessionLexer) else find_split(lexer)


def read_here(code: str, lexer: str, limit_s: float) -> list[Token]:
    """Return the tokens as the lexer gives them, in this process. Raises: OutOfTimeError where that is possible."""
    split = _find_split(lexer)
    with _time_limit(limit_s) if _can_interrupt() else nullcontext():
        return split(code)


def _read_elsewhere(code: str, lexer: str, limit_s: float) -> list[Token]:
    from generator.highlight.side_process import find_side_process

    return find_side_process().read(code, lexer, limit_s)


class _Cutters(dict[str, Callable[[Token], Iterable[Token]] | None]):
    """By type of token, what cuts it into parts that its lexer leaves together; found out when it first comes up."""

    def __missing__(self, kind: str) -> Callable[[Token], Iterable[Token]] | None:
        cut = None
        if kind.startswith("Comment"):
            cut = _split_comment
        elif kind == "Literal.String.Doc":
            cut = _split_doc
        elif kind.startswith(_QUOTED):
            cut = _split_string
        self[kind] = cut
        return cut


_cutters = _Cutters()


def _split_doc(token: Token) -> Iterable[Token]:
    return _split_comment(token) if token[1][0] == "/" else _split_string(token)


def _split_string(token: Token) -> Iterable[Token]:
    """Return the quotes, the escapes and the rest of a string that its lexer leaves whole."""
    kind, text = token
    if "\\" not in text and text[0] not in _QUOTES:
        return (token,)
    quoted = text[0] == text[-1] and text[0] in _QUOTES and text.strip(text[0])
    inner = text[1:-1] if quoted else text
    quotes = [(f"{kind}.Quote", text[0])] if quoted else []
    if "\\" not in inner:
        return (*quotes, (kind, inner), *quotes)
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
