"""The filter `date`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.tera.arguments import Arguments, shown, string
from generator.tera.dates.directives import format_moment, parse_form
from generator.tera.dates.locales import POSIX, Locale, find_locale
from generator.tera.dates.moment import Moment, from_timestamp, parse_day, parse_naive, parse_with_offset
from generator.tera.errors import CallError
from generator.tera.runtime.values import I64_MAX, I64_MIN, kind_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAY = "%Y-%m-%d"


def date(value: Any, args: Arguments) -> str:
    """Return a timestamp or a string's date as `format` prints it.

    Zola: `timezone` moves timestamps and dates with an offset alone; `locale` is ignored for a timestamp without
    `timezone`.
    """
    steps = parse_form(string("date", args, "format", DAY))
    zone = _zone(args)
    locale = _locale(args)
    if isinstance(value, str):
        moment = _parse(value, zone)
    elif isinstance(value, int) and not isinstance(value, bool) and I64_MIN <= value <= I64_MAX:
        moment = _from_timestamp(value, zone)
        locale = POSIX if zone is None else locale
    else:
        raise CallError(f"`date` is applied to a string or a timestamp, not to {kind_of(value)} (`{shown(value)}`)")
    return format_moment(moment, steps, locale)


def _parse(text: str, zone: ZoneInfo | None) -> Moment:
    if "T" not in text:
        moment = parse_day(text)
        if moment is None:
            raise CallError(f"`date` reads no day like 2024-12-31 in `{text}`")
        return moment
    moment = parse_with_offset(text)
    if moment is not None:
        return moment if zone is None else moment.in_zone(zone)
    moment = parse_naive(text)
    if moment is None:
        raise CallError(f"`date` reads no date and time like 2024-12-31T23:59:59+09:00 in `{text}`")
    return moment


def _from_timestamp(seconds: int, zone: ZoneInfo | None) -> Moment:
    moment = from_timestamp(seconds)
    if moment is None:
        raise CallError(f"The timestamp `{seconds}` is too far from now for `date`")
    return moment if zone is None else moment.in_zone(zone)


def _zone(args: Arguments) -> ZoneInfo | None:
    if "timezone" not in args:
        return None
    name = string("date", args, "timezone")
    # Few templates name a zone.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        if name and not name.startswith(("posix", "right", "localtime", "Factory")):
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise CallError(f"`date` knows no `timezone` `{name}`")


def _locale(args: Arguments) -> Locale:
    if "locale" not in args:
        return POSIX
    name = string("date", args, "locale")
    locale = find_locale(name)
    if locale is None:
        raise CallError(f"`date` knows no `locale` `{name}`")
    return locale
