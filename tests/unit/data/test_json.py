"""JSON as Zola reads it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.data.json import parse_json
from generator.data.problems import DataError

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
def test_what_json_writes_is_read_back(value: Any) -> None:
    assert parse_json(json.dumps(value)) == value
    assert parse_json(json.dumps(value, ensure_ascii=False, indent=1)) == value


def test_numbers_beyond_64_bits_have_a_fraction() -> None:
    assert repr(parse_json("[18446744073709551615, 18446744073709551616, -0, 1.0]")) == (
        "[18446744073709551615, 1.8446744073709552e+19, -0.0, 1.0]"
    )


def test_keys_keep_their_order_and_the_last_of_equal_ones_counts() -> None:
    assert list(parse_json('{"b": 1, "a": 2, "b": 3}').items()) == [("b", 3), ("a", 2)]


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", 0),
        ("[1,]", 3),
        ('{"a": 1} x', 9),
        ("[1, NaN]", 4),
        ("[1, 1e999]", 4),
        ('"\\ud800"', 1),
        ('["a\tb"]', 3),
        ("[01]", 2),
        ("[" * 200 + "]" * 200, 0),
        ("[" * 100_000, 0),
        ("9" * 5000, 0),
    ],
)
def test_what_is_refused_has_a_place(text: str, offset: int) -> None:
    with pytest.raises(DataError) as caught:
        parse_json(text)
    assert caught.value.offset == offset


def test_a_whole_pair_is_a_character() -> None:
    assert parse_json('"\\ud83d\\ude00"') == "😀"
