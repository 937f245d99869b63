"""The names and forms of a locale: glibc's, from a packed table that is read when a locale is first asked for."""

from __future__ import annotations

import zlib
from functools import lru_cache
from pathlib import Path

from msgspec import Struct, json


class Locale(Struct, frozen=True, kw_only=True):
    """How a language writes dates. Days begin with Sunday; the forms are in chrono's directives."""

    short_days: tuple[str, ...]
    days: tuple[str, ...]
    short_months: tuple[str, ...]
    months: tuple[str, ...]
    am_pm: tuple[str, str]
    date_time_form: str
    date_form: str
    time_form: str
    time_form_12: str
    decimal_point: str


POSIX = Locale(
    short_days=("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"),
    days=("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
    short_months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    am_pm=("AM", "PM"),
    date_time_form="%a %b %e %H:%M:%S %Y",
    date_form="%m/%d/%y",
    time_form="%H:%M:%S",
    time_form_12="%I:%M:%S %p",
    decimal_point=".",
)


def find_locale(name: str) -> Locale | None:
    """Return the locale of a name like `ko_KR`; None if there is none."""
    if name == "POSIX":
        return POSIX
    names, times = _table()
    return _unpack(times[names[name]]) if name in names else None


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, int], list[list[object]]]:
    packed = (Path(__file__).parent / "locales.zz").read_bytes()
    table = json.decode(zlib.decompress(packed))
    return table["names"], table["times"]


def _unpack(record: list[object]) -> Locale:
    fields = (tuple(field) if isinstance(field, list) else field for field in record)
    return Locale(**dict(zip(Locale.__struct_fields__, fields, strict=True)))  # type: ignore[arg-type]
