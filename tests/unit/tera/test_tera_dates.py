"""The filter `date`: chrono's directives, what it reads, zones and locales."""

from __future__ import annotations

from typing import Any

import pytest

from generator.tera import CallError
from generator.tera.filters.dates import date

MOMENT = "2024-03-05T04:07:09.120Z"

DIRECTIVES = {
    "%Y|%C|%y|%q|%G|%g|%V": "2024|20|24|1|2024|24|10",
    "%m|%-m|%_m|%b|%B|%h": "03|3| 3|Mar|March|Mar",
    "%d|%-d|%e|%0e|%j|%-j": "05|5| 5|05|065|65",
    "%a|%A|%w|%u|%U|%W": "Tue|Tuesday|2|2|09|10",
    "%D|%x|%F|%v": "03/05/24|03/05/24|2024-03-05| 5-Mar-2024",
    "%H|%-H|%k|%I|%l|%P|%p": "04|4| 4|04| 4|am|AM",
    "%M|%S|%f|%.f|%.3f|%.6f|%.9f|%3f|%6f|%9f": ("07|09|120000000|.120|.120|.120000|.120000000|120|120000|120000000"),
    "%R|%T|%X|%r": "04:07|04:07:09|04:07:09|04:07:09 AM",
    "%Z|%z|%:z|%::z|%:::z": "+00:00|+0000|+00:00|+00:00:00|+00",
    "%c|%+|%s": "Tue Mar  5 04:07:09 2024|2024-03-05T04:07:09.120+00:00|1709611629",
    "%t%n%%": "\t\n%",
}


@pytest.mark.parametrize("form", DIRECTIVES)
def test_directives(form: str) -> None:
    assert date(MOMENT, {"format": form}) == DIRECTIVES[form]


@pytest.mark.parametrize("form", ["%", "%Q", "%E", "%-D", "%.2f", "%:", "a%", "%-a", "%#z", "%-%"])
def test_what_is_no_directive(form: str) -> None:
    with pytest.raises(CallError):
        date(MOMENT, {"format": form})


VALUES = [
    ("2024-1-2", "2024-01-02T00:00:00+00:00"),
    ("2024-12-31T23:59:60Z", "2024-12-31T23:59:60+00:00"),
    ("2024-01-02T03:04:05", "2024-01-02T03:04:05+00:00"),
    ("2024-01-02T03:04:05+09:00", "2024-01-02T03:04:05+09:00"),
    ("2024-01-02T03:04:05-0530", "2024-01-02T03:04:05-05:30"),
    ("0099-12-31", "0099-12-31T00:00:00+00:00"),
    ("0000-02-29", "0000-02-29T00:00:00+00:00"),
    ("-0001-12-31", "-0001-12-31T00:00:00+00:00"),
    ("+12345-06-07T08:09:10Z", "+12345-06-07T08:09:10+00:00"),
]


@pytest.mark.parametrize(("value", "expected"), VALUES)
def test_strings_that_are_dates(value: str, expected: str) -> None:
    assert date(value, {"format": "%+"}) == expected


@pytest.mark.parametrize(
    "value", ["", "today", "2024-01-02 03:04", "2024-02-30", "2024-01-02T25:00:00Z", "T", 1.5, None, True, {}, 2**63]
)
def test_what_is_no_date(value: Any) -> None:
    with pytest.raises(CallError):
        date(value, {})


def test_timestamps_are_of_utc_and_have_no_offset_without_a_zone() -> None:
    assert date(0, {"format": "%F %T"}) == "1970-01-01 00:00:00"
    assert date(-1, {"format": "%F %T"}) == "1969-12-31 23:59:59"
    assert date(253402300800, {}) == "+10000-01-01"
    with pytest.raises(CallError, match="timezone"):
        date(0, {"format": "%z"})
    with pytest.raises(CallError, match="too far"):
        date(2**62, {})


def test_a_zone_moves_timestamps_and_dates_with_an_offset_alone() -> None:
    zone = {"format": "%F %H:%M %Z %z", "timezone": "Asia/Seoul"}
    assert date(0, zone) == "1970-01-01 09:00 KST +0900"
    assert date("2024-01-01T20:00:00+01:00", zone) == "2024-01-02 04:00 KST +0900"
    assert date("2024-01-01T20:00:00", zone) == "2024-01-01 20:00 UTC +0000"
    assert date("2024-01-01", zone) == "2024-01-01 00:00 UTC +0000"


@pytest.mark.parametrize("zone", ["", "Nowhere", "asia/seoul", "../etc/passwd", "/etc/passwd", "posix/UTC", 1])
def test_what_is_no_zone(zone: Any) -> None:
    with pytest.raises(CallError):
        date(0, {"timezone": zone})


LOCALES = {
    "ko_KR": ["화요일", "화", "3월", " 3월", "2024년 03월 05일", "오전 04시 07분 09초"],
    "fr_FR": ["mardi", "mar.", "mars", "mars", "05/03/2024", "04:07:09"],
    "de_DE": ["Dienstag", "Di", "März", "Mär", "05.03.2024", "04:07:09"],
    "ja_JP": ["火曜日", "火", "3月", " 3月", "2024年03月05日", "午前04時07分09秒"],
    "POSIX": ["Tuesday", "Tue", "March", "Mar", "03/05/24", "04:07:09 AM"],
}


@pytest.mark.parametrize("locale", LOCALES)
def test_locales(locale: str) -> None:
    printed = date(MOMENT, {"format": "%A|%a|%B|%b|%x|%r", "locale": locale})
    assert printed.split("|") == LOCALES[locale]


@pytest.mark.parametrize("locale", ["", "ko", "ko_kr", "xx_XX"])
def test_what_is_no_locale(locale: str) -> None:
    with pytest.raises(CallError, match="locale"):
        date(MOMENT, {"locale": locale})


def test_a_locale_is_ignored_for_a_timestamp_without_a_zone() -> None:
    assert date(0, {"format": "%A", "locale": "ko_KR"}) == "Thursday"
    assert date(0, {"format": "%A", "locale": "ko_KR", "timezone": "UTC"}) == "목요일"
