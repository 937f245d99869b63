"""Values in, small marks out: two values with one mark are taken for equal, in any process and on any machine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from generator.templating.lazy import LazyList
from generator.templating.tracked import TrackedView

Mark = None | bool | int | float | str | bytes

# What is not there, or not to be known.
ABSENT = "\0absent"
# What may be different at every look.
VOLATILE = "\0volatile"

_SHORT = 40


def mark(value: Any) -> Mark:
    """Return a short value itself, and what stands for any other: of a view its name alone, not what it shows."""
    if isinstance(value, str):
        if len(value) <= _SHORT:
            return value
        text = value
    elif value is None or isinstance(value, (int, float)):
        return value
    else:
        text = repr(_plain(value))
    return digest(text.encode("utf-8", "surrogatepass"))


def digest(data: bytes) -> bytes:
    """Return what stands for those bytes."""
    return hashlib.blake2b(data, digest_size=16).digest()


def _plain(value: Any) -> Any:
    """Return a value without views, whose repr tells all that it holds."""
    if value is None or isinstance(value, (str, int, float)):  # most are, and the rest takes time to tell
        return value
    if isinstance(value, TrackedView):
        return value.kind, value.key
    if isinstance(value, LazyList):
        return tuple(value.keys)
    if isinstance(value, (list, tuple)):
        return tuple([_plain(item) for item in value])
    if isinstance(value, Mapping):
        return "{}", *[(key, _plain(item)) for key, item in value.items()]
    return value
