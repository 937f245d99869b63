"""TOML as Zola reads it, and where its values stand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.data.problems import DataError
from generator.data.toml import TomlDate, dates_to_tables, parse_toml, parse_toml_data
from generator.data.toml_places import find_toml_offset


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2024-01-02", "2024-01-02"),
        ("2024-01-02 03:04:05", "2024-01-02T03:04:05"),
        ("2024-01-02t03:04:05z", "2024-01-02T03:04:05Z"),
        ("2024-01-02T03:04Z", "2024-01-02T03:04:00Z"),
        ("2024-01-02T03:04:05+00:00", "2024-01-02T03:04:05+00:00"),
        ("2024-01-02T03:04:05-00:00", "2024-01-02T03:04:05+00:00"),
        ("2024-01-02T03:04:05+09:00", "2024-01-02T03:04:05+09:00"),
        ("2024-01-02T03:04:05.100", "2024-01-02T03:04:05.1"),
        ("2024-01-02T03:04:05.1234567891Z", "2024-01-02T03:04:05.123456789Z"),
        ("2024-01-02T03:04:05.5+09:00", "2024-01-02T03:04:05.5+09:00"),
        ("07:32", "07:32:00"),
        ("07:32:01.50", "07:32:01.5"),
    ],
)
def test_dates_keep_their_kind(written: str, text: str) -> None:
    value = parse_toml(f"a = {written}")["a"]
    assert (value, type(value)) == (text, TomlDate)


DAY = {"$__toml_private_datetime": "2024-01-01"}


def test_dates_become_text_where_zola_has_them_so() -> None:
    text = "b = 2024-01-01\na = [2024-01-01, {d = 2024-01-01}]\n[t]\nz = [{d = 2024-01-01}]\nd = 2024-01-01\n"
    found = parse_toml_data(text)
    assert found == {
        "a": [DAY, {"d": "2024-01-01"}],
        "b": "2024-01-01",
        "t": {"d": "2024-01-01", "z": [{"d": DAY}]},
    }
    assert (list(found), list(found["t"])) == (["a", "b", "t"], ["d", "z"])


def test_dates_become_tables_everywhere_in_a_config() -> None:
    assert dates_to_tables(parse_toml("a = [2024-01-01]\nb.c = 2024-01-01")) == {"a": [DAY], "b": {"c": DAY}}


def test_toml_1_1() -> None:
    assert parse_toml('a = {b = 1,\n  c = 2, # word\n}\nd = "\\e\\x41"') == {"a": {"b": 1, "c": 2}, "d": "\x1bA"}


def test_infinities_are_nothing_to_templates() -> None:
    text = "a = inf\nb = [nan]\nc = 1.5\nd.e = -inf"
    nothing = {"a": None, "b": [None], "c": 1.5, "d": {"e": None}}
    assert parse_toml_data(text) == nothing
    assert dates_to_tables(parse_toml(text)) == nothing


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("a = 제목", 4),
        ("a = 1\na = 2", 11),
        ("a = [1", 6),
        ("b = 1\na = 9223372036854775808", 10),
        ("b = '9223372036854775808'\na = 0x1_0000_0000_0000_0000", 30),
        ("a = 9" + "0" * 5000, 4),
        ("a = [1, 0x" + "f" * 5000 + "]", 8),
        ("a = 2024-02-30", 4),
        ("a." * 5000 + "a = 1", 0),
        ("a = " + "[" * 100_000, 0),
    ],
)
def test_what_is_refused_has_a_place(text: str, offset: int) -> None:
    with pytest.raises(DataError) as caught:
        parse_toml(text)
    assert caught.value.offset == offset


PLACES = """
title = "x" # word = 1
"two words".'b.c' = [1, 2,
  [3], {k = {l = '''}
'''}}] # ]
[table]
when = 2024-01-01 10:00:00
next = 1
[[list]]
a = 1
[list.in]
b = \"\"\"
a = 2
\"\"\"
[[list]]
a = 3
[table.deep]
  c = 4
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("title",), "title =", '"x"'),
        (("two words", "b.c"), '"two words"', "[1, 2,"),
        (("two words", "b.c", 2, 0), "3]", "3]"),
        (("two words", "b.c", 3, "k", "l"), "l = '''}", "'''}"),
        (("table", "next"), "next = 1", "1\n"),
        (("list", 0, "a"), "a = 1", "1\n[list"),
        (("list", 0, "in", "b"), "b = ", '"""\na'),
        (("list", 1, "a"), "a = 3", "3\n"),
        (("list", 1), "[[list]]\na = 3", "[[list]]\na = 3"),
        (("table", "deep", "c"), "c = 4", "4\n"),
        (("table", "nowhere"), "[table]", "[table]"),
        (("nowhere",), "\ntitle", "\ntitle"),
    ],
)
def test_places(path: tuple[Any, ...], key: str, value: str) -> None:
    parse_toml(PLACES)
    assert PLACES[find_toml_offset(PLACES, path, key=True) :].startswith(key)
    assert PLACES[find_toml_offset(PLACES, path) :].startswith(value)


VALUES = st.recursive(
    st.sampled_from(["1", "'#'", '"]\\""', "2024-01-01", "true", "'''\n]'''", '"""a"b"""', "0.5"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    max_leaves=6,
)


@given(st.lists(VALUES, min_size=1, max_size=5))
def test_the_place_of_every_value_is_found(values: list[str]) -> None:
    text = "".join(f"k{index} = {value}\n" for index, value in enumerate(values))
    parse_toml(text)
    for index, value in enumerate(values):
        assert text[find_toml_offset(text, (f"k{index}",)) :].startswith(value)


@pytest.mark.parametrize(
    ("text", "hint"),
    [("title = x", "quotes"), ("a = 1\na = 2", "twice"), ('a = "x\n"', "on the line"), ("한글 = 1", "Latin")],
)
def test_hints(text: str, hint: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_toml(text)
    assert hint in (caught.value.hint or "")
