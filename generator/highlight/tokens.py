"""Code in, Pygments tokens out, within a time limit; what colour they get is decided elsewhere."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pygments.lexer import Lexer

# Of the processor's time, so that a busy machine does not decide what a page looks like.
LIMIT_S = 1.5
# Asked again and again, for an interrupt may fall where Python swallows exceptions.
_REPEAT_S = 0.1


_ESCAPE = re.compile(r"(\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[0-7]{1,3}|.))")


class OutOfTimeError(Exception):
    """A lexer took longer than LIMIT_S."""


def split_tokens(code: str, lexer: str) -> list[tuple[str, str]] | None:
    """Return the token types (`Name.Function`) and texts of `code`; None when the lexer loses some of it.

    lexer: the name of a class of Pygments. Raises: OutOfTimeError.
    """
    found = _load_lexer(lexer)
    with _time_limit():
        tokens = [(_name_type(kind), text) for _, kind, text in found.get_tokens_unprocessed(code) if text]
    if "".join(text for _, text in tokens) != code:
        return None
    return [part for token in tokens for part in _split_string(token)]


def _split_string(token: tuple[str, str]) -> Iterable[tuple[str, str]]:
    """Yield the quotes, the escapes and the rest of a string that its lexer leaves whole."""
    kind, text = token
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`"
    if not quoted and ("\\" not in text or not kind.startswith("Literal.String")):
        return (token,)
    inner = text[1:-1] if quoted else text
    quotes = [(f"{kind}.Quote", text[0])] if quoted else []
    pieces = [(f"{kind}.Escape" if at % 2 else kind, piece) for at, piece in enumerate(_ESCAPE.split(inner)) if piece]
    return (*quotes, *pieces, *quotes)


@cache
def _load_lexer(name: str) -> Lexer:
    # Pygments costs more to import than the rest of a small build: only where a page shows code in colour.
    import pygments.lexers

    from generator.highlight import lexers

    lexer: Lexer = (getattr(lexers, name, None) or getattr(pygments.lexers, name))()
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
