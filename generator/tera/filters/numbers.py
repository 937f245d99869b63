"""Filters of numbers."""

from __future__ import annotations

import math
from typing import Any

from generator.tera.arguments import Arguments, boolean, float_value, integer, shown, string
from generator.tera.errors import CallError
from generator.tera.runtime.printing import print_float
from generator.tera.runtime.values import I64_MIN, U64_MAX, is_number

_SIZES = {
    False: ("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"),
    True: ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"),
}


def abs_(value: Any, _: Arguments) -> int | float:
    if not is_number(value):
        raise CallError(f"`abs` is applied to `{shown(value)}`, which is not a number")
    result: int | float = value if value == I64_MIN else abs(value)
    return result


def pluralize(value: Any, args: Arguments) -> str:
    """Return `singular` for 1 and -1, else `plural`."""
    number = float_value("pluralize", value)
    plural, singular = string("pluralize", args, "plural", "s"), string("pluralize", args, "singular", "")
    return plural if abs(abs(number) - 1.0) > math.ulp(1.0) else singular


def round_(value: Any, args: Arguments) -> float | None:
    """Return a number rounded to `precision` digits: half away from zero, or as `method` (`ceil`, `floor`) says."""
    number = float_value("round", value)
    method = string("round", args, "method", "common")
    precision = integer("round", args, "precision", 0, low=-(2**31), high=2**31 - 1)
    factor = _power_of_ten(precision)
    rounding = {"common": _half_away, "ceil": _ceil, "floor": _floor}.get(method)
    if rounding is None:
        raise CallError(f"`round` is given `method` as `{method}`, which is not `common`, `ceil` or `floor`")
    try:
        result = rounding(factor * number) / factor
    except ZeroDivisionError:
        result = math.nan
    return result if math.isfinite(result) else None


def filesizeformat(value: Any, args: Arguments) -> str:
    """Return a number of bytes in units of 1024: `1.5 kB`, or `1.5 KiB` if `binary`."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= U64_MAX:
        raise CallError(f"`filesizeformat` is applied to `{shown(value)}`, which is not an integer from 0 on")
    units = _SIZES[boolean("filesizeformat", args, "binary", False)]
    size, power = float(value), 0
    while size >= 1024 and power < len(units) - 1:
        size /= 1024
        power += 1
    number = print_float(size) if size == int(size) else f"{size:.2f}"
    return f"{number} {units[power]}"


def _power_of_ten(exponent: int) -> float:
    try:
        return 10.0**exponent
    except OverflowError:
        return math.inf


def _half_away(number: float) -> float:
    if not math.isfinite(number):
        return number
    whole = math.floor(abs(number))
    return math.copysign(whole + (abs(number) - whole >= 0.5), number)


def _ceil(number: float) -> float:
    return math.copysign(math.ceil(number), number) if math.isfinite(number) else number


def _floor(number: float) -> float:
    return math.copysign(math.floor(number), number) if math.isfinite(number) else number


FILTERS = {"abs": abs_, "pluralize": pluralize, "round": round_, "filesizeformat": filesizeformat}
