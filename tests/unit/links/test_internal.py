from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import Location
from generator.links.internal import check_anchors, collect_backlinks, has_anchor
from generator.model.content import FileInfo, Heading, InternalLink, Page, PageMeta, Rendered, Section, SectionMeta
from generator.model.library import Library


def source_of(key: str) -> FileInfo:
    return FileInfo(file=Path("/s/content") / key, relative_path=key, shown=f"content/{key}", folder="", canonical=key)


def make_page(key: str, body: str = "") -> Page:
    return Page(
        source=source_of(key), meta=PageMeta(), lang="ko", slug=key, path=f"/{key}/", components=(key,),
        permalink=f"https://a.kr/{key}/", body=lambda: body, body_line=4,
    )  # fmt: skip


def make_section(key: str) -> Section:
    return Section(
        source=source_of(key), meta=SectionMeta(), lang="ko", path="/", components=(), permalink="https://a.kr/",
        body=str, body_line=1,
    )  # fmt: skip


def make_library(*documents: Page | Section) -> Library:
    return Library(
        pages={d.key: d for d in documents if isinstance(d, Page)},
        sections={d.key: d for d in documents if isinstance(d, Section)},
        section_pages={}, ignored_pages={}, subsections={}, ancestors={}, siblings={}, translations={},
        permalinks={d.key: d.permalink for d in documents}, taxonomies={},
    )  # fmt: skip


def heading(name: str, *children: Heading) -> Heading:
    return Heading(level=2, id=name, permalink=f"#{name}", title=name, children=children)


def link(target: str, anchor: str | None, line: int | None = None, column: int | None = None) -> InternalLink:
    return InternalLink(target=target, anchor=anchor, line=line, column=column)


LIBRARY = make_library(
    make_page("a.md", "첫 줄\r\n[나](@/b.md#none) 끝\n"), make_page("b.md"), make_section("_index.md")
)
TARGET = Rendered(
    html='<h2 id="one">1</h2><p><a name="mark"></a><b ID = deep>',
    toc=(heading("one", heading("two")),),
)


def check(*links: InternalLink) -> list[str]:
    rendered = {"a.md": Rendered(html="", internal_links=links), "b.md": TARGET, "_index.md": TARGET}
    return [str(problem) for problem in check_anchors({"a.md": links}, rendered, LIBRARY)]


@pytest.mark.parametrize("anchor", [None, "", "top", "TOP", "one", "two", "mark", "MARK", "deep"])
def test_anchors_that_are_there(anchor: str | None) -> None:
    assert check(link("b.md", anchor)) == []


@pytest.mark.parametrize("anchor", ["none", "on", "ark", "three four", "*"])
def test_anchors_that_are_not(anchor: str) -> None:
    assert len(check(link("b.md", anchor))) == 1


def test_sections_have_headings_only() -> None:
    assert check(link("_index.md", "one")) == []
    assert len(check(link("_index.md", "mark"))) == 1


def test_the_problem_names_link_place_and_line() -> None:
    rendered = {"a.md": Rendered(html="", internal_links=(link("b.md", "onne", 5, 5),)), "b.md": TARGET}
    (problem,) = check_anchors({"a.md": rendered["a.md"].internal_links}, rendered, LIBRARY)
    assert problem.where == Location(file="content/a.md", line=5, column=5, source="[나](@/b.md#none) 끝")
    assert problem.message == "Broken anchor in the link `@/b.md#onne`: content/b.md has no such anchor"
    assert problem.hint == "Did you mean `#one`?"


def test_a_link_of_unknown_place_still_names_its_file() -> None:
    assert check(link("b.md", "zzz"))[0].startswith("content/a.md: Broken anchor")


@pytest.mark.parametrize("html", ['<a id="한글">', "<a\nname='한글'>", "<a  id = 한글 >", "<a id=한글>"])
def test_has_anchor(html: str) -> None:
    assert has_anchor(html, "한글")


@pytest.mark.parametrize("html", ['<a data-id="한글">', '<a id="한글자">', "<aid=한글>", ""])
def test_has_not_anchor(html: str) -> None:
    assert not has_anchor(html, "한글")


def test_backlinks_come_once_each_by_permalink_with_the_page_itself() -> None:
    rendered = {
        "z.md": Rendered(html="", internal_links=(link("b.md", None), link("b.md", "one"))),
        "a.md": Rendered(html="", internal_links=(link("b.md", None), link("a.md", "one"))),
        "b.md": Rendered(html=""),
    }
    library = make_library(make_page("a.md"), make_page("b.md"), make_page("z.md"))
    links = {key: text.internal_links for key, text in rendered.items()}
    assert collect_backlinks(links, library) == {"b.md": ("a.md", "z.md"), "a.md": ("a.md",)}
