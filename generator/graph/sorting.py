"""Pages in, their order in a section out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from generator.model.content import Page, SortBy
from generator.text.sorting import natural_lexical_key


def _newest(page: Page) -> datetime | None:
    stamps = [stamp.instant for stamp in (page.meta.date, page.meta.updated) if stamp]
    return max(stamps, default=None)


# What each `sort_by` compares; a page for which it is None cannot be sorted.
_KEYS: dict[SortBy, Callable[[Page], Any]] = {
    "date": lambda page: page.meta.date and page.meta.date.instant,
    "update_date": _newest,
    "title": lambda page: None if page.meta.title is None else natural_lexical_key(page.meta.title),
    "title_bytes": lambda page: None if page.meta.title is None else page.meta.title.encode(),
    "weight": lambda page: page.meta.weight,
    "slug": lambda page: natural_lexical_key(page.slug),
    "permalink": lambda page: page.permalink.encode(),
}
_NEWEST_FIRST = ("date", "update_date")


def sort_pages(pages: Iterable[Page], sort_by: SortBy) -> tuple[tuple[Page, ...], tuple[Page, ...]]:
    """Return the pages in order, and those that lack what they are sorted by.

    Ties go by permalink; `none` keeps the order of the files. Zola: its `none` has no fixed order.
    """
    pages = sorted(pages, key=lambda page: page.key)
    if sort_by == "none":
        return tuple(pages), ()
    key_of = _KEYS[sort_by]
    keyed = [(key_of(page), page) for page in pages]
    sortable = [(key, page) for key, page in keyed if key is not None]
    sortable.sort(key=lambda item: item[1].permalink.encode())
    sortable.sort(key=lambda item: item[0], reverse=sort_by in _NEWEST_FIRST)
    return tuple(page for _, page in sortable), tuple(page for key, page in keyed if key is None)
