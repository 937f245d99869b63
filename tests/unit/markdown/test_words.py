from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown.words import count_words, reading_minutes

BOUNDARY = regex.compile(r"(?V1w)\b")
WORD_CHARACTER = regex.compile(r"[\p{Alphabetic}\p{N}]")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("도커란 무엇인가", 2),
        ("漢字と仮名", 5),
        ("can't stop, won't stop", 4),
        ("3.14 1,000 a.b a:b", 4),
        ("snake_case __init__ ___", 2),
        ("https://example.com/a-b", 4),
        ("a ```\nnot these\n``` b", 2),
        ("a ~~~\nbut these\n~~~", 3),
        ("é naïve 🤔", 2),
        ("डॉ.राम माला’Ta e\u0301:\u0301a 2\u0301,5", 4),
        ("-- ** !!", 0),
    ],
)
def test_words_are_counted_as_zola_counts_them(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text(alphabet=st.sampled_from("ab가나ㄱ漢字09_:.,;'\"“”…— -→\n@©™•·éＡⒶ①ไ🤔🇰"), max_size=30))
def test_the_quick_way_counts_like_the_table(text: str) -> None:
    assert count_words(text) == sum(bool(WORD_CHARACTER.search(piece)) for piece in BOUNDARY.split(text))


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (200, 1), (201, 2), (400, 2)])
def test_reading_time_is_rounded_up(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes
