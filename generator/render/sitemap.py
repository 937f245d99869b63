"""A library in, the entries of its sitemap out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.config import SiteConfig
from generator.model.content import Page
from generator.model.library import Library, Taxonomy

Entry = tuple[str, str | None, Mapping[str, Any] | None]

# Zola splits at this many; the protocol's own limit is 50,000.
SITEMAP_LIMIT = 30_000


def sitemap_entries(config: SiteConfig, library: Library) -> tuple[Entry, ...]:
    """Return (permalink, updated, extra) of all that is to be found, by permalink, each once."""
    entries: dict[str, Entry] = {}
    for entry in _all_entries(config, library):
        entries.setdefault(entry[0], entry)
    return tuple(entries[url] for url in sorted(entries))


def _all_entries(config: SiteConfig, library: Library) -> Iterator[Entry]:
    with_pagers = config.exclude_paginated_pages_in_sitemap != "all"
    for page in library.pages.values():
        if page.meta.render:
            yield page.permalink, _updated(page), page.meta.extra
    for key, section in library.sections.items():
        if section.meta.render:
            yield section.permalink, None, section.meta.extra
        if section.meta.paginate_by and with_pagers:
            for number in _pager_numbers(len(library.section_pages[key]), section.meta.paginate_by):
                yield f"{section.permalink}{section.meta.paginate_path}/{number}/", None, None
    for taxonomies in library.taxonomies.values():
        for taxonomy in taxonomies.values():
            if taxonomy.config.render:
                yield from _taxonomy_entries(config, taxonomy, with_pagers)


def _taxonomy_entries(config: SiteConfig, taxonomy: Taxonomy, with_pagers: bool) -> Iterator[Entry]:
    yield taxonomy.permalink, None, None
    kind = taxonomy.config
    subpath = "page" if kind.paginate_path is None else kind.paginate_path
    for term in taxonomy.terms:
        yield term.permalink, None, None
        if kind.paginate_by and with_pagers:
            for number in _pager_numbers(len(term.pages), kind.paginate_by):
                yield config.make_permalink(f"{term.path}{subpath}/{number}/"), None, None


def _updated(page: Page) -> str | None:
    meta = page.meta
    if meta.updated:
        return meta.updated.text
    return meta.updated_text or (meta.date.text if meta.date else None)


def _pager_numbers(pages: int, by: int) -> range:
    return range(1, -(-pages // by) + 1)
