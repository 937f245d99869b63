"""Whatever the text: each format gives a value or says where it goes wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.data.bibtex import parse_bibtex
from generator.data.csv import parse_csv
from generator.data.json import parse_json
from generator.data.problems import DataError
from generator.data.toml import parse_toml_data
from generator.data.toml_places import find_toml_offset
from generator.data.xml import parse_xml
from generator.data.yaml import find_yaml_offset, parse_yaml

TOKENS = [
    *("a", "가", "=", ":", " ", "\n", "\t", "'", '"', '"""', "[", "]", "[[", "]]", "{", "}", ",", "#", "-", "- ", "&a"),
    *(
        "<a>",
        "</a>",
        "<a/>",
        "&amp;",
        "<!--",
        "-->",
        "@x{",
        "@string{",
        "2024-01-01",
        "1",
        "0.5",
        "true",
        "\\u",
        "\r\n",
    ),
    *("*a", "."),
]
PIECES = st.lists(st.sampled_from(TOKENS), max_size=25).map("".join)
PARSERS = [parse_bibtex, parse_csv, parse_json, parse_toml_data, parse_xml, parse_yaml]


def find_problem(parse: Callable[[str], Any], text: str) -> DataError | None:
    try:
        parse(text)
    except DataError as error:
        return error
    return None


@pytest.mark.parametrize("parse", PARSERS)
@given(text=PIECES | st.text(max_size=40))
def test_a_value_or_a_place(parse: Callable[[str], Any], text: str) -> None:
    problem = find_problem(parse, text)
    assert problem is None or (problem.message and 0 <= problem.offset <= len(text))


@given(text=PIECES, path=st.lists(st.sampled_from(["a", "가", "1", 0, 1]), max_size=3).map(tuple))
def test_a_place_for_every_path(text: str, path: tuple[str | int, ...]) -> None:
    for parse, find in ((parse_toml_data, find_toml_offset), (parse_yaml, find_yaml_offset)):
        if not find_problem(parse, text):
            assert 0 <= find(text, path) <= len(text)
            assert 0 <= find(text, path, key=True) <= len(text)
