"""The filter `date`."""

from __future__ import annotations

from functools import lru_cache
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
    form = string("date", args, "format", DAY)
    zone = string("date", args, "timezone") if "timezone" in args else None
    locale = string("date", args, "locale") if "locale" in args else None
    if isinstance(value, str):
        return _print_text(value, form, zone, locale)
    steps, in_zone, in_locale = parse_form(form), _zone(zone), _locale(locale)
    if isinstance(value, int) and not isinstance(value, bool) and I64_MIN <= value <= I64_MAX:
        return format_moment(_from_timestamp(value, in_zone), steps, POSIX if in_zone is None else in_locale)
    raise CallError(f"`date` is applied to a string or a timestamp, not to {kind_of(value)} (`{shown(value)}`)")


# A site prints the date of a page in many places.
@lru_cache(maxsize=4096)
def _print_text(text: str, form: str, zone: str | None, locale: str | None) -> str:
    steps, in_zone, in_locale = parse_form(form), _zone(zone), _locale(locale)
    return format_moment(_parse(text, in_zone), steps, in_locale)


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


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    # Few templates name a zone.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        if name and not name.startswith(("posix", "right", "localtime", "Factory")):
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise CallError(f"`date` knows no `timezone` `{name}`")


def _locale(name: str | None) -> Locale:
    if name is None:
        return POSIX
    locale = find_locale(name)
    if locale is None:
        raise CallError(f"`date` knows no `locale` `{name}`")
    return locale
