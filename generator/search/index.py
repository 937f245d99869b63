"""Documents of each language in, the site's search files out; which documents are found is decided by others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from generator.errors import Location, SiteError
from generator.model.config import SearchConfig, SiteConfig
from generator.model.output import OutputFile
from generator.search.clean import clean_html
from generator.search.elasticlunr import render_index
from generator.search.languages import find_language

_LIBRARY = "elasticlunr.min.js"


class SearchItem(Struct, frozen=True, kw_only=True):
    """A document that readers can find. path: its URL path. date: aware. html: its content."""

    permalink: str
    path: str
    title: str | None = None
    description: str | None = None
    date: datetime | None = None
    html: str = ""


def searched_languages(config: SiteConfig) -> tuple[str, ...]:
    """Return the languages that get an index: the default one first, the others that ask for it."""
    if not config.build_search_index:
        return ()
    others = (code for code in config.other_languages if config.languages[code].build_search_index)
    return config.default_language, *others


def search_files(config: SiteConfig, items: Mapping[str, Iterable[SearchItem]]) -> tuple[OutputFile, ...]:
    """Make the index of each searched language, and the library that reads it. items: by language, in any order.

    Zola: the format, and what is in it, are the root's; the fields' names are the language's.
    Raises: SiteError for a language that elasticlunr does not know.
    """
    files = [_index_file(config, lang, items.get(lang, ())) for lang in searched_languages(config)]
    if files and config.search.index_format.startswith("elasticlunr"):
        library = Path(__file__).parent / "data" / _LIBRARY
        files.append(OutputFile(path=_LIBRARY, data=library.read_bytes(), source="the search library"))
    return tuple(files)


def _index_file(config: SiteConfig, lang: str, items: Iterable[SearchItem]) -> OutputFile:
    kind, _, form = config.search.index_format.partition("_")
    ordered = sorted(items, key=lambda item: item.path)
    text = _render_fuse(config.search, ordered) if kind == "fuse" else _render_elasticlunr(config, lang, ordered)
    if form == "javascript":
        text = f"window.searchIndex = {text}"
    suffix = "js" if form == "javascript" else "json"
    return OutputFile(path=f"search_index.{lang}.{suffix}", data=text.encode(), source=f"the search index ({lang})")


def _render_elasticlunr(config: SiteConfig, lang: str, items: Sequence[SearchItem]) -> str:
    language = find_language(lang)
    if language is None:
        raise SiteError(
            f"The search index knows no language `{lang}`",
            where=Location(file=config.file.name),
            hint='Set `build_search_index = false`, or `index_format = "fuse_json"` in `[search]`, for any language',
        )
    rows = {item.permalink: list(_row(config.search, item)) for item in items}
    return render_index(language, _fields(config.languages[lang].search), rows)


def _fields(search: SearchConfig) -> list[str]:
    wanted = {
        "title": search.include_title,
        "description": search.include_description,
        "date": search.include_date,
        "path": search.include_path,
        "body": search.include_content,
    }
    return [field for field, is_wanted in wanted.items() if is_wanted]


def _row(search: SearchConfig, item: SearchItem) -> Iterator[str]:
    """Yield the texts of a document. Zola: one without a date has no text for it, so that what follows moves up."""
    if search.include_title:
        yield item.title or ""
    if search.include_description:
        yield item.description or ""
    if search.include_date and item.date:
        yield _format_date(item.date)
    if search.include_path:
        yield item.path
    if search.include_content:
        yield clean_html(item.html, search.truncate_content_length)


def _format_date(date: datetime) -> str:
    """Write a date as RFC 3339, with fractions of a second only where there are any."""
    text = date.replace(tzinfo=None).isoformat()
    if date.microsecond:
        text = text.rstrip("0")
    return text + ("Z" if date.utcoffset() in (None, timedelta()) else date.isoformat()[-6:])


def _render_fuse(search: SearchConfig, items: Sequence[SearchItem]) -> str:
    rows = [_fuse_row(search, item) for item in items]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _fuse_row(search: SearchConfig, item: SearchItem) -> dict[str, str]:
    row = {"url": item.permalink}
    if search.include_title:
        row["title"] = item.title or ""
    if search.include_description:
        row["description"] = item.description or ""
    if search.include_content:
        row["body"] = clean_html(item.html, search.truncate_content_length)
    if search.include_path:
        row["path"] = item.path
    return row
