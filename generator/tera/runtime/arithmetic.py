"""Tera's `+ - * / %` and orderings: integers of 64 bits, floats, and NaN, which stands for no number at all."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

from generator.tera.errors import CallError
from generator.tera.runtime.values import I64_MAX, I64_MIN, U64_MAX, is_number, kind_of

Number = int | float


def add(left: Any, right: Any) -> Number:
    """Return `left + right`."""
    return _computed("+", operator.add, left, right)


def subtract(left: Any, right: Any) -> Number:
    """Return `left - right`."""
    return _computed("-", operator.sub, left, right)


def multiply(left: Any, right: Any) -> Number:
    """Return `left * right`; NaN if that is infinite."""
    result = _computed("*", operator.mul, left, right)
    return math.nan if isinstance(result, float) and math.isinf(result) else result


def divide(left: Any, right: Any) -> Number:
    """Return `left / right`, an integer (of 64 bits at most) where it is a whole number; NaN for a division by 0."""
    dividend, divisor = float(_number(left)), float(_number(right))
    if divisor == 0.0 or dividend != dividend or divisor != divisor:
        return math.nan
    result = dividend / divisor
    if math.isinf(result):
        return math.nan
    return min(max(int(result), I64_MIN), I64_MAX) if result.is_integer() else result


def modulo(left: Any, right: Any) -> Number:
    """Return the remainder of `left / right`, with the sign of `left`; NaN where floats have none."""
    a, b = _number(left), _number(right)
    if not _both_integers(a, b):
        if a != a or b != b or b == 0:
            return math.nan
        return math.fmod(a, b)
    if b == 0:
        raise CallError("A remainder of a division by zero")
    if a == I64_MIN and b == -1:
        raise CallError(f"{a} % {b} does not fit 64 bits")
    rest = abs(a) % abs(b)
    return rest if a >= 0 else -rest


def printable(result: Number) -> Number | str:
    """Return the result of arithmetic as a value: NaN is a string."""
    return result if result == result else "NaN"


def is_nonzero(result: Number) -> bool:
    """Return the truth of a number."""
    return result == result and result != 0


def less(left: Any, right: Any) -> bool:
    """Return `left < right`."""
    return _ordered(left) < _ordered(right)


def at_most(left: Any, right: Any) -> bool:
    """Return `left <= right`."""
    return _ordered(left) <= _ordered(right)


def greater(left: Any, right: Any) -> bool:
    """Return `left > right`."""
    return _ordered(left) > _ordered(right)


def at_least(left: Any, right: Any) -> bool:
    """Return `left >= right`."""
    return _ordered(left) >= _ordered(right)


def _computed(sign: str, compute: Callable[[Any, Any], Any], left: Any, right: Any) -> Number:
    a, b = _number(left), _number(right)
    if not _both_integers(a, b):
        result: Number = compute(float(a), float(b))
        if math.isinf(result) and sign != "*":
            raise CallError(f"{a} {sign} {b} is too large for a number")
        return result
    result = compute(a, b)
    low, high = (0, U64_MAX) if a > I64_MAX or b > I64_MAX else (I64_MIN, I64_MAX)
    if not low <= result <= high:
        raise CallError(f"{a} {sign} {b} does not fit 64 bits")
    return result


def _both_integers(a: Number, b: Number) -> bool:
    """Say whether two operands are computed as integers: both signed, or both unsigned, of 64 bits."""
    if not isinstance(a, int) or not isinstance(b, int):
        return False
    return (I64_MIN <= a <= I64_MAX and I64_MIN <= b <= I64_MAX) or (0 <= a <= U64_MAX and 0 <= b <= U64_MAX)


def _number(value: Any) -> Number:
    if is_number(value):
        number: Number = value
        return number
    raise CallError(f"Arithmetic needs numbers, not {kind_of(value)}")


def _ordered(value: Any) -> float:
    if not is_number(value):
        raise CallError(f"`<`, `<=`, `>` and `>=` compare numbers, not {kind_of(value)}")
    if value != value:
        raise CallError("Nothing compares to NaN, the result of a division by zero")
    return float(value)
