"""A date and time as chrono has it, and how one is read from a template's value."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DATE = r"\s*(?P<year>[+-]\d+|\d{1,4})\s*-\s*(?P<month>\d{1,2})\s*-\s*(?P<day>\d{1,2})"
_TIME = r"\s*(?P<hour>\d{1,2})\s*:\s*(?P<minute>\d{1,2})\s*:\s*(?P<second>\d{1,2})(?:\.(?P<fraction>\d+))?\s*"
_OFFSET = r"(?P<zone>[Uu][Tt][Cc]|[Zz]|(?P<sign>[-+\u2212])(?P<hours>\d\d)[\s:]*(?P<minutes>[0-5]\d))\s*"
_WITH_OFFSET = re.compile(f"{_DATE}[tT ]{_TIME}{_OFFSET}", re.ASCII)
_NAIVE = re.compile(rf"{_DATE}\s*T{_TIME}", re.ASCII)
_DAY = re.compile(rf"{_DATE}", re.ASCII)

NANOSECONDS = 1_000_000_000
EPOCH = datetime(1970, 1, 1)
ERA_YEARS = 400
ERA_SECONDS = 146_097 * 86_400
MAX_ERAS = 655
EARLIEST = int((datetime(2, 1, 1) - EPOCH).total_seconds())
LATEST = int((datetime(9999, 1, 1) - EPOCH).total_seconds())


class Moment(Struct, frozen=True, kw_only=True):
    """A wall clock's time, and what it is off from UTC.

    time, eras: the calendar repeats every 400 years, an era, so that the years that Python's datetime has not are
    written as one that it has and the eras between. nanosecond: from a whole second on; NANOSECONDS and more in a
    leap second. offset, zone: None where unknown.
    """

    time: datetime
    eras: int = 0
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
            eras=self.eras,
            nanosecond=self.nanosecond,
            offset_seconds=int(offset.total_seconds()),
            zone=local.tzname(),
        )


def from_timestamp(seconds: int) -> Moment | None:
    """Return the moment `seconds` after 1970 began; None in years that chrono has not."""
    if not -ERA_SECONDS * MAX_ERAS < seconds < ERA_SECONDS * MAX_ERAS:
        return None
    eras = _eras_off(seconds, EARLIEST, LATEST, ERA_SECONDS)
    return Moment(time=EPOCH + timedelta(seconds=seconds - eras * ERA_SECONDS), eras=eras)


def parse_with_offset(text: str) -> Moment | None:
    """Read RFC 3339, loosely: blanks between the parts, numbers without their zeros."""
    found = _WITH_OFFSET.fullmatch(text)
    if found is None:
        return None
    seconds = 0
    if found["sign"]:
        seconds = int(found["hours"]) * 3600 + int(found["minutes"]) * 60
        seconds = seconds if found["sign"] == "+" else -seconds
    return _moment(found, seconds, _offset_name(seconds)) if abs(seconds) < 86400 else None


def parse_naive(text: str) -> Moment | None:
    """Read a date and time without offset, which is UTC's."""
    found = _NAIVE.fullmatch(text)
    return _moment(found, 0, "UTC") if found else None


def parse_day(text: str) -> Moment | None:
    """Read a day, which begins at UTC's midnight."""
    found = _DAY.fullmatch(text)
    return _moment(found, 0, "UTC") if found else None


def _moment(found: re.Match[str], offset_seconds: int, zone: str) -> Moment | None:
    parts = found.groupdict(default="0")
    year, second = int(parts["year"]), int(parts.get("second", "0"))
    eras = _eras_off(year, MINYEAR, MAXYEAR, ERA_YEARS)
    leap = second == 60
    try:
        time = datetime(
            *(year - eras * ERA_YEARS, int(parts["month"]), int(parts["day"])),
            *(int(parts.get("hour", "0")), int(parts.get("minute", "0")), second - leap),
        )
    except ValueError:
        return None
    nanosecond = int(parts.get("fraction", "0")[:9].ljust(9, "0")) + NANOSECONDS * leap
    return Moment(time=time, eras=eras, nanosecond=nanosecond, offset_seconds=offset_seconds, zone=zone)


def _eras_off(value: int, low: int, high: int, era: int) -> int:
    """Return the fewest eras that bring `value` between `low` and `high`, where clocks run most as they do there."""
    return min(0, (value - low) // era) + max(0, -((high - value) // era))


def _offset_name(seconds: int) -> str:
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}:{minutes:02}"
