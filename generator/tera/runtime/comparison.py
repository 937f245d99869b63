"""`==`, `!=` and `in`."""

from __future__ import annotations

from typing import Any

from generator.tera.errors import CallError
from generator.tera.runtime.values import is_number, kind_of, missing, same


def equal(left: Any, right: Any) -> bool:
    """Return `left == right`. A number equals numbers alone, of whichever type."""
    if left.__class__ is str and right.__class__ is str:
        return bool(left == right)
    if is_number(left) or is_number(right):
        return is_number(left) and is_number(right) and float(left) == float(right)
    return same(left, right)


def unequal(left: Any, right: Any) -> bool:
    """Return `left != right`. Of a number and something else that is false as well."""
    if left.__class__ is str and right.__class__ is str:
        return bool(left != right)
    if is_number(left) or is_number(right):
        return is_number(left) and is_number(right) and float(left) != float(right)
    return not same(left, right)


def contains(container: Any, item: Any) -> bool:
    """Return `item in container`: an array's element, a string's part, an object's key."""
    if isinstance(container, (list, tuple)):
        return holds(container, item)
    if isinstance(container, (str, dict)):
        if not isinstance(item, str):
            raise CallError(f"Only a string can be `in` {kind_of(container)}, not {kind_of(item)}")
        return item in container if isinstance(container, str) else has_key(container, item)
    raise CallError(f"`in` looks into strings, arrays and objects, not into {kind_of(container)}")


def holds(array: list[Any] | tuple[Any, ...], item: Any) -> bool:
    """Say whether an array has an element that is the same as `item`."""
    if isinstance(item, str):
        return any(item == each for each in array if isinstance(each, str))
    return any(same(each, item) for each in array)


def has_key(value: dict[str, Any], key: str) -> bool:
    """Say whether an object has `key`, as it says itself when asked for it."""
    if value.__class__ is dict:
        return key in value
    try:
        return value[key] is not missing
    except KeyError:
        return False
