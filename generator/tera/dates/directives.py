"""Chrono's directives: a form like `%Y년 %-m월` read into steps, and a moment printed by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import lru_cache

from generator.tera.dates.locales import Locale
from generator.tera.dates.moment import EPOCH, ERA_SECONDS, ERA_YEARS, NANOSECONDS, Moment
from generator.tera.errors import CallError

_DIRECTIVE = re.compile(r"%(?P<pad>[-0_])?(?P<spec>:{0,3}z|\.[369]?f|[369]f|\+|%|[A-Za-z])")
_SHORTHANDS = {"D": "%m/%d/%y", "F": "%Y-%m-%d", "R": "%H:%M", "T": "%H:%M:%S", "v": "%e-%b-%Y"}
_LOCAL_FORMS: dict[str, Callable[[Locale], str]] = {
    "c": lambda locale: locale.date_time_form,
    "x": lambda locale: locale.date_form,
    "X": lambda locale: locale.time_form,
    "r": lambda locale: locale.time_form_12 or locale.time_form,
}


def _hour12(moment: Moment) -> int:
    return moment.time.hour % 12 or 12


def _week(moment: Moment, first_day: int) -> int:
    """Return the week of the year, weeks beginning with `first_day` (0 is Monday) and the first one full."""
    day = moment.time.timetuple().tm_yday
    return (day + 6 - (moment.time.weekday() - first_day) % 7) // 7


def _timestamp(moment: Moment) -> int:
    seconds = (moment.time - EPOCH) // timedelta(seconds=1) + moment.eras * ERA_SECONDS
    return seconds - (moment.offset_seconds or 0)


def _year(moment: Moment) -> int:
    return moment.time.year + moment.eras * ERA_YEARS


def _iso_year(moment: Moment) -> int:
    return moment.time.isocalendar().year + moment.eras * ERA_YEARS


_NUMBERS: dict[str, tuple[int, str, Callable[[Moment], int]]] = {
    "Y": (4, "0", _year),
    "C": (2, "0", lambda m: _year(m) // 100),
    "y": (2, "0", lambda m: m.time.year % 100),
    "G": (4, "0", _iso_year),
    "g": (2, "0", lambda m: m.time.isocalendar().year % 100),
    "q": (1, "", lambda m: (m.time.month + 2) // 3),
    "m": (2, "0", lambda m: m.time.month),
    "d": (2, "0", lambda m: m.time.day),
    "e": (2, " ", lambda m: m.time.day),
    "U": (2, "0", lambda m: _week(m, 6)),
    "W": (2, "0", lambda m: _week(m, 0)),
    "V": (2, "0", lambda m: m.time.isocalendar().week),
    "w": (1, "", lambda m: m.time.isoweekday() % 7),
    "u": (1, "", lambda m: m.time.isoweekday()),
    "j": (3, "0", lambda m: m.time.timetuple().tm_yday),
    "H": (2, "0", lambda m: m.time.hour),
    "k": (2, " ", lambda m: m.time.hour),
    "I": (2, "0", _hour12),
    "l": (2, " ", _hour12),
    "M": (2, "0", lambda m: m.time.minute),
    "S": (2, "0", lambda m: m.time.second + m.nanosecond // NANOSECONDS),
    "f": (9, "0", lambda m: m.nanosecond % NANOSECONDS),
    "s": (9, "", _timestamp),
}
"""Of each directive that prints a number: its width, what fills it (nothing if ""), and the number."""

Step = str | tuple[str, str | None]
"""Text to print, or a directive and its padding."""


@lru_cache(maxsize=512)
def parse_form(form: str) -> tuple[Step, ...]:
    """Read a form into steps. Raises: CallError for what is no directive of chrono's."""
    steps: list[Step] = []
    end = 0
    while (start := form.find("%", end)) >= 0:
        steps.append(form[end:start])
        found = _DIRECTIVE.match(form, start)
        if found is None or not _is_known(found["spec"], found["pad"]):
            raise CallError(f"Invalid date format `{form}`")
        steps.append((found["spec"], found["pad"]))
        end = found.end()
    steps.append(form[end:])
    return tuple(step for step in steps if step)


