"""Sections and pages in, the tree out: who stands above, below and beside whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.graph.sorting import sort_pages
from generator.model.config import SiteConfig
from generator.model.content import Page, Section
from generator.model.library import index_key


class Placement(Struct, frozen=True, kw_only=True):
    """Where pages stand: their sections' raw lists, their ancestors, and templates that sections give them."""

    members: Mapping[str, list[Page]]
    ancestors: Mapping[str, tuple[str, ...]]
    templates: Mapping[str, str]


def _folders_above(folder: str) -> Iterator[str]:
    """Yield the folders above one, the root ("") first."""
    if folder:
        yield ""
        parts = folder.split("/")
        for depth in range(1, len(parts)):
            yield "/".join(parts[:depth])


def section_ancestors(sections: Mapping[str, Section], config: SiteConfig) -> dict[str, tuple[str, ...]]:
    """Return each section's existing sections above it, the root first."""
    found = {}
    for key, section in sections.items():
        above = (index_key(folder, section.lang, config) for folder in _folders_above(section.source.folder))
        found[key] = tuple(ancestor for ancestor in above if ancestor in sections)
    return found


def subsections(sections: Mapping[str, Section], config: SiteConfig) -> dict[str, tuple[str, ...]]:
    """Return each section's direct subsections, by weight then path."""
    children: dict[str, list[Section]] = defaultdict(list)
    for section in sections.values():
        if section.source.folder:
            parent = index_key(section.source.folder.rpartition("/")[0], section.lang, config)
            children[parent].append(section)
    return {
        key: tuple(child.key for child in sorted(children.get(key, ()), key=lambda s: (s.meta.weight, s.key)))
        for key in sections
    }


def place_pages(
    pages: Mapping[str, Page], sections: Mapping[str, Section], above: Mapping[str, tuple[str, ...]], config: SiteConfig
) -> Placement:
    """Put each rendered page into its section, and through transparent sections into those above.

    Zola: a page's ancestors are those of the last section reached.
    """
    members: dict[str, list[Page]] = {key: [] for key in sections}
    ancestors: dict[str, tuple[str, ...]] = {}
    templates: dict[str, str] = {}
    for key, page in pages.items():
        if not page.meta.render:
            continue
        folder = page.source.folder
        while (section := sections.get(index_key(folder, page.lang, config))) is not None:
            members[section.key].append(page)
            ancestors[key] = (*above[section.key], section.key)
            if page.meta.template is None and key not in templates:
                _inherit_template(key, ancestors[key], sections, templates)
            if not section.meta.transparent or not folder:
                break
            folder = folder.rpartition("/")[0]
    return Placement(members=members, ancestors=ancestors, templates=templates)


def _inherit_template(
    key: str, ancestors: tuple[str, ...], sections: Mapping[str, Section], templates: dict[str, str]
) -> None:
    for ancestor in reversed(ancestors):
        template = sections[ancestor].meta.page_template
        if template is not None:
            templates[key] = template
            return


class Order(Struct, frozen=True, kw_only=True):
    """Sections' pages in order, those they leave out, and each page's neighbours (lower, higher)."""

    pages: Mapping[str, tuple[str, ...]]
    ignored: Mapping[str, tuple[str, ...]]
    siblings: Mapping[str, tuple[str | None, str | None]]


def order_pages(sections: Mapping[str, Section], members: Mapping[str, list[Page]]) -> Order:
    """Sort every section; only a sorted section that is not transparent makes neighbours."""
    pages: dict[str, tuple[str, ...]] = {}
    ignored: dict[str, tuple[str, ...]] = {}
    siblings: dict[str, tuple[str | None, str | None]] = {}
    for key, section in sections.items():
        ordered, left_out = sort_pages(members[key], section.meta.sort_by)
        pages[key] = keys = tuple(page.key for page in ordered)
        ignored[key] = tuple(page.key for page in left_out)
        if keys and section.meta.sort_by != "none" and not section.meta.transparent:
            siblings.update(zip(keys, zip((None, *keys[:-1]), (*keys[1:], None), strict=True), strict=True))
    return Order(pages=pages, ignored=ignored, siblings=siblings)
