from __future__ import annotations

import sys

import pytest

from generator.errors import SiteError
from generator.search.languages import Terms, find_language, split_path, split_words

CODES = ["da", "de", "du", "en", "es", "fi", "fr", "hu", "it", "ko", "no", "pt", "ro", "ru", "sv", "tr"]


def terms(code: str, text: str) -> list[str]:
    language = find_language(code)
    assert language
    return Terms(language).index(split_words(text))


def test_words_are_cut_at_blanks_and_hyphens() -> None:
    assert split_words("  New York-San\tFrancisco\u00a0x — 한글\n") == [
        "new",
        "york",
        "san",
        "francisco",
        "x",
        "—",
        "한글",
    ]
    assert split_words("ΟΔΥΣΣΕΥΣ") == ["οδυσσευς"]


def test_paths_are_cut_at_slashes_too() -> None:
    assert split_path("/Posts/도커-란 무엇/") == ["posts", "도커", "란", "무엇"]


@pytest.mark.parametrize("code", [*CODES, "KO"])
def test_every_language_works(code: str) -> None:
    language = find_language(code)
    assert language
    assert Terms(language).index(["", "-", "!"]) == []
    assert all(language.pipeline)


@pytest.mark.parametrize("code", ["nl", "ja", "zh", "ar", "pt-BR", ""])
def test_languages_that_elasticlunr_lacks(code: str) -> None:
    assert find_language(code) is None


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", '"Running" the (runners) 2nd __x__ 도커 naïve', ["run", "runner", "2nd", "__x__", "naïv"]),
        ("ko", "도커(Docker)는 2024 어떤 '사람' 그리고 한글!", ["도커(docker)는", "사람", "한글"]),
        ("de", "Die Häuser, und 3 Straßen", ["haus", "strass"]),
        ("ru", "Тёркс дома и кёльнский", ["тёркс", "дом", "кёльнски"]),
        ("fr", "les continuations", ["continu"]),
    ],
)
def test_terms(code: str, text: str, expected: list[str]) -> None:
    assert terms(code, text) == expected


def test_pipeline_names_are_the_browsers() -> None:
    english, korean = find_language("en"), find_language("ko")
    assert english
    assert english.pipeline == ("trimmer", "stopWordFilter", "stemmer")
    assert korean
    assert korean.pipeline == ("trimmer-ko", "stopWordFilter-ko", "stemmer-ko")


def test_a_missing_library_is_the_authors_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "snowballstemmer", None)
    assert terms("ko", "한글") == ["한글"]
    assert terms("en", "words") == ["word"]
    with pytest.raises(SiteError) as caught:
        terms("de", "Wort")
    assert caught.value.hint == "pip install 'hanji[search]'"
