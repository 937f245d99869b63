"""What each kind of template is given: one function a kind, each returning the variables by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.model.content import Page, Section
from generator.model.library import Pager, Paginator, Taxonomy, Term
from generator.templating.config_view import taxonomy_config_view
from generator.templating.lazy import LazyList
from generator.templating.views import Views

Context = dict[str, Any]

# What Zola 0.22.1 tells templates, and only those of pages: the number of its own library.
_ZOLA_VERSION = "0.21.0"


def page_context(views: Views, page: Page) -> Context:
    """Variables of a page's own template."""
    return {
        **_place(views, page.lang, page.permalink, page.path),
        "page": views.page(page.key),
        "zola_version": _ZOLA_VERSION,
    }


def section_context(views: Views, section: Section) -> Context:
    """Variables of a section's template when it is not paginated."""
    return {**_place(views, section.lang, section.permalink, section.path), "section": views.section(section.key)}


def section_pager_context(views: Views, section: Section, paginator: Paginator, pager: Pager) -> Context:
    """Variables of a section's template for one of its pagers. Zola: `section.pages` is empty there."""
    return {
        **_place(views, section.lang, pager.permalink, pager.path),
        "section": views.section_alone(section.key),
        "paginator": _paginator_view(views, paginator, pager),
    }


def taxonomy_context(views: Views, taxonomy: Taxonomy) -> Context:
    """Variables of the list of a taxonomy's terms."""
    return {
        **_place(views, taxonomy.lang, taxonomy.permalink, taxonomy.path),
        "taxonomy": taxonomy_config_view(taxonomy.config),
        "terms": views.terms(taxonomy),
    }


def term_context(views: Views, taxonomy: Taxonomy, term: Term) -> Context:
    """Variables of a term's template when its taxonomy is not paginated."""
    return {
        **_place(views, taxonomy.lang, term.permalink, term.path),
        "taxonomy": taxonomy_config_view(taxonomy.config),
        "term": views.term(term),
    }


def term_pager_context(views: Views, taxonomy: Taxonomy, term: Term, paginator: Paginator, pager: Pager) -> Context:
    """Variables of a term's template for one of its pagers."""
    return {
        **term_context(views, taxonomy, term),
        "current_url": pager.permalink,
        "current_path": pager.path,
        "paginator": _paginator_view(views, paginator, pager),
    }


def feed_context(
    views: Views,
    lang: str,
    *,
    feed_url: str,
    pages: Sequence[str],
    last_updated: str | None,
    section: Section | None = None,
    taxonomy: Taxonomy | None = None,
    term: Term | None = None,
) -> Context:
    """Variables of a feed of the site, of a section, or of a term with its taxonomy.

    pages: keys, cut to the limit. last_updated: None leaves the variable undefined, as Zola does without pages.
    """
    context = {**_language(views, lang), "feed_url": feed_url, "pages": LazyList(pages, views.page_alone)}
    if last_updated is not None:
        context["last_updated"] = last_updated
    if section:
        context["section"] = views.section(section.key)
    if taxonomy and term:
        context["taxonomy"] = taxonomy_config_view(taxonomy.config)
        context["term"] = {"name": term.name, "slug": term.slug, "permalink": term.permalink}
    return context


def not_found_context(views: Views) -> Context:
    """Variables of 404.html."""
    return _language(views, views.site.config.default_language)


def robots_context(views: Views) -> Context:
    """Variables of robots.txt."""
    return {"config": views.config(views.site.config.default_language)}


def sitemap_context(entries: Iterable[tuple[str, str | None, Mapping[str, Any] | None]]) -> Context:
    """Variables of sitemap.xml; entries: (permalink, updated, extra), in order."""
    return {"entries": [{"permalink": url, "updated": updated, "extra": extra} for url, updated, extra in entries]}


def sitemap_index_context(sitemaps: Sequence[str]) -> Context:
    """Variables of split_sitemap_index.xml; sitemaps: URLs."""
    return {"sitemaps": list(sitemaps)}


def alias_context(url: str) -> Context:
    """Variables of internal/alias.html."""
    return {"url": url}


def shortcode_context(views: Views, document: Page | Section) -> Context:
    """What shortcodes in a document's text see besides their arguments, over which these win."""
    name = "section" if isinstance(document, Section) else "page"
    return {**_language(views, document.lang), name: views.unrendered(document)}


def _language(views: Views, lang: str) -> Context:
    return {"config": views.config(lang), "lang": lang}


def _place(views: Views, lang: str, url: str, path: str) -> Context:
    return {**_language(views, lang), "current_url": url, "current_path": path}


def _paginator_view(views: Views, paginator: Paginator, pager: Pager) -> dict[str, Any]:
    pagers = paginator.pagers
    place = pager.index - 1
    return {
        "paginate_by": paginator.paginate_by,
        "base_url": paginator.base_url,
        "number_pagers": len(pagers),
        "first": paginator.permalink,
        "last": pagers[-1].permalink,
        "previous": pagers[place - 1].permalink if place else None,
        "next": pagers[place + 1].permalink if place + 1 < len(pagers) else None,
        "pages": LazyList(pager.pages, views.page_alone),
        "current_index": pager.index,
        "total_pages": paginator.total_pages,
    }
