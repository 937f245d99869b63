"""BibTeX as Zola reads it."""

import pytest

from generator.data.bibtex import parse_bibtex
from generator.data.problems import DataError

BIBLIOGRAPHY = r"""
@string{acm = "ACM " # press}
@string(press = {Press})
Anything between entries.
@Comment{ kept }
@preamble{"x" # acm}
@Article{key:2020 , Author = { Kim {De} Lee },
  title="A {"}quoted{"} title",
  YEAR = 2020, month = jan, publisher = acm # "!", note = nowhere,
}
"""


def test_a_bibliography() -> None:
    assert parse_bibtex(BIBLIOGRAPHY) == {
        "preambles": ["xACM Press"],
        "comments": ["Anything between entries.", "kept"],
        "variables": {"acm": "ACM Press", "press": "Press"},
        "bibliographies": [
            {
                "entry_type": "Article",
                "citation_key": "key:2020 ",
                "tags": {
                    "author": "Kim {De} Lee",
                    "title": 'A {"}quoted{"} title',
                    "year": "2020",
                    "month": "January",
                    "publisher": "ACM Press!",
                },
            }
        ],
    }


def test_strings_that_use_each_other_in_a_circle_are_left_out() -> None:
    found = parse_bibtex('@string{a = b}@string{b = a}@string{c = "c"}@x{k, m = c, n = a}')
    assert found["variables"] == {"c": "c"}
    assert found["bibliographies"][0]["tags"] == {"m": "c"}


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("@book{k}", 8),
        ("@book{k, x = {unclosed}", 23),
        ("@book{k, x = {un{closed}", 13),
        ('@book{k, x = "a}b"}', 13),
        ("@book{k, year = 12ab}", 16),
        ("@book(k, a = 1)", 5),
        ("@string[a]", 7),
        ("@", 1),
        ("@preamble{ nowhere }", 9),
    ],
)
def test_what_is_refused_has_a_place(text: str, offset: int) -> None:
    with pytest.raises(DataError) as caught:
        parse_bibtex(text)
    assert caught.value.offset == offset
