"""How filters and functions read their values and arguments, with one wording for what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NoReturn

from generator.tera.errors import CallError
from generator.tera.runtime.printing import to_json
from generator.tera.runtime.values import I64_MAX, I64_MIN, U64_MAX, is_number

Arguments = Mapping[str, Any]

REQUIRED: Final = object()
"""Stands for the default of an argument that has none."""

MAX_SHOWN = 60


def string_value(function: str, value: Any) -> str:
    """Return the value a filter is applied to, a string."""
    return value if isinstance(value, str) else _wrong(function, "is applied to", value, "a string")


def array_value(function: str, value: Any) -> list[Any] | tuple[Any, ...]:
    """Return the value a filter is applied to, an array."""
    return value if isinstance(value, (list, tuple)) else _wrong(function, "is applied to", value, "an array")


def float_value(function: str, value: Any) -> float:
    """Return the value a filter is applied to, a number."""
    return float(value) if is_number(value) else _wrong(function, "is applied to", value, "a number")


def string(function: str, args: Arguments, name: str, default: Any = REQUIRED) -> str:
    """Return the argument `name`, a string."""
    value = _argument(function, args, name, default)
    return value if isinstance(value, str) else _wrong(function, f"is given `{name}` as", value, "a string")


def boolean(function: str, args: Arguments, name: str, default: Any = REQUIRED) -> bool:
    """Return the argument `name`, a boolean."""
    value = _argument(function, args, name, default)
    return value if isinstance(value, bool) else _wrong(function, f"is given `{name}` as", value, "true or false")


def natural(function: str, args: Arguments, name: str, default: Any = REQUIRED) -> int:
    """Return the argument `name`, an integer from 0 on."""
    return integer(function, args, name, default, low=0, high=U64_MAX)


def integer(
    function: str, args: Arguments, name: str, default: Any = REQUIRED, *, low: int = I64_MIN, high: int = I64_MAX
) -> int:
    """Return the argument `name`, an integer between `low` and `high`."""
    value = _argument(function, args, name, default)
    expected = "an integer" if low < 0 else "an integer from 0 on"
    fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    return int(value) if fits else _wrong(function, f"is given `{name}` as", value, expected)


def floating(function: str, args: Arguments, name: str, default: Any = REQUIRED) -> float:
    """Return the argument `name`, a number, as a float."""
    value = _argument(function, args, name, default)
    return float(value) if is_number(value) else _wrong(function, f"is given `{name}` as", value, "a number")


def required(function: str, args: Arguments, name: str) -> Any:
    """Return the argument `name`, whatever it is."""
    return _argument(function, args, name, REQUIRED)


def shown(value: Any) -> str:
    """Return a value as a message shows it."""
    text = to_json(value)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def _argument(function: str, args: Arguments, name: str, default: Any) -> Any:
    value = args.get(name, default)
    if value is REQUIRED:
        raise CallError(f"`{function}` needs an argument `{name}`")
    return value


def _wrong(function: str, how: str, value: Any, expected: str) -> NoReturn:
    raise CallError(f"`{function}` {how} `{shown(value)}`, which is not {expected}")
