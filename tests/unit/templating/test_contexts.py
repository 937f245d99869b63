from __future__ import annotations

from collections.abc import Callable

from generator.graph.pagination import paginate_section, paginate_term
from generator.templating import contexts
from generator.templating.site import Site
from generator.templating.views import Views


def test_each_kind_is_given_its_own_variables(views: Views) -> None:
    library = views.site.library
    taxonomy = library.taxonomies["en"]["tags"]
    place = {"config", "lang", "current_url", "current_path"}
    given = {
        "page": contexts.page_context(views, library.pages["blog/a.md"]),
        "section": contexts.section_context(views, library.sections["_index.md"]),
        "taxonomy": contexts.taxonomy_context(views, taxonomy),
        "term": contexts.term_context(views, taxonomy, taxonomy.terms[0]),
        "404": contexts.not_found_context(views),
        "robots": contexts.robots_context(views),
        "sitemap": contexts.sitemap_context([("https://example.com/", None, {})]),
        "split": contexts.sitemap_index_context(["https://example.com/sitemap1.xml"]),
        "alias": contexts.alias_context("https://example.com/"),
        "shortcode": contexts.shortcode_context(views, library.sections["_index.md"]),
    }
    assert {kind: set(context) for kind, context in given.items()} == {
        "page": place | {"page", "zola_version"},
        "section": place | {"section"},
        "taxonomy": place | {"taxonomy", "terms"},
        "term": place | {"taxonomy", "term"},
        "404": {"config", "lang"},
        "robots": {"config"},
        "sitemap": {"entries"},
        "split": {"sitemaps"},
        "alias": {"url"},
        "shortcode": {"config", "lang", "section"},
    }
    assert given["sitemap"]["entries"] == [{"permalink": "https://example.com/", "updated": None, "extra": {}}]


def test_a_section_beside_its_paginator_has_no_pages(make_site: Callable[..., Site]) -> None:
    views = Views(make_site(paginate_by=2))
    section = views.site.library.sections["blog/_index.md"]
    paginator = paginate_section(section, views.site.library)
    assert paginator is not None
    context = contexts.section_pager_context(views, section, paginator, paginator.pagers[1])
    assert context["current_path"] == "/blog/page/2/"
    assert context["current_url"] == "https://example.com/blog/page/2/"
    assert context["section"]["pages"] == []
    assert [page["title"] for page in context["paginator"].pop("pages")] == ["C"]
    assert context["paginator"] == {
        "paginate_by": 2,
        "base_url": "https://example.com/blog/page/",
        "number_pagers": 2,
        "first": "https://example.com/blog/",
        "last": "https://example.com/blog/page/2/",
        "previous": "https://example.com/blog/",
        "next": None,
        "current_index": 2,
        "total_pages": 3,
    }


def test_a_term_is_not_paginated_unless_its_taxonomy_is(views: Views) -> None:
    taxonomy = views.site.library.taxonomies["en"]["tags"]
    assert paginate_term(taxonomy, taxonomy.terms[0], views.site.library) is None


def test_a_feed_without_pages_has_no_date(views: Views) -> None:
    empty = contexts.feed_context(views, "en", feed_url="u", pages=[], last_updated=None)
    assert set(empty) == {"config", "lang", "feed_url", "pages"}
    taxonomy = views.site.library.taxonomies["en"]["tags"]
    feed = contexts.feed_context(
        views, "en", feed_url="u", pages=["blog/a.md"], last_updated="2024", taxonomy=taxonomy, term=taxonomy.terms[0]
    )
    assert feed["last_updated"] == "2024"
    assert feed["term"] == {"name": "X y", "slug": "x-y", "permalink": "https://example.com/tags/x-y/"}
    assert feed["pages"][0]["higher"] is None
    section = views.site.library.sections["blog/_index.md"]
    feed = contexts.feed_context(views, "en", feed_url="u", pages=[], last_updated=None, section=section)
    assert [page["title"] for page in feed["section"]["pages"]] == ["A", "B", "C"]
