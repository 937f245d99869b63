"""The values of templates: what is absent, what counts as a number, when two are equal."""

from __future__ import annotations

from typing import Any, Final

I64_MIN: Final = -(2**63)
I64_MAX: Final = 2**63 - 1
U64_MAX: Final = 2**64 - 1


class _Missing:
    """The value of a variable that is not there."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "missing"


missing: Final = _Missing()


def is_given(value: object) -> bool:
    """Say whether a variable is there and not null."""
    return value is not missing and value is not None


def is_number(value: object) -> bool:
    """Say whether a value is a number, which a boolean is not."""
    return isinstance(value, (int, float)) and value is not True and value is not False


def kind_of(value: object) -> str:
    """Return what to call a value in a message."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, (list, tuple)):
        return "an array"
    return "an object" if isinstance(value, dict) else "a value of another kind"


def same(left: Any, right: Any) -> bool:
    """Say whether two values are the same as JSON: 1 and 1.0 are not, nor are 1 and true."""
    if isinstance(left, str):
        return isinstance(right, str) and left == right
    if isinstance(left, dict):
        return isinstance(right, dict) and _same_objects(left, right)
    if isinstance(left, (list, tuple)):
        if not isinstance(right, (list, tuple)) or len(left) != len(right):
            return False
        return all(same(a, b) for a, b in zip(left, right, strict=True))
    if left is None or isinstance(left, bool):
        return left is right
    if isinstance(right, bool) or not isinstance(right, (int, float)):
        return False
    return isinstance(left, float) == isinstance(right, float) and bool(left == right)


def _same_objects(left: dict[str, Any], right: dict[str, Any]) -> bool:
    if len(left) != len(right):
        return False
    try:
        return all(same(value, right[key]) for key, value in left.items())
    except KeyError:
        return False
