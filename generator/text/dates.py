"""Dates as front matter and file names write them to their normal form and to a moment; TOML and YAML stay outside."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from msgspec import Struct

_TOML = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)(?:[Tt ](?P<time>\d\d:\d\d)(?P<second>:\d\d)?(?P<fraction>(?<=:\d\d:\d\d)\.\d+)?"
    r"(?P<offset>[Zz]|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_LOOSE = re.compile(
    r'"?(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)'
    r"(?:(?:[Tt]|[ \t]+)(?P<hour>\d\d?):(?P<minute>\d\d):(?P<second>\d\d)(?P<fraction>\.\d{0,9})?[ \t]*"
    r'(?:Z|(?P<offset_hour>[+-]\d\d?)(?::(?P<offset_minute>\d\d))?)?)?"?',
    re.ASCII,
)
_NAME = re.compile(
    r"(?P<date>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)"
    r"(?:\s?[_-](?P<rest>.+))?"
)


class Moment(Struct, frozen=True, kw_only=True):
    """A date in its normal form. instant: aware, a missing offset is UTC, a missing time midnight."""

    text: str
    instant: datetime


def parse_moment(text: str) -> Moment | None:
    """Read a date in any form that front matter may write it in; None when it is no date.

    Zola: TOML's forms keep their kind (`2024-01-02`, `2024-01-02T03:04:05`, an offset as written); YAML's looser
    ones (`2024-1-2`, `2024-01-02 3:04:05 -5`) become RFC 3339.
    """
    found = _TOML.fullmatch(text)
    if found:
        return _read_toml(found)
    found = _LOOSE.fullmatch(text)
    return _read_loose(found) if found else None


def split_dated_name(name: str) -> tuple[Moment | None, str | None] | None:
    """Part a file's name into the date that it starts with and what follows; None when it starts with none.

    A day that no month has is no date, yet parted. Zola: `2024-01-02-name`, also with a full time and offset, with
    `_`, and with one space before the mark.
    """
    found = _NAME.match(name)
    return (parse_moment(found["date"]), found["rest"]) if found else None


def _read_toml(found: re.Match[str]) -> Moment | None:
    try:
        day = date.fromisoformat(found["date"])
        if not found["time"]:
            return Moment(text=found["date"], instant=datetime.combine(day, time(), UTC))
        offset = _normal_offset(found["offset"] or "")
        clock = found["time"] + (found["second"] or ":00")
        fraction = (found["fraction"] or "")[:10].rstrip("0").rstrip(".")
        instant = _instant(day, clock, fraction, _offset_minutes(offset))
    except (ValueError, OverflowError):
        return None
    return Moment(text=f"{found['date']}T{clock}{fraction}{offset}", instant=instant)


def _read_loose(found: re.Match[str]) -> Moment | None:
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        clock = f"{int(found['hour'] or 0):02}:{found['minute'] or '00'}:{found['second'] or '00'}"
        fraction = (found["fraction"] or "").rstrip("0").rstrip(".")
        hours, rest = int(found["offset_hour"] or 0), int(found["offset_minute"] or 0)
        minutes = hours * 60 + (-rest if hours < 0 else rest)
        instant = _instant(day, clock, fraction, minutes)
    except (ValueError, OverflowError):
        return None
    sign = "-" if minutes < 0 else "+"
    offset = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "Z"
    return Moment(text=f"{day.isoformat()}T{clock}{fraction}{offset}", instant=instant)


def _instant(day: date, clock: str, fraction: str, offset_minutes: int) -> datetime:
    hour, minute, second = (int(part) for part in clock.split(":"))
    micros = int(f"{fraction[1:7]:0<6}")
    zone = timezone(timedelta(minutes=offset_minutes)) if offset_minutes else UTC
    return datetime.combine(day, time(hour, minute, second, micros), zone)


def _normal_offset(offset: str) -> str:
    if offset in ("Z", "z"):
        return "Z"
    return "+00:00" if offset == "-00:00" else offset


def _offset_minutes(offset: str) -> int:
    if offset in ("", "Z"):
        return 0
    hours, minutes = int(offset[1:3]), int(offset[4:])
    if hours > 23 or minutes > 59:
        raise ValueError(offset)
    return (hours * 60 + minutes) * (-1 if offset[0] == "-" else 1)
