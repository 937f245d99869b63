"""The values of templates: what is absent, what counts as a number, when two are equal."""

from __future__ import annotations

from typing import Any, Final

from generator.tera.errors import CallError

I64_MIN: Final = -(2**63)
I64_MAX: Final = 2**63 - 1
U64_MAX: Final = 2**64 - 1

MAX_PARTS: Final = 1_000_000
"""Arrays and objects to go through in one value: put into itself twice in a loop, a small one soon has more."""


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
    """Say whether two values are the same as JSON: 1 and 1.0 are not, nor are 1 and true.

    Raises: CallError when there is more to compare than MAX_PARTS.
    """
    return _same(left, right, [MAX_PARTS])


def _same(left: Any, right: Any, rest: list[int]) -> bool:
    """Compare two values. rest: how many more arrays and objects may be gone through."""
    if isinstance(left, str):
        return isinstance(right, str) and left == right
    if isinstance(left, (dict, list, tuple)):
        rest[0] -= 1
        if rest[0] < 0:
            raise CallError(f"These values have more than {MAX_PARTS} arrays and objects in them: too many to compare")
        return (_same_objects if isinstance(left, dict) else _same_arrays)(left, right, rest)
    if left is None or isinstance(left, bool):
        return left is right
    if isinstance(right, bool) or not isinstance(right, (int, float)):
        return False
    return isinstance(left, float) == isinstance(right, float) and bool(left == right)


def _same_arrays(left: Any, right: Any, rest: list[int]) -> bool:
    if not isinstance(right, (list, tuple)) or len(left) != len(right):
        return False
    return all(_same(a, b, rest) for a, b in zip(left, right, strict=True))


def _same_objects(left: Any, right: Any, rest: list[int]) -> bool:
    if not isinstance(right, dict) or len(left) != len(right):
        return False
    try:
        return all(_same(value, right[key], rest) for key, value in left.items())
    except KeyError:
        return False
