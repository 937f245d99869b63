from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from generator.graph.pagination import paginate_section, paginate_term
from generator.graph.resolve import resolve
from generator.model.config import SiteConfig, TaxonomyConfig
from generator.model.content import Page
from generator.model.library import Library, Paginator

Make = Callable[..., Any]


def paginate(config: SiteConfig, page: Make, section: Make, *, at: str = "blog/_index.md", **meta: Any) -> Paginator:
    folder = at.rpartition("_")[0]
    pages = [page(f"{folder}{name}.md", title=name) for name in "abcde"]
    library = resolve(config, [section(at, sort_by="title", **meta), *pages])
    paginator = paginate_section(library.sections[at], library)
    assert paginator is not None
    return paginator


def test_the_first_pager_stands_at_the_section_itself(config: SiteConfig, page: Make, section: Make) -> None:
    paginator = paginate(config, page, section, paginate_by=2)
    assert [(pager.index, pager.path, pager.permalink) for pager in paginator.pagers] == [
        (1, "/blog/", "https://example.com/blog/"),
        (2, "/blog/page/2/", "https://example.com/blog/page/2/"),
        (3, "/blog/page/3/", "https://example.com/blog/page/3/"),
    ]
    assert [len(pager.pages) for pager in paginator.pagers] == [2, 2, 1]
    assert paginator.base_url == "https://example.com/blog/page/"
    assert paginator.total_pages == 5


def test_an_empty_path_leaves_the_number_alone(config: SiteConfig, page: Make, section: Make) -> None:
    paginator = paginate(config, page, section, paginate_by=3, paginate_path="")
    assert paginator.pagers[1].path == "/blog/2/"
    assert paginator.base_url == "https://example.com/blog/"


def test_the_home_counts_from_the_root(config: SiteConfig, page: Make, section: Make) -> None:
    paginator = paginate(config, page, section, at="_index.md", paginate_by=4)
    assert [pager.path for pager in paginator.pagers] == ["/", "/page/2/"]


def test_reversed_pages_are_cut_from_the_end(config: SiteConfig, page: Make, section: Make) -> None:
    paginator = paginate(config, page, section, paginate_by=2, paginate_reversed=True)
    assert paginator.pagers[0].pages == ("blog/e.md", "blog/d.md")


def test_without_pages_there_is_one_pager(config: SiteConfig, section: Make) -> None:
    library = resolve(config, [section("blog/_index.md", paginate_by=2)])
    paginator = paginate_section(library.sections["blog/_index.md"], library)
    assert paginator is not None
    assert [pager.pages for pager in paginator.pagers] == [()]


@pytest.mark.parametrize("by", [None, 0])
def test_zero_and_nothing_turn_it_off(config: SiteConfig, section: Make, by: int | None) -> None:
    library = resolve(config, [section("blog/_index.md", paginate_by=by)])
    assert paginate_section(library.sections["blog/_index.md"], library) is None


def test_a_term_counts_pages_that_it_does_not_show(config: SiteConfig, page: Callable[..., Page]) -> None:
    tags = {"tags": ("x",)}
    pages = [page("a.md", taxonomies=tags), page("b.md", taxonomies=tags, render=False), page("c.md", taxonomies=tags)]
    library: Library = resolve(config, pages)
    taxonomy = library.taxonomies["en"]["tags"]
    assert paginate_term(taxonomy, taxonomy.terms[0], library) is None
    kind = TaxonomyConfig(name="tags", slug="tags", paginate_by=1, paginate_path="p")
    paginator = paginate_term(replace(taxonomy, config=kind), taxonomy.terms[0], library)
    assert paginator is not None
    assert [pager.pages for pager in paginator.pagers] == [("a.md",), ("c.md",)]
    assert paginator.pagers[1].path == "/tags/x/p/2/"
    assert paginator.total_pages == 3
