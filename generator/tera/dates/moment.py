"""A date and time as chrono has it, and how one is read from a template's value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_DATE = r"\s*(?P<year>[+-]\d+|\d{1,4})\s*-\s*(?P<month>\d{1,2})\s*-\s*(?P<day>\d{1,2})"
_TIME = r"\s*(?P<hour>\d{1,2})\s*:\s*(?P<minute>\d{1,2})\s*:\s*(?P<second>\d{1,2})(?:\.(?P<fraction>\d+))?\s*"
_OFFSET = r"(?P<zone>[Uu][Tt][Cc]|[Zz]|(?P<sign>[-+\u2212])(?P<hours>\d\d)[\s:]*(?P<minutes>[0-5]\d))\s*"
_WITH_OFFSET = re.compile(f"{_DATE}[tT ]{_TIME}{_OFFSET}", re.ASCII)
_NAIVE = re.compile(rf"{_DATE}\s*T{_TIME}", re.ASCII)
_DAY = re.compile(rf"{_DATE}", re.ASCII)

NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A wall clock's time, and what it is off from UTC.

    nanosecond: from a whole second on; NANOSECONDS and more in a leap second. offset, zone: None where unknown.
    """

    time: datetime
    nanosecond: int = 0
    offset_seconds: int | None = None
    zone: str | None = None

    def in_zone(self, zone: ZoneInfo) -> Moment:
        """Return the same moment on the clocks of `zone`."""
        utc = self.time - timedelta(seconds=self.offset_seconds or 0)
        local = utc.replace(tzinfo=UTC).astimezone(zone)
        offset = local.utcoffset() or timedelta()
        return Moment(
            time=local.replace(tzinfo=None),
            nanosecond=self.nanosecond,
            offset_seconds=int(offset.total_seconds()),
            zone=local.tzname(),
        )


def from_timestamp(seconds: int) -> Moment:
    """Return the moment `seconds` after 1970 began. Raises: OverflowError outside of the years 1 to 9999."""
    return Moment(time=datetime(1970, 1, 1) + timedelta(seconds=seconds))


def parse_with_offset(text: str) -> Moment | None:
    """Read RFC 3339, loosely: blanks between the parts, numbers without their zeros."""
    found = _WITH_OFFSET.fullmatch(text)
    if found is None or (start := _time(found)) is None:
        return None
    seconds = 0
    if found["sign"]:
        seconds = int(found["hours"]) * 3600 + int(found["minutes"]) * 60
        seconds = seconds if found["sign"] == "+" else -seconds
    if abs(seconds) >= 86400:
        return None
    return Moment(time=start.time, nanosecond=start.nanosecond, offset_seconds=seconds, zone=_offset_name(seconds))


def parse_naive(text: str) -> Moment | None:
    """Read a date and time without offset, which is UTC's."""
    found = _NAIVE.fullmatch(text)
    start = _time(found) if found else None
    return Moment(time=start.time, nanosecond=start.nanosecond, offset_seconds=0, zone="UTC") if start else None


def parse_day(text: str) -> Moment | None:
    """Read a day, which begins at UTC's midnight."""
    found = _DAY.fullmatch(text)
    try:
        return Moment(time=_day(found), offset_seconds=0, zone="UTC") if found else None
    except ValueError:
        return None


def _day(found: re.Match[str]) -> datetime:
    return datetime(int(found["year"]), int(found["month"]), int(found["day"]))


def _time(found: re.Match[str]) -> Moment | None:
    second = int(found["second"])
    leap = second == 60
    try:
        time = _day(found).replace(hour=int(found["hour"]), minute=int(found["minute"]), second=second - leap)
    except ValueError:
        return None
    nanosecond = int((found["fraction"] or "0")[:9].ljust(9, "0"))
    return Moment(time=time, nanosecond=nanosecond + NANOSECONDS * leap)


def _offset_name(seconds: int) -> str:
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}:{minutes:02}"
