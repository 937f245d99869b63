"""Tokens of one language in, painted pieces out; scopes and the colours of a theme come from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from generator.highlight.html import Paint, Palette, Piece
from generator.highlight.languages import Language
from generator.highlight.places import Token
from generator.highlight.scopes import AFTER, BEFORE, TokenScopes, find_token_scopes

_Key = TypeVar("_Key")

# Names that decide their own colour differ from page to page; a large site would gather them without end.
MAX_REMEMBERED = 20_000


class Painter:
    """Paints tokens of `language` and remembers what it has decided."""

    def __init__(self, language: Language, palette: Palette) -> None:
        self._language = language
        self._palette = palette
        self._scopes: dict[str, TokenScopes] = {}
        # From what tells the least to what tells the most; most tokens are found in the first two.
        self._by_type: dict[str, Paint] = {}
        self._by_token: dict[Token, Paint] = {}
        self._by_place: dict[tuple[Token, str, str], Paint] = {}

    def paint(self, tokens: Sequence[Token]) -> list[Piece]:
        """Return each token's text with its paint."""
        by_type, by_token = self._by_type, self._by_token
        return [
            (by_type.get(token[0]) or by_token.get(token) or self._choose(tokens, at), token[1])
            for at, token in enumerate(tokens)
        ]

    def _choose(self, tokens: Sequence[Token], at: int) -> Paint:
        """Return the paint of a token that depends on its neighbours, or that comes for the first time."""
        token = tokens[at]
        scopes = self._scopes.get(token[0])
        if scopes is None:
            scopes = self._scopes[token[0]] = find_token_scopes(self._language.like or self._language.name, token[0])
        before = tokens[at - 1][1][-1] if at else ""
        after = find_next_character(tokens, at)
        key = (token, before if before in BEFORE else "", after if after in AFTER else "")
        return self._by_place.get(key) or self._decide(key, scopes)

    def _decide(self, place: tuple[Token, str, str], scopes: TokenScopes) -> Paint:
        token, before, after = place
        kind, text = token
        paint = self._palette.paint((self._language.scope, *scopes.find(text, before, after)))
        if scopes.only is not None:
            self._by_type[kind] = paint
        elif scopes.ignores_place(text):
            _remember(self._by_token, token, paint)
        else:
            _remember(self._by_place, place, paint)
        return paint


def _remember(paints: dict[_Key, Paint], key: _Key, paint: Paint) -> None:
    if len(paints) >= MAX_REMEMBERED:
        paints.clear()
    paints[key] = paint


def find_next_character(tokens: Sequence[Token], at: int) -> str:
    """Return the character that follows a token on its line, blanks left out."""
    for _, text in tokens[at + 1 : at + 3]:
        if not text.isspace() or "\n" in text:
            return text[0]
    return "\n"
