"""Tokens of one language in, painted pieces out; scopes and the colours of a theme come from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from generator.highlight.html import Paint, Palette, Piece
from generator.highlight.languages import Language
from generator.highlight.places import Token
from generator.highlight.scopes import AFTER, BEFORE, TokenScopes, find_token_scopes

# Names that decide their own colour differ from page to page; a large site would gather them without end.
MAX_REMEMBERED = 20_000


class Painter:
    """Paints tokens of `language` and remembers what it has decided."""

    def __init__(self, language: Language, palette: Palette) -> None:
        self._language = language
        self._palette = palette
        self._by_type: dict[str, Paint] = {}
        self._scopes: dict[str, TokenScopes] = {}
        self._by_token: dict[tuple[str, str, str, str], Paint] = {}

    def paint(self, tokens: Sequence[Token]) -> list[Piece]:
        """Return each token's text with its paint."""
        by_type = self._by_type
        return [(by_type.get(kind) or self._choose(tokens, at), text) for at, (kind, text) in enumerate(tokens)]

    def _choose(self, tokens: Sequence[Token], at: int) -> Paint:
        """Return the paint of a token whose type alone does not tell, or does so for the first time."""
        kind, text = tokens[at]
        scopes = self._scopes.get(kind)
        if scopes is None:
            scopes = self._scopes[kind] = find_token_scopes(self._language.like or self._language.name, kind)
            if scopes.only is not None:
                self._by_type[kind] = self._palette.paint((self._language.scope, *scopes.only))
                return self._by_type[kind]
        before = tokens[at - 1][1][-1] if at else ""
        after = find_next_character(tokens, at)
        key = (kind, text, before if before in BEFORE else "", after if after in AFTER else "")
        paint = self._by_token.get(key)
        if paint is None:
            if len(self._by_token) >= MAX_REMEMBERED:
                self._by_token.clear()
            paint = self._palette.paint((self._language.scope, *scopes.find(text, before, after)))
            self._by_token[key] = paint
        return paint


def find_next_character(tokens: Sequence[Token], at: int) -> str:
    """Return the character that follows a token on its line, blanks left out."""
    for _, text in tokens[at + 1 : at + 3]:
        if not text.isspace() or "\n" in text:
            return text[0]
    return "\n"
