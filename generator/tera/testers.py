"""Tera's built-in testers, by name. A tester takes a value (or `missing`) and its arguments, and answers yes or no."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from generator.tera.errors import CallError
from generator.tera.runtime.comparison import has_key, holds
from generator.tera.runtime.values import is_number, kind_of, missing
from generator.text.rust_regex import PatternError, compile_pattern

Tester = Callable[[Any, Sequence[Any]], bool]


def defined(value: Any, args: Sequence[Any]) -> bool:
    _check_count("defined", args, 0)
    return value is not missing


def undefined(value: Any, args: Sequence[Any]) -> bool:
    _check_count("undefined", args, 0)
    return value is missing


def string(value: Any, args: Sequence[Any]) -> bool:
    _check("string", value, args, 0)
    return isinstance(value, str)


def number(value: Any, args: Sequence[Any]) -> bool:
    _check("number", value, args, 0)
    return is_number(value)


def odd(value: Any, args: Sequence[Any]) -> bool:
    _check("odd", value, args, 0)
    return math.fmod(_number("odd", value), 2.0) != 0.0


def even(value: Any, args: Sequence[Any]) -> bool:
    _check("even", value, args, 0)
    return math.fmod(_number("even", value), 2.0) == 0.0


def divisibleby(value: Any, args: Sequence[Any]) -> bool:
    _check("divisibleby", value, args, 1)
    dividend, divisor = _number("divisibleby", value), _number("divisibleby", args[0] if args else None)
    return divisor != 0.0 and math.fmod(dividend, divisor) == 0.0


def iterable(value: Any, args: Sequence[Any]) -> bool:
    _check("iterable", value, args, 0)
    return isinstance(value, (list, tuple, dict))


def object_(value: Any, args: Sequence[Any]) -> bool:
    _check("object", value, args, 0)
    return isinstance(value, dict)


def starting_with(value: Any, args: Sequence[Any]) -> bool:
    _check("starting_with", value, args, 1)
    return _text("starting_with", value).startswith(_argument("starting_with", args))


def ending_with(value: Any, args: Sequence[Any]) -> bool:
    _check("ending_with", value, args, 1)
    return _text("ending_with", value).endswith(_argument("ending_with", args))


def containing(value: Any, args: Sequence[Any]) -> bool:
    """Answer whether a string has a part, an array an element, an object a key."""
    _check("containing", value, args, 1)
    if isinstance(value, str):
        return _argument("containing", args) in value
    if isinstance(value, (list, tuple)):
        if not args:
            raise CallError("The test `containing` needs an argument")
        return holds(value, args[0])
    if isinstance(value, dict):
        return has_key(value, _argument("containing", args))
    raise CallError(f"The test `containing` is for strings, arrays and objects, not for {kind_of(value)}")


def matching(value: Any, args: Sequence[Any]) -> bool:
    """Answer whether a regular expression is found in a string."""
    _check("matching", value, args, 1)
    text = _text("matching", value)
    try:
        return _pattern(_argument("matching", args)).search(text) is not None
    except PatternError as error:
        raise CallError(f"The test `matching` is given a bad pattern: {error}") from None


_pattern = lru_cache(maxsize=256)(compile_pattern)


def _check(name: str, value: Any, args: Sequence[Any], count: int) -> None:
    _check_count(name, args, count)
    if value is missing:
        raise CallError(f"The test `{name}` needs a variable that is defined")


def _check_count(name: str, args: Sequence[Any], count: int) -> None:
    if len(args) > count:
        raise CallError(f"The test `{name}` takes {'one argument' if count else 'no arguments'}, not {len(args)}")


def _number(name: str, value: Any) -> float:
    if is_number(value):
        return float(value)
    raise CallError(f"The test `{name}` needs a number, not {kind_of(value)}")


def _text(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise CallError(f"The test `{name}` needs a string, not {kind_of(value)}")


def _argument(name: str, args: Sequence[Any]) -> str:
    if not args:
        raise CallError(f"The test `{name}` needs an argument")
    return _text(name, args[0])


TESTERS: dict[str, Tester] = {
    "defined": defined,
    "undefined": undefined,
    "string": string,
    "number": number,
    "odd": odd,
    "even": even,
    "divisibleby": divisibleby,
    "iterable": iterable,
    "object": object_,
    "starting_with": starting_with,
    "ending_with": ending_with,
    "containing": containing,
    "matching": matching,
}