def format_moment(moment: Moment, steps: Sequence[Step], locale: Locale) -> str:
    """Return a moment as `steps` print it. Raises: CallError for an offset that it does not have."""
    return "".join(step if isinstance(step, str) else _print(moment, *step, locale) for step in steps)


def _is_known(spec: str, pad: str | None) -> bool:
    if spec in _NUMBERS:
        return True
    return pad is None and (len(spec) > 1 or spec in "z+%" or spec in {**_SHORTHANDS, **_LOCAL_FORMS, **_WORDS})


def _print(moment: Moment, spec: str, pad: str | None, locale: Locale) -> str:
    if spec in _NUMBERS:
        width, fill, number = _NUMBERS[spec]
        fill = fill if pad is None else pad.strip("-").replace("_", " ")
        return _print_year(number(moment), fill) if width == 4 else _pad(number(moment), width, fill)
    if spec in _WORDS:
        return _WORDS[spec](moment, locale)
    if spec in _SHORTHANDS or spec in _LOCAL_FORMS:
        form = _SHORTHANDS[spec] if spec in _SHORTHANDS else _LOCAL_FORMS[spec](locale)
        return format_moment(moment, parse_form(form), locale)
    if spec.endswith("f"):
        return _fraction(moment, spec, locale)
    if spec.endswith("z"):
        return format_offset(_offset(moment, spec), spec.count(":"))
    if spec == "+":
        day_time = moment.time.strftime("-%m-%dT%H:%M:")
        second = f"{moment.time.second + moment.nanosecond // NANOSECONDS:02}"
        offset = format_offset(_offset(moment, spec), 1)
        return f"{_print_year(_year(moment), '0')}{day_time}{second}{_fraction(moment, '.f', None)}{offset}"
    return "%"


def _pad(number: int, width: int, fill: str, sign: str = "") -> str:
    """Return a number, filled with zeros after its sign or with blanks before it."""
    return f"{number:{sign}{'0' if fill == '0' else ''}{width if fill else ''}}"


def _print_year(year: int, fill: str) -> str:
    """Return a year, with a sign where it has not four digits."""
    return _pad(year, 4, fill) if 0 <= year <= 9999 else _pad(year, 5, fill, "+")


def _fraction(moment: Moment, spec: str, locale: Locale | None) -> str:
    """Return the part of a second; `%.f` prints none of a whole one, and 3, 6 or 9 digits of others."""
    point = (locale.decimal_point if locale else ".") if spec[0] == "." else ""
    nanosecond = moment.nanosecond % NANOSECONDS
    digits = f"{nanosecond:09}"
    if spec == ".f":
        if not nanosecond:
            return ""
        length = 3 if nanosecond % 1_000_000 == 0 else 6 if nanosecond % 1_000 == 0 else 9
    else:
        length = int(spec.strip(".f"))
    return point + digits[:length]


def format_offset(seconds: int, colons: int) -> str:
    """Return an offset as `+0900` (0 colons), `+09:00` (1), `+09:00:00` (2) or `+09` (3)."""
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    if colons == 3:
        return f"{sign}{seconds // 3600:02}"
    if colons == 2:
        return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    minutes = (seconds + 30) // 60
    return f"{sign}{minutes // 60:02}{':' * colons}{minutes % 60:02}"


def _offset(moment: Moment, spec: str) -> int:
    if moment.offset_seconds is None:
        raise CallError(f"A timestamp has no offset for `%{spec}` to print: give `date` a `timezone`")
    return moment.offset_seconds


def _zone(moment: Moment, _: Locale) -> str:
    _offset(moment, "Z")
    return moment.zone or ""


_WORDS: dict[str, Callable[[Moment, Locale], str]] = {
    "a": lambda m, locale: locale.short_days[m.time.isoweekday() % 7],
    "A": lambda m, locale: locale.days[m.time.isoweekday() % 7],
    "b": lambda m, locale: locale.short_months[m.time.month - 1],
    "h": lambda m, locale: locale.short_months[m.time.month - 1],
    "B": lambda m, locale: locale.months[m.time.month - 1],
    "p": lambda m, locale: locale.am_pm[m.time.hour >= 12],
    "P": lambda m, locale: locale.am_pm[m.time.hour >= 12].lower(),
    "Z": _zone,
    "n": lambda m, locale: "\n",
    "t": lambda m, locale: "\t",
}
