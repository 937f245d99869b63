"""Pages in, taxonomies with their terms out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.graph.sorting import sort_pages
from generator.model.config import LanguageOptions, SiteConfig, TaxonomyConfig
from generator.model.content import Page
from generator.model.library import Taxonomy, Term
from generator.text.slug import slugify_path

Uses = Mapping[str, list[Page]]


def resolve_taxonomies(pages: Iterable[Page], config: SiteConfig) -> dict[str, dict[str, Taxonomy]]:
    """Return language → name → taxonomy, for all that the config defines, used or not.

    Zola: names of one slug are one taxonomy, called as the first of them.
    """
    slugs = {kind.name: kind.slug for options in config.languages.values() for kind in options.taxonomies}
    uses: dict[tuple[str, str], dict[str, list[Page]]] = defaultdict(lambda: defaultdict(list))
    for page in pages:
        for name, terms in page.meta.taxonomies.items():
            for term in terms:
                uses[page.lang, slugs[name]][term].append(page)
    return {
        lang: {kind.name: _taxonomy(kind, lang, uses[lang, kind.slug], config) for kind in _first_of_each_slug(options)}
        for lang, options in config.languages.items()
    }


def _first_of_each_slug(options: LanguageOptions) -> Iterable[TaxonomyConfig]:
    kinds: dict[str, TaxonomyConfig] = {}
    for kind in options.taxonomies:
        kinds.setdefault(kind.slug, kind)
    return kinds.values()


def _taxonomy(kind: TaxonomyConfig, lang: str, uses: Uses, config: SiteConfig) -> Taxonomy:
    above = (lang if lang != config.default_language else None, config.taxonomy_root)
    path = "/".join(("", *filter(None, above), kind.slug, ""))
    terms = [_term(name, path, pages, config) for name, pages in uses.items()]
    terms.sort(key=lambda term: (term.slug.encode(), term.name.encode()))
    return Taxonomy(
        config=kind, lang=lang, path=path, permalink=config.make_permalink(path), terms=tuple(_merged(terms))
    )


def _term(name: str, base: str, pages: list[Page], config: SiteConfig) -> Term:
    slug = slugify_path(name, config.slugify.taxonomies)
    path = f"{base}{slug}/"
    dated, undated = sort_pages(pages, "date")
    keys = tuple(page.key for page in (*dated, *undated))
    return Term(name=name, slug=slug, path=path, permalink=config.make_permalink(path), pages=keys)


def _merged(terms: Iterable[Term]) -> list[Term]:
    """Join neighbours of one URL under the first one's name; pages are appended, as Zola does."""
    merged: list[Term] = []
    for term in terms:
        if merged and merged[-1].permalink == term.permalink:
            first = merged.pop()
            term = Term(
                name=first.name,
                slug=first.slug,
                path=first.path,
                permalink=first.permalink,
                pages=first.pages + term.pages,
            )
        merged.append(term)
    return merged
