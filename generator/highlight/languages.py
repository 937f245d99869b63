"""The languages that a fence may name: canonical names, aliases, and which Pygments lexer reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from generator.errors import Location, SiteError
from generator.files.reading import read_regular

PLAIN = "plain"

_TABLE = Path(__file__).parent / "data" / "languages.json"


class Language(Struct, frozen=True, kw_only=True):
    """A language under its canonical name.

    scope: what its TextMate grammar calls a whole file. lexer: the class name in Pygments, None where nothing
    there comes near. like: the language whose lexer it borrows. warning: what an author who uses it should know.
    """

    name: str
    scope: str
    lexer: str | None = None
    like: str | None = None
    warning: str | None = None


def load_languages(grammars: Iterable[Path] = ()) -> Mapping[str, Language]:
    """Return all languages by their names and aliases, in lower case; a site's own grammars go before ours.

    Raises: SiteError for a grammar that cannot be read.
    """
    table = dict(_load_builtin_languages())
    for file in grammars:
        table.update(_load_grammar(file, table))
    return table


@cache
def _load_builtin_languages() -> Mapping[str, Language]:
    table: dict[str, Language] = {}
    for name, entry in msgspec.json.decode(_TABLE.read_bytes()).items():
        language = Language(name=name, scope=entry.get("scope", ""), lexer=entry.get("lexer"))
        table.update(dict.fromkeys((name, *entry.get("aliases", ())), language))
    return table


def _load_grammar(file: Path, known: Mapping[str, Language]) -> Mapping[str, Language]:
    """Return the language of a TextMate grammar under each name that a fence may use for it."""
    import json  # few sites bring grammars along, and it tells where they are broken

    where = Location(file=str(file))
    try:
        return _parse_grammar(json.loads(read_regular(file)), known)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SiteError("Failed to read an extra grammar", where=where, reasons=[reason]) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SiteError(
            "This file is not a TextMate grammar in JSON",
            where=where,
            reasons=[f"`{error.args[0]}` is missing" if isinstance(error, KeyError) else str(error)],
            hint="A grammar is an object with `name`, `scopeName` and `patterns`.",
        ) from error


def _parse_grammar(raw: Mapping[str, Any], known: Mapping[str, Language]) -> Mapping[str, Language]:
    name, scope = str(raw["name"]), str(raw["scopeName"])
    aliases = [str(alias).lower().lstrip(".") for alias in (*raw.get("aliases", ()), *raw.get("fileTypes", ()))]
    relative = _find_relative([name.lower(), *aliases, *reversed(scope.lower().split("."))], known)
    read = f"by the rules of `{relative.name}`" if relative else "as plain text"
    language = Language(
        name=name,
        scope=scope,
        lexer=relative.lexer if relative else None,
        like=relative.name if relative else None,
        warning=f"Code in `{name}`, a language of `extra_grammars`, is shown {read}.",
    )
    return {name.lower(): language, **{alias: language for alias in aliases if alias not in known}}


def _find_relative(names: Iterable[str], known: Mapping[str, Language]) -> Language | None:
    """Return the first known language with a lexer that goes by one of `names`."""
    return next((known[name] for name in names if name in known and known[name].lexer), None)
