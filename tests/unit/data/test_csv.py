"""CSV as Zola reads it."""

import pytest

from generator.data.csv import parse_csv
from generator.data.problems import DataError


@pytest.mark.parametrize(
    ("text", "headers", "records"),
    [
        ("a,b\n1,2\n", ["a", "b"], [["1", "2"]]),
        ('a,b\n1,"x ""y"" z"\n\n3,4', ["a", "b"], [["1", 'x "y" z'], ["3", "4"]]),
        ("a,b\r\n 1 , 2 \r\n", ["a", "b"], [[" 1 ", " 2 "]]),
        ('a\n"b\nc"\n', ["a"], [["b\nc"]]),
        ('a,b\n1,"x"y\n', ["a", "b"], [["1", "xy"]]),
        ('a,b\n1,x"y"\n', ["a", "b"], [["1", 'x"y"']]),
        ("a\n\n \nb", ["a"], [[" "], ["b"]]),
        ("", [], []),
    ],
)
def test_records(text: str, headers: list[str], records: list[list[str]]) -> None:
    assert parse_csv(text) == {"headers": headers, "records": records}


def test_ragged_records_are_named_by_their_line() -> None:
    with pytest.raises(DataError, match="This record has 1 fields, but the header has 2") as caught:
        parse_csv("이름,b\n1,2\n3\n")
    assert caught.value.offset == 9


def test_a_long_field_is_a_field() -> None:
    assert parse_csv("a\n" + "x" * 200_000)["records"] == [["x" * 200_000]]
