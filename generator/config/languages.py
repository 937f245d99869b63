"""The languages that a config tells of to the options of each; the config's own fields come parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from generator.data.problems import FieldError, FieldErrors
from generator.model.config import LanguageOptions, SearchConfig, SlugifyConfig, SlugMode, TaxonomyConfig
from generator.text.slug import slugify_path

_IDENTIFIER = re.compile(
    r"(?:[a-z]{2,3}|[a-z]{5,8})(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|[0-9]{3}))?"
    r"(?:[-_](?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*",
    re.IGNORECASE | re.ASCII,
)
_DEFAULTS = LanguageOptions()
_NAMES = LanguageOptions.__struct_fields__


def check_codes(fields: Mapping[str, Any]) -> Iterable[FieldError]:
    """Yield each language code that is no Unicode language identifier."""
    hint = "Write a code like `en`, `ko` or `pt-BR`."
    paths = [("languages", code) for code in fields.get("languages", {})]
    if not _IDENTIFIER.fullmatch(fields.get("default_language", "en")):
        problem = f"is not a valid Unicode Language Identifier: `{fields['default_language']}`"
        yield FieldError(problem, ("default_language",), hint)
    for path in paths:
        if not _IDENTIFIER.fullmatch(path[1]):
            yield FieldError("is not a valid Unicode Language Identifier", path, hint)


def slugify_taxonomies(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields with a slug for every taxonomy of every language."""
    mode = fields.get("slugify", SlugifyConfig()).taxonomies
    languages = {code: _with_slugs(options, mode) for code, options in fields.get("languages", {}).items()}
    return {**_with_slugs(fields, mode), "languages": languages}


def _with_slugs(fields: Mapping[str, Any], mode: SlugMode) -> dict[str, Any]:
    def with_slug(taxonomy: TaxonomyConfig) -> TaxonomyConfig:
        return replace(taxonomy, slug=slugify_path(taxonomy.name, mode))

    if "taxonomies" not in fields:
        return dict(fields)
    return {**fields, "taxonomies": tuple(map(with_slug, fields["taxonomies"]))}


def resolve_languages(fields: Mapping[str, Any]) -> dict[str, LanguageOptions]:
    """Return the options of every language, the default one first, then as the file has them.

    Zola: the root's keys are the default language's; what `[languages.<default>]` says too is merged.
    Raises: FieldErrors for what both say.
    """
    default = fields.get("default_language", "en")
    others = {code: LanguageOptions(**options) for code, options in fields.get("languages", {}).items()}
    root = LanguageOptions(**{name: fields[name] for name in _NAMES if name in fields})
    own = others.pop(default, None)
    if own is None:
        return {default: root, **others}
    return {default: own if root == _DEFAULTS else _merge(root, own, default), **others}


def _merge(root: LanguageOptions, own: LanguageOptions, code: str) -> LanguageOptions:
    merged: dict[str, Any] = {
        "generate_feeds": root.generate_feeds or own.generate_feeds,
        "build_search_index": root.build_search_index or own.build_search_index,
    }
    problems = []
    for name in ("title", "description", "feed_filenames", "taxonomies", "translations", "search"):
        at_root, in_table = getattr(root, name), getattr(own, name)
        if _unset(name, at_root):
            merged[name] = in_table
        elif _repeats(name, at_root, in_table):
            problems.append(FieldError("for default language is specified twice", ("languages", code, name), _ONCE))
        else:
            merged[name] = at_root
    if problems:
        raise FieldErrors(problems)
    return LanguageOptions(**merged)


_ONCE = "Keep it at the top of the file or in the language's table, not in both."


def _unset(name: str, value: Any) -> bool:
    return value == getattr(_DEFAULTS, name) or value in (None, ())


def _repeats(name: str, at_root: Any, in_table: Any) -> bool:
    """A list counts as said again even when it is the default one; search only when it differs."""
    if isinstance(in_table, SearchConfig):
        return bool(at_root != in_table)
    return in_table is not None and in_table not in ((), {})
