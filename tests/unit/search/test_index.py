from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from generator.errors import SiteError
from generator.model.config import LanguageOptions, SearchConfig, SiteConfig
from generator.search.index import SearchItem, search_files, searched_languages

POST = SearchItem(
    permalink="https://a.kr/docker/",
    path="/docker/",
    title="도커",
    description="설명",
    date=datetime(2024, 1, 2, tzinfo=UTC),
    html="<p>컨테이너 &amp; 이미지</p>",
)
HOME = SearchItem(permalink="https://a.kr/", path="/")


def make_config(search: SearchConfig | None = None, default: str = "ko", **languages: LanguageOptions) -> SiteConfig:
    search = search or SearchConfig()
    return SiteConfig(
        root=Path("/s"), file=Path("/s/config.toml"), base_url="https://a.kr", default_language=default,
        languages={default: LanguageOptions(search=search), **languages}, build_search_index=True, search=search,
    )  # fmt: skip


def written(config: SiteConfig, *items: SearchItem) -> dict[str, str]:
    return {file.path: file.data.decode() for file in search_files(config, {config.default_language: items})}


def stored(search: SearchConfig, *items: SearchItem) -> Any:
    text = written(make_config(search), *items)["search_index.ko.json"]
    return json.loads(text)["documentStore"]["docs"]


def test_nothing_without_the_roots_wish() -> None:
    config = SiteConfig(
        root=Path("/s"), file=Path("/s/c"), base_url="https://a.kr",
        languages={"en": LanguageOptions(build_search_index=True)},
    )  # fmt: skip
    assert search_files(config, {"en": [POST]}) == ()


def test_the_default_language_and_those_that_ask() -> None:
    wish = LanguageOptions(build_search_index=True)
    config = make_config(en=wish, fr=LanguageOptions(), de=wish)
    assert searched_languages(config) == ("ko", "en", "de")
    paths = [file.path for file in search_files(config, {})]
    assert paths == ["search_index.ko.js", "search_index.en.js", "search_index.de.js", "elasticlunr.min.js"]


@pytest.mark.parametrize(
    ("index_format", "paths"),
    [
        ("elasticlunr_javascript", ["search_index.ko.js", "elasticlunr.min.js"]),
        ("elasticlunr_json", ["search_index.ko.json", "elasticlunr.min.js"]),
        ("fuse_javascript", ["search_index.ko.js"]),
        ("fuse_json", ["search_index.ko.json"]),
    ],
)
def test_formats(index_format: Any, paths: list[str]) -> None:
    files = written(make_config(SearchConfig(index_format=index_format)), POST)
    assert list(files) == paths
    text = files[paths[0]]
    assert text.startswith("window.searchIndex = ") == ("javascript" in index_format)
    assert json.loads(text.removeprefix("window.searchIndex = "))


def test_the_library_keeps_its_notice() -> None:
    library = written(make_config())["elasticlunr.min.js"]
    assert "MIT Licensed" in library
    assert 't.version="0.9.5"' in library


def test_every_field() -> None:
    search = SearchConfig(
        include_description=True, include_date=True, include_path=True, index_format="elasticlunr_json"
    )
    assert stored(search, POST)["https://a.kr/docker/"] == {
        "id": "https://a.kr/docker/",
        "title": "도커",
        "description": "설명",
        "date": "2024-01-02T00:00:00Z",
        "path": "/docker/",
        "body": "컨테이너 &amp; 이미지",
    }


def test_texts_move_up_where_there_is_no_date() -> None:
    search = SearchConfig(include_title=False, include_date=True, include_path=True, index_format="elasticlunr_json")
    assert stored(search, HOME) == {"https://a.kr/": {"id": "https://a.kr/", "date": "/", "path": ""}}


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (datetime(2024, 5, 6, 7, 8, 9, tzinfo=timezone(timedelta(hours=9))), "2024-05-06T07:08:09+09:00"),
        (datetime(2024, 5, 6, 7, 8, 9, 500000, tzinfo=UTC), "2024-05-06T07:08:09.5Z"),
        (datetime(1, 1, 1, tzinfo=timezone(-timedelta(hours=3, minutes=30))), "0001-01-01T00:00:00-03:30"),
    ],
)
def test_dates(date: datetime, text: str) -> None:
    search = SearchConfig(include_date=True, index_format="elasticlunr_json")
    item = SearchItem(permalink="x", path="/", date=date)
    assert stored(search, item)["x"]["date"] == text


def test_fields_are_the_languages_and_texts_the_roots() -> None:
    wish = LanguageOptions(build_search_index=True, search=SearchConfig(include_description=True))
    config = make_config(SearchConfig(index_format="elasticlunr_json"), en=wish)
    english = json.loads(search_files(config, {"en": [POST]})[1].data)
    assert english["fields"] == ["title", "description", "body"]
    assert english["documentStore"]["docs"][POST.permalink]["description"] == "컨테이너 &amp; 이미지"


def test_fuse_rows_come_by_path() -> None:
    search = SearchConfig(include_path=True, truncate_content_length=4, index_format="fuse_json")
    assert written(make_config(search), POST, HOME)["search_index.ko.json"] == (
        '[{"url":"https://a.kr/","title":"","body":"","path":"/"},'
        '{"url":"https://a.kr/docker/","title":"도커","body":"컨테이너","path":"/docker/"}]'
    )


def test_fuse_takes_any_language() -> None:
    search = SearchConfig(
        include_title=False, include_content=False, include_description=True, index_format="fuse_json"
    )
    assert written(make_config(search, default="ja"), POST)["search_index.ja.json"] == (
        '[{"url":"https://a.kr/docker/","description":"설명"}]'
    )


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(SiteError, match=r"config\.toml: The search index knows no language `ja`"):
        search_files(make_config(default="ja"), {})


def test_a_page_of_two_sections_is_found_once() -> None:
    assert len(stored(SearchConfig(index_format="elasticlunr_json"), POST, POST)) == 1


def test_cost_grows_with_the_documents() -> None:
    def cost(count: int) -> float:
        words = " ".join(f"w{n}" for n in range(200))
        items = [SearchItem(permalink=f"/{n}", path=f"/{n}", html=f"<p>{words} only{n}</p>") for n in range(count)]
        start = time.process_time()
        search_files(make_config(), {"ko": items})
        return time.process_time() - start

    cost(100)
    assert cost(2000) < 40 * max(cost(200), 0.005)
