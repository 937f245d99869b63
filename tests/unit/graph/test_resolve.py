"""How documents come to stand to each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from generator.errors import SiteErrors
from generator.graph.resolve import resolve
from generator.model.config import LanguageOptions, SiteConfig, TaxonomyConfig
from generator.model.content import Page, Section, Timestamp

MakePage = Callable[..., Page]
MakeSection = Callable[..., Section]


def day(text: str) -> Timestamp:
    instant = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return Timestamp(text=text, instant=instant, year=instant.year, month=instant.month, day=instant.day)


def test_a_page_stands_in_its_folders_section(config: SiteConfig, page: MakePage, section: MakeSection) -> None:
    library = resolve(config, [section("_index.md"), section("blog/_index.md"), page("blog/a.md"), page("b.md")])
    assert library.section_pages == {"_index.md": ("b.md",), "blog/_index.md": ("blog/a.md",)}
    assert library.ancestors["blog/a.md"] == ("_index.md", "blog/_index.md")
    assert library.subsections["_index.md"] == ("blog/_index.md",)


def test_a_transparent_section_hands_its_pages_up(config: SiteConfig, page: MakePage, section: MakeSection) -> None:
    blog = section("blog/_index.md", transparent=True)
    library = resolve(config, [section("_index.md"), blog, page("blog/a.md")])
    assert library.section_pages["_index.md"] == library.section_pages["blog/_index.md"] == ("blog/a.md",)
    assert library.ancestors["blog/a.md"] == ("_index.md",)


def test_a_page_without_a_section_is_an_orphan(config: SiteConfig, page: MakePage, section: MakeSection) -> None:
    library = resolve(config, [section("_index.md"), page("lost/a.md"), page("hidden.md", render=False)])
    assert library.orphans == ("hidden.md", "lost/a.md")
    assert library.section_pages["_index.md"] == ()


def test_dates_sort_the_newest_first_and_make_neighbours(
    config: SiteConfig, page: MakePage, section: MakeSection
) -> None:
    pages = [
        page("a.md", date=day("2024-01-01")),
        page("b.md", date=day("2024-03-01")),
        page("c.md", date=day("2024-01-01")),
        page("undated.md"),
    ]
    library = resolve(config, [section("_index.md", sort_by="date"), *pages])
    assert library.section_pages["_index.md"] == ("b.md", "a.md", "c.md")
    assert library.ignored_pages["_index.md"] == ("undated.md",)
    assert library.unrendered == {"undated.md"}
    assert library.siblings["a.md"] == ("b.md", "c.md")
    assert library.siblings["b.md"] == (None, "a.md")


def test_the_nearest_page_template_holds(config: SiteConfig, page: MakePage, section: MakeSection) -> None:
    documents = [
        section("_index.md", page_template="root.html"),
        section("blog/_index.md"),
        page("blog/a.md"),
        page("blog/b.md", template="own.html"),
    ]
    assert resolve(config, documents).page_templates == {"blog/a.md": "root.html"}


def test_terms_of_one_url_are_one_term(config: SiteConfig, page: MakePage, section: MakeSection) -> None:
    documents = [
        section("_index.md"),
        page("a.md", taxonomies={"tags": ("rust", "도커")}),
        page("b.md", taxonomies={"tags": ("Rust",)}, date=day("2024-01-01")),
    ]
    terms = resolve(config, documents).taxonomies["en"]["tags"].terms
    assert [(term.name, term.slug, term.pages) for term in terms] == [
        ("도커", "dokeo", ("a.md",)),
        ("Rust", "rust", ("b.md", "a.md")),
    ]
    assert terms[1].permalink == "https://example.com/tags/rust/"


def test_taxonomies_of_one_slug_are_one_taxonomy(config: SiteConfig, page: MakePage, section: MakeSection) -> None:
    kinds = tuple(TaxonomyConfig(name=name, slug="tags", paginate_by=by) for name, by in (("tags", None), ("Tags", 2)))
    config = replace(config, languages={"en": LanguageOptions(taxonomies=kinds)})
    documents = [
        section("_index.md"),
        page("a.md", taxonomies={"tags": ("rust",), "Tags": ("rust",)}),
        page("b.md", taxonomies={"Tags": ("rust",)}),
    ]
    (taxonomy,) = resolve(config, documents).taxonomies["en"].values()
    assert taxonomy.config == kinds[0]
    assert [term.pages for term in taxonomy.terms] == [("a.md", "a.md", "b.md")]


def test_all_collisions_are_told_at_once(config: SiteConfig, page: MakePage, section: MakeSection) -> None:
    twin = replace(page("b.md"), path="/a/")
    documents = [section("_index.md"), page("a.md"), twin, page("c.md", aliases=("/d/",)), page("d.md")]
    with pytest.raises(SiteErrors) as caught:
        resolve(config, documents)
    assert [problem.message for problem in caught.value.problems] == [
        "Found path collisions: `/a/` from files content/a.md, content/b.md",
        "Found path collisions: `/d/` from files content/c.md, content/d.md",
    ]


def test_translations_are_in_the_order_of_languages(config: SiteConfig, page: MakePage, section: MakeSection) -> None:
    korean = page("a.ko.md")
    korean = replace(korean, lang="ko", source=replace(korean.source, canonical="a"))
    library = resolve(config, [section("_index.md"), korean, page("a.md")])
    assert library.translations["a"] == ("a.md", "a.ko.md")
