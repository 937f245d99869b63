"""The resolve stage: all pages and sections in, the Library out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.errors import raise_all
from generator.graph.collisions import check_collisions
from generator.graph.sections import Order, Placement, order_pages, place_pages, section_ancestors, subsections
from generator.graph.taxonomies import resolve_taxonomies
from generator.model.config import SiteConfig
from generator.model.content import Page, Section
from generator.model.library import Library


def resolve(config: SiteConfig, documents: Iterable[Page | Section]) -> Library:
    """Work out how all documents stand to each other.

    Documents are those to publish, a root section for every language among them.
    Raises: SiteErrors with every path that two documents claim.
    """
    documents = sorted(documents, key=lambda document: document.key)
    pages = {document.key: document for document in documents if isinstance(document, Page)}
    sections = {document.key: document for document in documents if isinstance(document, Section)}
    raise_all(check_collisions(documents))
    above = section_ancestors(sections, config)
    placement = place_pages(pages, sections, above, config)
    order = order_pages(sections, placement.members)
    return Library(
        pages=pages,
        sections=sections,
        section_pages=order.pages,
        ignored_pages=order.ignored,
        subsections=subsections(sections, config),
        ancestors={**above, **{key: placement.ancestors.get(key, ()) for key in pages}},
        siblings=order.siblings,
        translations=_translations(documents, config),
        permalinks={document.key: document.permalink for document in documents if _has_file(document)},
        taxonomies=resolve_taxonomies(pages.values(), config),
        page_templates=placement.templates,
        orphans=tuple(key for key in pages if key not in placement.ancestors),
        unrendered=_unrendered(pages, placement, order),
    )


def _has_file(document: Page | Section) -> bool:
    return isinstance(document, Page) or document.from_file


def _translations(documents: Iterable[Page | Section], config: SiteConfig) -> dict[str, tuple[str, ...]]:
    if not config.other_languages:
        return {}
    rank = {code: place for place, code in enumerate((config.default_language, *config.other_languages))}
    found: dict[str, list[Page | Section]] = defaultdict(list)
    for document in documents:
        if isinstance(document, Section) or document.meta.render:
            found[document.source.canonical].append(document)
    return {
        canonical: tuple(document.key for document in sorted(group, key=lambda item: rank[item.lang]))
        for canonical, group in found.items()
    }


def _unrendered(pages: Mapping[str, Page], placement: Placement, order: Order) -> frozenset[str]:
    """Pages that have a section but that no section lists: Zola writes no file for them."""
    listed = {key for keys in order.pages.values() for key in keys}
    return frozenset(key for key in pages if key in placement.ancestors and key not in listed)
