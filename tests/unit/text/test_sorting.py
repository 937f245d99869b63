"""The order of `sort_by = "title"` and `"slug"`."""

import random

import pytest

from generator.text.sorting import fold_for_sorting, natural_lexical_key

# As the reference sorted them.
LATIN = [
    " a",
    "# -x",
    "_x",
    "1.5",
    "9",
    "10",
    "A",
    "a",
    "ä",
    "a9",
    "a10",
    "B",
    "e",
    "É",
    "日本",
    "ss",
    "ß",
    "z",
    "zoo 1",
]
KOREAN = ["감", "강", "하늘", "item", "제1장", "까치"]


def test_order_of_latin_titles() -> None:
    shuffled = random.Random(3).sample(LATIN, len(LATIN))
    assert sorted(shuffled, key=natural_lexical_key) == LATIN


def test_korean_is_sorted_by_its_latin_letters() -> None:
    shuffled = random.Random(5).sample(KOREAN, len(KOREAN))
    assert sorted(shuffled, key=natural_lexical_key) == KOREAN


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("9", "01"),
        ("2", "10"),
        ("a2b", "a10"),
        ("zoo 2", "zoo 10"),
        ("🎉", "a"),
        ("a", "A1"),
        ("", "a"),
        ("9" * 5000, "9" * 5001),
    ],
)
def test_pairs(first: str, second: str) -> None:
    assert natural_lexical_key(first) < natural_lexical_key(second)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Ω A æ b ö ß é", "o a ae b o ss e"), ("3½ → ®", "31/2 → ®"), ("北亰 🎉", "beijing 🎉"), ("a\u0300Ⴀ", "aa")],
)
def test_folding(text: str, folded: str) -> None:
    assert fold_for_sorting(text) == folded
