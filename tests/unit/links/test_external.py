from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

import pytest

from generator.errors import Location
from generator.links.answer import Answer
from generator.links.external import PAUSE_S, check_external_links
from generator.model.config import LinkCheckerConfig
from generator.model.content import ExternalLink, FileInfo, Page, PageMeta, Rendered, Section, SectionMeta
from generator.model.library import Library

PAGE_BODY = "하나\n[둘](https://bad.kr/)\n"


def source_of(key: str) -> FileInfo:
    return FileInfo(file=Path("/s/content") / key, relative_path=key, shown=f"content/{key}", folder="", canonical=key)


def make_library(redirect_to: str | None = None) -> Library:
    page = Page(
        source=source_of("a.md"), meta=PageMeta(), lang="ko", slug="a", path="/a/", components=("a",),
        permalink="https://a.kr/a/", body=lambda: PAGE_BODY, body_line=4,
    )  # fmt: skip
    section = Section(
        source=source_of("_index.md"), meta=SectionMeta(redirect_to=redirect_to), lang="ko", path="/", components=(),
        permalink="https://a.kr/", body=str, body_line=1,
    )  # fmt: skip
    return Library(
        pages={"a.md": page}, sections={"_index.md": section}, section_pages={}, ignored_pages={}, subsections={},
        ancestors={}, siblings={}, translations={}, permalinks={}, taxonomies={},
    )  # fmt: skip


class Web:
    """Answers by URL, and a record of what was asked and of the pauses."""

    def __init__(self, **answers: Answer) -> None:
        self.answers = answers
        self.asked: list[tuple[str, bool]] = []
        self.pauses: list[float] = []
        self._lock = Lock()

    def fetch(self, url: str, with_body: bool) -> Answer:
        with self._lock:
            self.asked.append((url, with_body))
        return self.answers.get(url.rsplit("/", 1)[-1], Answer(status=200, reason="OK", body='<p id="here">'))

    def pause(self, seconds: float) -> None:
        with self._lock:
            self.pauses.append(seconds)


def check(
    web: Web,
    *urls: str,
    redirect_to: str | None = None,
    config: LinkCheckerConfig | None = None,
    line: int | None = None,
) -> list[str]:
    rendered = {
        "a.md": Rendered(html="", external_links=tuple(ExternalLink(url=url, line=line, column=1) for url in urls)),
        "_index.md": Rendered(html=""),
    }
    problems = check_external_links(
        rendered, make_library(redirect_to), config or LinkCheckerConfig(), fetch=web.fetch, pause=web.pause
    )
    return [str(problem) for problem in problems]


def test_good_links_are_no_problem() -> None:
    web = Web(moved=Answer(status=304))
    assert check(web, "https://a.kr/", "http://b.kr/moved", "https://a.kr/x#here") == []


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer(status=404, reason="Not Found"), "the server answered 404 Not Found"),
        (Answer(status=503, reason=""), "the server answered 503"),
        (Answer(status=301, reason="Moved"), "the server answered 301 Moved"),
        (Answer(problem="Connection refused"), "Connection refused"),
    ],
)
def test_bad_answers(answer: Answer, fault: str) -> None:
    assert check(Web(bad=answer), "https://a.kr/bad") == [f"content/a.md: Broken link to https://a.kr/bad: {fault}"]


def test_the_problem_has_the_links_place() -> None:
    rendered = {"a.md": Rendered(html="", external_links=(ExternalLink(url="https://bad.kr/", line=5, column=1),))}
    web = Web(**{"": Answer(status=404)})
    (problem,) = check_external_links(rendered, make_library(), LinkCheckerConfig(), fetch=web.fetch, pause=web.pause)
    assert problem.where == Location(file="content/a.md", line=5, column=1, source="[둘](https://bad.kr/)")


@pytest.mark.parametrize("url", ["https://", "http:///x", "https://[::1", "http:x"])
def test_urls_without_a_host(url: str) -> None:
    web = Web()
    assert check(web, url) == [f"content/a.md: Broken link to {url}: the URL has no host"]
    assert web.asked == []


def test_a_sections_redirect_is_a_link() -> None:
    web = Web(gone=Answer(status=410, reason="Gone"))
    assert check(web, redirect_to="https://a.kr/gone") == [
        "content/_index.md: Broken link to https://a.kr/gone: the server answered 410 Gone"
    ]
    assert check(web, redirect_to="inside") == []


def test_anchors_must_be_on_the_page() -> None:
    html = Answer(status=200, body='<a name="one"><h2 id="한글">')
    web = Web(page=html)
    good = ["#one", "#ONE", "#한글", "#%ED%95%9C%EA%B8%80", "#", "#top", "#/route", "#!bang", "#:~:text=a"]
    assert check(web, *(f"https://a.kr/page{anchor}" for anchor in good)) == []
    assert check(web, "https://a.kr/page#two") == [
        "content/a.md: Broken link to https://a.kr/page#two: the page has no anchor `#two`"
    ]


def test_each_page_is_asked_for_once_and_its_text_only_when_needed() -> None:
    web = Web()
    check(web, "https://a.kr/x", "https://a.kr/x#here", "https://a.kr/x", "https://b.kr/y")
    assert sorted(web.asked) == [("https://a.kr/x", True), ("https://b.kr/y", False)]


def test_pauses_are_between_pages_of_one_host() -> None:
    web = Web()
    check(web, "https://a.kr/1", "https://a.kr/2", "https://a.kr/3", "https://b.kr/1")
    assert web.pauses == [PAUSE_S, PAUSE_S]
    assert [url for url, _ in web.asked if "a.kr" in url] == [f"https://a.kr/{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "config",
    [
        LinkCheckerConfig(skip_prefixes=("https://a.kr/", "x")),
        LinkCheckerConfig(ignored_files=("**/a.md",)),
        LinkCheckerConfig(ignored_files=("/s/content/*",)),
    ],
)
def test_links_that_are_to_be_left_alone(config: LinkCheckerConfig) -> None:
    web = Web(bad=Answer(status=404))
    assert check(web, "https://a.kr/bad", config=config) == []
    assert web.asked == []


def test_anchors_that_are_to_be_left_alone() -> None:
    web = Web()
    config = LinkCheckerConfig(skip_anchor_prefixes=("https://a.kr/",))
    assert check(web, "https://a.kr/x#none", config=config) == []
    assert web.asked == [("https://a.kr/x", False)]


def test_a_bug_is_not_swallowed() -> None:
    def broken(url: str, with_body: bool) -> Answer:
        raise ZeroDivisionError

    fetch: Callable[[str, bool], Answer] = broken
    rendered = {"a.md": Rendered(html="", external_links=(ExternalLink(url="https://a.kr/"),))}
    with pytest.raises(ZeroDivisionError):
        check_external_links(rendered, make_library(), LinkCheckerConfig(), fetch=fetch)


def test_many_hosts_are_asked_side_by_side() -> None:
    web = Web(bad=Answer(status=404))
    urls = [f"https://h{n}.kr/{'bad' if n % 10 == 0 else 'good'}" for n in range(100)]
    assert len(check(web, *urls)) == 10
    assert len(web.asked) == 100
    assert web.pauses == []
