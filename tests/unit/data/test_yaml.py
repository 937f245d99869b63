"""YAML as Zola reads it."""

from typing import Any

import pytest

from generator.data.problems import DataError
from generator.data.yaml import find_yaml_offset, parse_yaml, parse_yaml_tree, written_node


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[
            (word, word)
            for word in ("yes", "no", "on", "off", "010", "1_000", "2024-01-01", "1:30", "0o8", "00", "1e999", ".")
        ],
        *[(word, None) for word in ("~", "null", "Null", "NULL", "", ".inf", "-.INF", ".nan")],
        *[("true", True), ("True", True), ("FALSE", False), ("'true'", "true"), ("tRUE", "tRUE"), ("nULL", "nULL")],
        *[
            ("0o10", 8),
            ("0x1F", 31),
            ("0b11", 3),
            ("+1", 1),
            ("-0x1f", -31),
            ("-0", 0),
            ("18446744073709551615", 2**64 - 1),
        ],
        *[("1e3", 1000.0), (".5", 0.5), ("5.", 5.0), ("-1.5e-3", -0.0015), ("00.5", 0.5), ("1.0", 1.0)],
        *[("!!str 1", "1"), ("! 1", "1"), ('"a\\u00e9\\n"', "aé\n"), ("it's # not", "it's"), ("a#b", "a#b")],
    ],
)
def test_scalars(text: str, value: Any) -> None:
    found = parse_yaml(f"a: {text}")["a"]
    assert (found, type(found)) == (value, type(value))


def test_keys_are_text_and_keep_their_order() -> None:
    assert parse_yaml("2: a\n1.5: b\ntrue: c\n~: d\n2: e") == {"2": "e", "1.5": "b", "true": "c", "~": "d"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("a: &x {k: 1}\nb:\n  <<: *x", {"a": {"k": 1}, "b": {"<<": {"k": 1}}}),
        ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}),
        ("a:\tb\t", {"a": "b"}),
        ("", None),
        ("# only words", None),
        ("a:\n- 1\n-\n  - 2", {"a": [1, [2]]}),
        ("a: more\n  lines", {"a": "more lines"}),
    ],
)
def test_documents(text: str, value: Any) -> None:
    assert parse_yaml(text) == value


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("a: b: c", 4),
        ("한글: [1", 6),
        ("a: !foo 1", 3),
        ("a: *nowhere", 3),
        ("a: &x [*x]", 7),
        ("a: 1\n---\nb: 2", 5),
        ("[a]: 1", 0),
        ('a: "\\ud800"', 6),
        ("a: 한\x01", 4),
        ("[" * 200, 128),
    ],
)
def test_what_is_refused_has_a_place(text: str, offset: int) -> None:
    with pytest.raises(DataError) as caught:
        parse_yaml(text)
    assert caught.value.offset == offset


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(DataError, match="more than 1,000,000 values"):
        parse_yaml("\n".join(lines))


def test_a_text_field_takes_a_scalar_as_it_is_written() -> None:
    tree = parse_yaml_tree("title: 1.10\nempty:\nquoted: '~'\ntags: [2024, ~, yes]\nmore: {a: [1]}")
    assert written_node(tree) == {
        "title": "1.10",
        "empty": None,
        "quoted": "~",
        "tags": ["2024", "~", "yes"],
        "more": {"a": ["1"]},
    }


def test_places() -> None:
    text = "a: 1\n가나:\n  - x\n  - {k: v}\n"
    assert text[find_yaml_offset(text, ("가나", 1, "k")) :].startswith("v}")
    assert text[find_yaml_offset(text, ("가나", 1, "k"), key=True) :].startswith("k: v}")
    assert text[find_yaml_offset(text, ("가나", 5, "z"), key=True) :].startswith("가나:")
    assert find_yaml_offset(text, ("nowhere",)) == 0


def test_aliases_that_nest_too_deep_are_refused() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 2000))]
    with pytest.raises(DataError, match="nested deeper than 128 levels"):
        parse_yaml("\n".join(lines))


@pytest.mark.parametrize(
    ("text", "hint"),
    [("title: a: b", "in quotes"), ("\ta: 1", "spaces"), ("a: [1", "Close the list"), ("a:\n  b: 1\n c: 2", "alike")],
)
def test_hints(text: str, hint: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_yaml(text)
    assert hint in (caught.value.hint or "")
