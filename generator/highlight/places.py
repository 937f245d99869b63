"""Tokens in, tokens out: names in parentheses are told apart by what the parentheses belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Token = tuple[str, str]

# Lexers of languages in which a theme shows parameters and keyword arguments unlike other names.
MARKED_LEXERS = frozenset({"PythonLexer", "TypeScriptLexer", "TsxLexer"})

_PARAMETER = ".Parameter"
_ARGUMENT = ".Argument"


def mark_places(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens, `Name` as `Name.Parameter` in a definition's parentheses, as `Name.Argument` in a call's."""
    places = [""]
    before = ""
    for kind, text in tokens:
        if kind.startswith("Name") and places[-1]:
            yield kind + places[-1], text
        else:
            yield kind, text
        if kind == "Punctuation":
            for char in text:
                _follow(char, before, places)
        if not text.isspace():
            before = kind


def _follow(char: str, before: str, places: list[str]) -> None:
    """Open or close a pair of brackets. before: the type of the token in front of it."""
    if char == "(":
        definition = before.startswith(("Name.Function", "Name.Class"))
        places.append(_PARAMETER if definition else _ARGUMENT if before.startswith("Name") else "")
    elif char in "[{":
        places.append(places[-1] if places[-1] == _PARAMETER else "")
    elif char in ")]}" and len(places) > 1:
        places.pop()
