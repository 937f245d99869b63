"""Parsed documents to what cannot stand together among them; each document alone has been checked by its parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.content.body import read_source
from generator.content.front_matter import find_front_matter
from generator.data.problems import decode_text
from generator.errors import Location, SiteError
from generator.model.config import SiteConfig
from generator.model.content import Page, Section


def check_documents(documents: Iterable[Page | Section], config: SiteConfig) -> tuple[SiteError, ...]:
    """Return the problems of `index.md` beside `_index.md`, and of a search index that leaves its own root out.

    documents: with the drafts that are to be built, without the others.
    """
    found = tuple(documents)
    sections = [document for document in found if isinstance(document, Section)]
    pages = [document for document in found if isinstance(document, Page)]
    return (*_check_index_pages(pages, sections), *_check_search(sections, config))


def _check_index_pages(pages: list[Page], sections: list[Section]) -> Iterator[SiteError]:
    """Zola: what counts is the URL path, so an `index.md` with a slug of its own may stand beside an `_index.md`."""
    taken = {section.components for section in sections}
    for page in pages:
        if page.source.file.name != "index.md":
            continue
        clashes = page.components in taken if page.components else page.source.colocated_path is None
        if clashes:
            folder = page.source.shown.removesuffix("/index.md")
            yield SiteError(
                f"We can't have a page called `index.md` in the same folder as an index section in `{folder}`",
                where=Location(file=page.source.shown),
                hint="Rename it: `index.md` is a page with files of its own, `_index.md` the list of a section.",
            )


def _check_search(sections: list[Section], config: SiteConfig) -> Iterator[SiteError]:
    if not config.build_search_index:
        return
    for section in sections:
        if section.source.canonical == "_index" and not section.meta.in_search_index:
            shown = section.source.shown
            content = decode_text(read_source(section.source.file, shown, config.roots), shown)
            yield find_front_matter(content, shown).locate(
                ("in_search_index",),
                "You have enabled search in the config but disabled it in the index section",
                hint="Turn off `build_search_index` in the config, or take `in_search_index = false` out of this file.",
            )
