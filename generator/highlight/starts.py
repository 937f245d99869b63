"""A regular expression in, the characters that its matches can start with out; more than these when in doubt."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Sequence
from typing import Any

# The parsed form of an expression is Python's own business. Where a later version keeps it elsewhere, every
# expression counts as one that may start with anything, which is slower and as right.
try:
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    parser = None

# A set of characters as the bits of a number: one for each ASCII character, the last for all others together.
OTHER = 1 << 128
ANYTHING = (OTHER << 1) - 1

Starts = tuple[int, bool]  # the characters, and whether the part may also be empty
_ANY_OR_NOTHING: Starts = (ANYTHING, True)


def find_starts(expression: str, flags: int = 0) -> int:
    """Return the set of characters that a match can start with, all of them when it can be empty."""
    if parser is None:
        return ANYTHING
    tree = parser.parse(expression, flags)
    return _find_sequence(tree, bool(tree.state.flags & re.IGNORECASE), whole=True)[0]


def find_bit(char: str) -> int:
    """Return the set that holds `char` alone; all but ASCII are one."""
    return 1 << ord(char) if char < "\x80" else OTHER


def _set(chars: Iterable[str]) -> int:
    bits = 0
    for char in chars:
        bits |= find_bit(char)
    return bits


def _find_sequence(items: Iterable[tuple[Any, Any]], ignore_case: bool, *, whole: bool = False) -> Starts:
    starts, ahead = 0, ANYTHING
    for code, value in items:
        if not starts and str(code) == "ASSERT" and value[0] > 0:
            found, empty = _find_sequence(value[1], ignore_case)
            ahead &= ANYTHING if empty else found
            continue
        found, empty = _find_part(code, value, ignore_case)
        starts |= found
        if not empty:
            return starts & ahead, False
    return (ahead if whole else starts & ahead), True


def _find_part(code: Any, value: Any, ignore_case: bool) -> Starts:
    find = _FINDERS.get(str(code))
    return find(value, ignore_case) if find else _ANY_OR_NOTHING


def _find_literal(value: int, ignore_case: bool) -> Starts:
    char = chr(value)
    if not ignore_case:
        return find_bit(char), False
    # Some letters beyond ASCII, as the long s, are an ASCII letter's other case.
    return (_set((char.lower()[0], char.upper()[0])) | OTHER if char < "\x80" else ANYTHING), False


def _find_set(value: Sequence[tuple[Any, Any]], ignore_case: bool) -> Starts:
    negated = str(value[0][0]) == "NEGATE"
    bits = 0
    for code, item in value[1:] if negated else value:
        bits |= _find_member(str(code), item, ignore_case and not negated)
    # What a set of non-ASCII characters leaves out is never all of them.
    return (ANYTHING & ~bits | OTHER if negated else bits), False


def _find_member(code: str, item: Any, ignore_case: bool) -> int:
    if code == "LITERAL":
        return _find_literal(item, ignore_case)[0]
    if code == "RANGE":
        first, last = item
        bits = _set(map(chr, range(first, min(last, 127) + 1))) | (OTHER if last > 127 else 0)
        return bits | _other_case(bits) if ignore_case else bits
    return _CATEGORIES.get(str(item), ANYTHING)


def _other_case(bits: int) -> int:
    return OTHER | _set(char.swapcase() for char in string.ascii_letters if bits & find_bit(char))


def _find_branches(value: tuple[Any, Sequence[Any]], ignore_case: bool) -> Starts:
    found = [_find_sequence(branch, ignore_case) for branch in value[1]]
    starts = 0
    for bits, _ in found:
        starts |= bits
    return starts, any(empty for _, empty in found)


def _find_group(value: tuple[Any, int, int, Any], ignore_case: bool) -> Starts:
    _, added, _, items = value
    return _find_sequence(items, ignore_case or bool(added & re.IGNORECASE))


def _find_repeat(value: tuple[int, Any, Any], ignore_case: bool) -> Starts:
    least, _, items = value
    starts, empty = _find_sequence(items, ignore_case)
    return starts, empty or least == 0


def _find_any(value: Any, ignore_case: bool) -> Starts:
    return ANYTHING, False


def _find_nothing(value: Any, ignore_case: bool) -> Starts:
    return 0, True


_SPACE = _set(string.whitespace + "\x1c\x1d\x1e\x1f") | OTHER
_DIGIT = _set(string.digits) | OTHER
_WORD = _set(string.ascii_letters + string.digits + "_") | OTHER
_CATEGORIES = {
    "CATEGORY_SPACE": _SPACE,
    "CATEGORY_NOT_SPACE": ANYTHING & ~_SPACE | OTHER,
    "CATEGORY_DIGIT": _DIGIT,
    "CATEGORY_NOT_DIGIT": ANYTHING & ~_DIGIT | OTHER,
    "CATEGORY_WORD": _WORD,
    "CATEGORY_NOT_WORD": ANYTHING & ~_WORD | OTHER,
}
_FINDERS: dict[str, Callable[[Any, bool], Starts]] = {
    "ANY": _find_any,
    "NOT_LITERAL": _find_any,
    "LITERAL": _find_literal,
    "IN": _find_set,
    "BRANCH": _find_branches,
    "SUBPATTERN": _find_group,
    "ATOMIC_GROUP": _find_sequence,
    "MAX_REPEAT": _find_repeat,
    "MIN_REPEAT": _find_repeat,
    "POSSESSIVE_REPEAT": _find_repeat,
    "AT": _find_nothing,
    "ASSERT": _find_nothing,
    "ASSERT_NOT": _find_nothing,
}
