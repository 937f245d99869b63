"""Code in, Pygments tokens out, within a time limit; what colour they get is decided elsewhere."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pygments.lexer import Lexer

# Of the processor's time, so that a busy machine does not decide what a page looks like.
LIMIT_S = 1.5
# Asked again and again, for an interrupt may fall where Python swallows exceptions.
_REPEAT_S = 0.1


class OutOfTimeError(Exception):
    """A lexer took longer than LIMIT_S."""


def split_tokens(code: str, lexer: str) -> list[tuple[str, str]] | None:
    """Return the token types (`Name.Function`) and texts of `code`; None when the lexer loses some of it.

    lexer: the name of a class of Pygments. Raises: OutOfTimeError.
    """
    found = _load_lexer(lexer)
    with _time_limit():
        tokens = [(_name_type(kind), text) for _, kind, text in found.get_tokens_unprocessed(code) if text]
    return tokens if "".join(text for _, text in tokens) == code else None


@cache
def _load_lexer(name: str) -> Lexer:
    # Pygments costs more to import than the rest of a small build: only where a page shows code in colour.
    import pygments.lexers

    lexer: Lexer = getattr(pygments.lexers, name)()
    return lexer


@cache
def _name_type(kind: Any) -> str:
    return ".".join(kind)


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise OutOfTimeError in the block when it takes too long."""

    def interrupt(*_: object) -> None:
        raise OutOfTimeError

    previous = signal.signal(signal.SIGVTALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT_S, _REPEAT_S)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.signal(signal.SIGVTALRM, previous)
