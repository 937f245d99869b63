"""Which TextMate scopes a Pygments token stands for, by language, its type, its text and its neighbours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct, json

Scopes = tuple[str, ...]

# A neighbouring character that tells a call, a member, a key, an assignment, a macro, a body or a type argument.
AFTER = frozenset("(.:=<!{")
BEFORE = frozenset(".")
_PLACES = AFTER | BEFORE

# A token type's scopes as the table has them; see parse_entry.
Entry = str | Mapping[str, str | Mapping[str, str]]

_TABLE = Path(__file__).parent / "data" / "scopes.json"
_LIKE = "like"
_NUMBER = re.compile(r"[-+]?\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?")


class TokenScopes(Struct, frozen=True, kw_only=True):
    """The scopes of one token type. words: by the token's text. shapes: by `describe_shape`; `""` is the rest."""

    words: Mapping[str, Scopes]
    shapes: Mapping[str, Scopes]

    @property
    def only(self) -> Scopes | None:
        """What every token of the type has, None when that depends on the token."""
        return None if self.words or len(self.shapes) > 1 else self.shapes[""]

    def ignores_place(self, text: str) -> bool:
        """Tell whether `find` returns the same wherever a token of that text stands."""
        return text in self.words or not any(set(shape) & _PLACES for shape in self.shapes)

    def find(self, text: str, before: str, after: str) -> Scopes:
        """Return the scopes of a token between two characters; the more that is known of it, the better."""
        if text in self.words:
            return self.words[text]
        case = _describe_case(text)
        around = describe_shape("", before, after)
        return next(self.shapes[key] for key in (around + case, around, case, "") if key in self.shapes)


def describe_shape(text: str, before: str, after: str) -> str:
    """Return what is known of a name: its telling neighbours, then `A` for CAPITALS,
    `C` for Capitalised or `9` for a number."""
    return (before if before in BEFORE else "") + (after if after in AFTER else "") + _describe_case(text)


def find_token_scopes(language: str, token: str) -> TokenScopes:
    """Return the scopes of a token type such as `Name.Function`: the language's own, its model's or the general ones.

    A type that no table names takes what the type it refines has.
    """
    tables = list_tables(language)
    name = token
    while name:
        for table in tables:
            if name in table:
                return parse_entry(table[name])
        name = name.rpartition(".")[0]
    return TokenScopes(words={}, shapes={"": ()})


def list_tables(language: str) -> tuple[Mapping[str, Entry], ...]:
    """Return the tables to look into, the nearest first. A table's `like` names the language it adds to."""
    tables = _load_tables()
    found = []
    name: str | None = language
    while name:
        table = tables.get(name, {})
        found.append(table)
        like = table.get(_LIKE)
        name = like if isinstance(like, str) else None
    return (*found, tables["default"])


@cache
def _load_tables() -> Mapping[str, Mapping[str, Entry]]:
    """Read the tables: language (or `default`) → token type → entry."""
    tables: Mapping[str, Mapping[str, Entry]] = json.decode(_TABLE.read_bytes())
    return tables


def parse_entry(entry: Entry) -> TokenScopes:
    """Return what a table says of a token type.

    entry: its scopes, the outermost first; or these by shape, with `words` → scopes → the words that have them.
    """
    if isinstance(entry, str):
        return TokenScopes(words={}, shapes={"": tuple(entry.split())})
    words: dict[str, Scopes] = {}
    shapes: dict[str, Scopes] = {}
    for shape, scopes in entry.items():
        if isinstance(scopes, str):
            shapes[shape] = tuple(scopes.split())
        else:
            words = {word: tuple(names.split()) for names, of in scopes.items() for word in of.split(" ")}
    return TokenScopes(words=words, shapes=shapes)


def _describe_case(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return "9"
    if not text[:1].isupper():
        return ""
    return "A" if len(text) > 1 and text.isupper() else "C"
