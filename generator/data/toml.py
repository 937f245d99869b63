"""TOML text to plain values, dates as their text, and those to what Zola shows; what they mean is the caller's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import tomli

from generator.data.limits import USUAL, Bounds, check_depth
from generator.data.problems import DataError, find_hint
from generator.text.dates import parse_moment

DATE_KEY = "$__toml_private_datetime"

_SPELLED_DATE = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d)?", re.ASCII)
_LARGEST = 2**63
_TOO_LARGE = "A whole number must fit in 64 bits"
_HUGE = re.compile(r"(?<=[=,\[\s])[+-]?(?:0[xob])?[0-9a-fA-F_]{16,}")
_HINTS = {
    "Invalid value": "Put text in quotes; write `true` and `false` in small letters.",
    "Cannot overwrite a value": "The key stands twice: take one of them out.",
    "Cannot declare": "The table stands twice: make one of the two.",
    "Unterminated string": "Close the quotes.",
    "Illegal character": "Close the quotes on the line that opens them, or use three of them.",
    "Expected newline": "Write one key on a line, a date like 2024-01-02, and other quotes around a text with quotes.",
    "Invalid hex value": "Write `\\\\` for a backslash, or put the text in single quotes.",
    "Invalid statement": "Put a key that is not all Latin letters in quotes.",
    "Expected '=' after a key": "Write `key = value`.",
    "Unclosed array": "Close the list with `]`.",
    "Unescaped": "Write `\\\\` for a backslash, or put the text in single quotes.",
}


class TomlDate(str):
    """A date or time as TOML writes it: `2024-01-02`, `2024-01-02T03:04:05Z`, `03:04:05`."""

    __slots__ = ()


def parse_toml(text: str, bounds: Bounds = USUAL) -> dict[str, Any]:
    """Read TOML 1.1; dates come as `TomlDate`. Raises: DataError."""
    try:
        values = {key: _plain(value, text) for key, value in tomli.loads(text).items()}
    except tomli.TOMLDecodeError as error:
        raise DataError(error.msg, min(error.pos, len(text)), find_hint(error.msg, _HINTS)) from None
    except RecursionError:
        raise bounds.too_deep() from None
    except ValueError:
        # Python gives up before it can say how large the number is.
        raise DataError(_TOO_LARGE, _find_huge(text)) from None
    if sum(map(text.count, "[{.")) > bounds.depth:
        check_depth(values, bounds)
    return values


def parse_toml_data(text: str, bounds: Bounds = USUAL) -> dict[str, Any]:
    """Read TOML as templates see it: as `parse_toml`, then `dates_to_text`. Raises: DataError."""
    return dates_to_text(parse_toml(text, bounds))


def dates_to_tables(value: Any) -> Any:
    """Write each date as the table that Zola's `config.extra` holds in its stead; tables come sorted by key.

    Infinities and NaN are null, as in JSON.
    """
    if isinstance(value, TomlDate):
        return {DATE_KEY: str(value)}
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, dict):
        return {key: dates_to_tables(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        return [dates_to_tables(item) for item in value]
    return value


def dates_to_text(table: Mapping[str, Any]) -> dict[str, Any]:
    """Write dates as text where Zola does so: in tables, and in the tables of a list at the top; all sorted by key.

    Zola: other dates stay tables, so those that stand in a list themselves and those of lists further down.
    Infinities and NaN are null.
    """
    return {
        key: (_listed_dates if isinstance(value, list) else _table_dates)(value) for key, value in sorted(table.items())
    }


def _listed_dates(items: list[Any]) -> list[Any]:
    return [dates_to_text(item) if isinstance(item, dict) else dates_to_tables(item) for item in items]


def _table_dates(value: Any) -> Any:
    if isinstance(value, TomlDate):
        return str(value)
    if isinstance(value, dict):
        return {key: _table_dates(item) for key, item in sorted(value.items())}
    return dates_to_tables(value)


def _plain(value: Any, text: str) -> Any:
    kind = type(value)
    if kind is str or kind is bool or kind is float:
        return value
    if kind is int:
        return _checked_integer(value, text)
    if kind is list:
        return [item if type(item) is str else _plain(item, text) for item in value]
    if kind is dict:
        return {key: _plain(item, text) for key, item in value.items()}
    return _date_text(value, text)


def _checked_integer(value: int, text: str) -> int:
    if -_LARGEST <= value < _LARGEST:
        return value
    raise DataError(_TOO_LARGE, _find_huge(text))


def _find_huge(text: str) -> int:
    huge = _HUGE.search(text)
    return huge.start() if huge else 0


def _date_text(value: date | time, text: str) -> TomlDate:
    if isinstance(value, datetime):
        return TomlDate(_moment_text(value, text))
    if isinstance(value, time):
        return TomlDate(_without_zeros(value.isoformat()))
    return TomlDate(value.isoformat())


def _moment_text(value: datetime, text: str) -> str:
    """Python's clock has no nanoseconds and takes `+00:00` for `Z`: there the text itself is asked."""
    unsure = value.microsecond or (value.tzinfo is UTC and "00:00" in text)
    if unsure:
        for spelled in _SPELLED_DATE.findall(text):
            moment = parse_moment(spelled)
            if moment and moment.instant == value.replace(tzinfo=value.tzinfo or UTC):
                return moment.text
    written = value.isoformat()
    if value.tzinfo is UTC:
        return _without_zeros(written.removesuffix("+00:00")) + "Z"
    return written if value.tzinfo else _without_zeros(written)


def _without_zeros(written: str) -> str:
    return written.rstrip("0") if "." in written else written
