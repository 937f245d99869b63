from __future__ import annotations

import pickle
from collections.abc import Callable

from generator.model.config import LanguageOptions, SiteConfig
from generator.templating.config_view import config_view
from generator.templating.site import Site
from generator.templating.views import Views

PAGE_KEYS = [
    "relative_path",
    "colocated_path",
    "content",
    "permalink",
    "slug",
    "ancestors",
    "title",
    "description",
    "updated",
    "date",
    "year",
    "month",
    "day",
    "taxonomies",
    "authors",
    "extra",
    "path",
    "components",
    "summary",
    "toc",
    "word_count",
    "reading_time",
    "assets",
    "draft",
    "lang",
    "lower",
    "higher",
    "translations",
    "backlinks",
]
SECTION_KEYS = [
    "relative_path",
    "colocated_path",
    "content",
    "permalink",
    "draft",
    "ancestors",
    "title",
    "description",
    "extra",
    "path",
    "components",
    "toc",
    "word_count",
    "reading_time",
    "lang",
    "assets",
    "pages",
    "subsections",
    "translations",
    "backlinks",
    "generate_feeds",
    "transparent",
    "paginate_by",
    "paginate_reversed",
]


def test_keys_stand_in_zolas_order(views: Views) -> None:
    assert list(views.page("blog/a.md")) == list(views.page_alone("blog/a.md")) == PAGE_KEYS
    assert list(views.section("_index.md")) == list(views.section_alone("_index.md")) == SECTION_KEYS
    document = views.site.library.pages["blog/a.md"]
    assert list(views.unrendered(document)) == PAGE_KEYS
    assert list(views.unrendered(views.site.library.sections["_index.md"])) == SECTION_KEYS


def test_a_page_tells_of_its_file_and_its_rendering(views: Views) -> None:
    page = views.page("blog/a.md")
    assert page["content"] == "<p>blog/a.md</p>"
    assert page["summary"] == "s"
    assert (page["date"], page["year"], page["month"], page["day"]) == ("2024-01-03", 2024, 1, 3)
    assert page["ancestors"] == ("_index.md", "blog/_index.md")
    assert (page["word_count"], page["reading_time"]) == (2, 1)
    assert page["toc"][0]["children"] == [
        {"level": 2, "id": "i", "permalink": "p#i", "title": "I", "children": []},
    ]
    assert page["backlinks"] == [
        {"permalink": "https://example.com/blog/", "title": "Blog"},
        {"permalink": "https://example.com/blog/b/", "title": "B"},
    ]


def test_a_page_knows_its_neighbours_and_they_know_none(views: Views) -> None:
    page = views.page("blog/b.md")
    assert page["lower"]["title"] == "A"
    assert page["higher"]["title"] == "C"
    assert page["lower"]["higher"] is None
    assert views.page("blog/a.md")["lower"] is None
    assert views.page_alone("blog/b.md")["lower"] is None


def test_pages_know_their_neighbours_in_sections_and_not_in_terms(views: Views) -> None:
    section = views.section("blog/_index.md")
    assert [page["title"] for page in section["pages"]] == ["A", "B", "C"]
    assert section["pages"][1]["lower"]["title"] == "A"
    taxonomy = views.site.library.taxonomies["en"]["tags"]
    term = views.term(taxonomy.terms[0])
    assert [page["lower"] for page in term["pages"]] == [None, None, None]
    assert term["page_count"] == 3


def test_alone_a_section_and_a_term_have_no_pages(views: Views) -> None:
    assert views.section_alone("blog/_index.md")["pages"] == []
    assert views.section_alone("_index.md")["subsections"] == ("blog/_index.md",)
    term = views.term_alone(views.site.library.taxonomies["en"]["tags"].terms[0])
    assert (term["pages"], term["page_count"]) == ([], 3)


def test_before_rendering_a_document_has_its_metadata_alone(make_site: Callable[..., Site]) -> None:
    views = Views(make_site(rendered=False))
    page = views.unrendered(views.site.library.pages["blog/b.md"])
    unknown = {key: page[key] for key in ("content", "summary", "toc", "lower", "higher", "translations", "backlinks")}
    assert unknown == {
        "content": "",
        "summary": None,
        "toc": [],
        "lower": None,
        "higher": None,
        "translations": [],
        "backlinks": [],
    }
    assert page["ancestors"] == ("_index.md", "blog/_index.md")
    assert page["word_count"] == 2
    section = views.unrendered(views.site.library.sections["_index.md"])
    assert (section["content"], section["pages"], section["subsections"]) == ("", [], [])


def test_each_view_is_made_once(views: Views) -> None:
    assert views.section("blog/_index.md")["pages"][0] is views.page("blog/a.md")
    assert views.page("blog/a.md")["higher"] is views.page_alone("blog/b.md")
    assert views.config("en") is views.config("en")


def test_views_go_to_a_worker_without_what_they_hold(views: Views) -> None:
    views.page("blog/a.md")["content"]
    again = pickle.loads(pickle.dumps(views))
    assert again.page("blog/a.md") == views.page("blog/a.md")


def test_the_config_speaks_one_language_and_lists_the_others(make_config: Callable[..., SiteConfig]) -> None:
    languages = {"en": LanguageOptions(title="E"), "ko": LanguageOptions(title="한", feed_filenames=("rss.xml",))}
    config = make_config(languages=languages, title="E")
    korean = config_view(config, "ko")
    assert korean["title"] == "한"
    assert korean["feed_filenames"] == ["rss.xml"]
    assert list(korean["languages"]) == ["en"]
    assert list(korean["languages"]["en"]) == (
        [
            "title",
            "description",
            "generate_feeds",
            "feed_filenames",
            "taxonomies",
            "build_search_index",
            "search",
            "translations",
        ]
    )
    assert list(korean) == [
        "base_url",
        "mode",
        "title",
        "description",
        "languages",
        "default_language",
        "generate_feed",
        "generate_feeds",
        "feed_filenames",
        "taxonomies",
        "author",
        "build_search_index",
        "extra",
        "markdown",
        "search",
        "generate_sitemap",
        "generate_robots_txt",
        "exclude_paginated_pages_in_sitemap",
    ]
