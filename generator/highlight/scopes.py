"""Which TextMate scopes a Pygments token type stands for, by language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "scopes.json"


@lru_cache(maxsize=1)
def load_scopes() -> Mapping[str, Mapping[str, str]]:
    """Read the table: language (or `default`) → token type → scopes, the outermost first, parted by spaces."""
    tables: Mapping[str, Mapping[str, str]] = json.loads(_TABLE.read_bytes())
    return tables


def find_scopes(language: str, token: str) -> tuple[str, ...]:
    """Return the scopes of a token type such as `Name.Function`: the language's own, else the general ones.

    A type that no table names takes the scopes of the type it refines.
    """
    tables = load_scopes()
    for table in (tables.get(language, {}), tables["default"]):
        name = token
        while name:
            if name in table:
                return tuple(table[name].split())
            name = name.rpartition(".")[0]
    return ()
