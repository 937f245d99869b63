"""Dates in the forms that front matter and file names have."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.dates import parse_moment, split_dated_name


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2020-01-02", "2020-01-02"),
        ("2020-01-02T03:04", "2020-01-02T03:04:00"),
        ("2020-01-02 03:04:05.120", "2020-01-02T03:04:05.12"),
        ("2020-01-02t03:04:05z", "2020-01-02T03:04:05Z"),
        ("2020-01-02T03:04:05-00:00", "2020-01-02T03:04:05+00:00"),
        ("2020-1-2", "2020-01-02T00:00:00Z"),
        ('"2020-1-2"', "2020-01-02T00:00:00Z"),
        ("2020-01-02 3:04:05", "2020-01-02T03:04:05Z"),
        ("2020-01-02 \t03:04:05 Z", "2020-01-02T03:04:05Z"),
        ("2020-01-02 03:04:05 -5", "2020-01-02T03:04:05-05:00"),
        ("2020-01-02 03:04:05 -5:30", "2020-01-02T03:04:05-05:30"),
        ("2020-01-02 03:04:05.500+9", "2020-01-02T03:04:05.5+09:00"),
        ("2020-01-02 03:04:05. ", "2020-01-02T03:04:05Z"),
    ],
)
def test_normal_forms(written: str, text: str) -> None:
    moment = parse_moment(written)
    assert moment is not None
    assert moment.text == text


@pytest.mark.parametrize(
    "written",
    [
        *("", "2020", "20-01-02", "2020-02-30", "2020-13-01", "03:04:05", "작년", "٢٠٢٠-01-02", "2020-01-02x"),
        *("2020-01-02T24:00:00", "2020-01-02T03:04:60", "2020-01-02T03:04:05+24:00", "2020-01-02 03:04:05 +0900"),
        "2020-01-02 03:04.5",
    ],
)
def test_what_is_no_date(written: str) -> None:
    assert parse_moment(written) is None


@given(st.datetimes(min_value=datetime(1000, 1, 1)), st.none() | st.integers(-23 * 60, 23 * 60))
def test_the_moment_is_the_one_that_is_written(at: datetime, minutes: int | None) -> None:
    zone = None if minutes is None else timezone(timedelta(minutes=minutes))
    moment = parse_moment(at.replace(tzinfo=zone).isoformat())
    assert moment is not None
    assert moment.instant == at.replace(tzinfo=zone or UTC)
    again = parse_moment(moment.text)
    assert again == moment


@pytest.mark.parametrize(
    ("name", "date", "rest"),
    [
        ("2018-10-02-hi", "2018-10-02", "hi"),
        ("2018-10-02_hi", "2018-10-02", "hi"),
        ("2018-10-02 -hi", "2018-10-02", "hi"),
        ("2018-10-02\u3000-hi", "2018-10-02", "hi"),
        ("2018-10-02", "2018-10-02", None),
        ("2018-10-02abc", "2018-10-02", None),
        ("2018-10-02-", "2018-10-02", None),
        ("2018-10-02T10:20:30Z-x", "2018-10-02T10:20:30Z", "x"),
        ("2018-10-02T10:20:30-x", "2018-10-02", None),
        ("2018-02-30-x", None, "x"),
    ],
)
def test_dated_names(name: str, date: str | None, rest: str | None) -> None:
    parted = split_dated_name(name)
    assert parted is not None
    moment, found = parted
    assert (moment.text if moment else None, found) == (date, rest)


@pytest.mark.parametrize("name", ["a", "2018-13-02-x", "2018-1-02-x", "x2018-10-02"])
def test_names_without_a_date(name: str) -> None:
    assert split_dated_name(name) is None
