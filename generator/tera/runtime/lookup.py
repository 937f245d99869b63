"""How `a.b[c]` finds its value: straight down the likely way, else frame by frame as Tera does it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from generator.tera.errors import CallError
from generator.tera.runtime.printing import json_number
from generator.tera.runtime.values import is_number, missing

if TYPE_CHECKING:
    from generator.tera.runtime.rendering import Frame, Rendering

ABSENT = (KeyError, TypeError, IndexError)
"""What a look-up raises that fails: no such key, no object at all, a string or array asked for a name."""

_QUOTE = re.compile("[\"']")

is_simple_key = re.compile("[^\"'\\[\\]~]+").fullmatch
"""Whether a text in square brackets is one key, just as it stands."""

LOOP_FIELDS = ("index", "index0", "first", "last")

Scopes = Sequence[tuple[bool, Sequence[tuple[str, str]], tuple[str, str] | None, tuple[str, str] | None, str, str]]
"""The scopes around a place in a template, as `compiler.scopes.Scope.describe` tells them."""


def get1(value: Any, key: str) -> Any:
    """Return the field `key` of an object, or `missing`."""
    if value.__class__ is dict:
        return value.get(key, missing)
    if isinstance(value, dict):
        try:
            return value[key]
        except KeyError:
            return missing
    return missing


def get2(value: Any, first: str, second: str) -> Any:
    """Return the field `second` of the field `first` of an object, or `missing`."""
    return get1(get1(value, first), second)


def reach(value: Any, keys: Sequence[Any]) -> Any:
    """Return what `keys` lead to from `value`, or `missing`."""
    for key in keys:
        if key.__class__ is tuple:
            value = reach(value, key)
        elif isinstance(value, dict):
            try:
                value = value[key]
            except KeyError:
                return missing
        elif isinstance(value, (list, tuple)):
            index = as_index(key)
            if index is None or index >= len(value):
                return missing
            value = value[index]
        else:
            return missing
    return value


def as_index(key: Any) -> int | None:
    """Return the place in an array that a key means; None if it means none."""
    if isinstance(key, str) and key.isascii() and key.isdigit() and (key == "0" or key[0] != "0"):
        return int(key) if len(key) < 20 else None
    return None


def as_key(value: Any) -> Any:
    """Return the key that a variable in square brackets stands for; `missing` if it cannot be one."""
    if isinstance(value, str):
        return value if is_simple_key(value) else split_key(value)
    return json_number(value) if is_number(value) else missing


def split_key(key: str) -> tuple[str, ...]:
    """Return the keys that Tera takes a text in square brackets for: it writes it into a path and reads that anew.

    So quotes part it, an empty one leads nowhere else, and square brackets in it are dots.
    """
    for old, new in (("['", '."'), ('["', '."'), ("[", "."), ("']", '"'), ('"]', '"'), ("]", "")):
        key = key.replace(old, new)
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in _QUOTE.split(key) if part)


def find(
    rt: Rendering, frame: Frame | None, local: Mapping[str, Any] | None, scopes: Scopes, root: str, keys: Sequence[Any]
) -> Any:
    """Return what a path leads to, or `missing`: a frame where the rest of the path fails is passed over."""
    if not scopes and frame is not None and frame.parent is None and root not in frame.own:
        return reach(rt.context[root], keys) if root in rt.context else missing
    if local is not None:
        for start in _local_candidates(local, scopes, root, keys):
            if (value := reach(start, keys)) is not missing:
                return value
    while frame is not None:
        for start in frame.candidates(root, keys):
            if (value := reach(start, keys)) is not missing:
                return value
        frame = frame.parent
    return reach(rt.context[root], keys) if root in rt.context else missing


def require(
    rt: Rendering,
    frame: Frame | None,
    local: Mapping[str, Any] | None,
    scopes: Scopes,
    root: str,
    keys: Sequence[Any],
    text: str,
) -> Any:
    """Return what a path leads to. Raises: CallError if that is nothing."""
    value = find(rt, frame, local, scopes, root, keys)
    if value is not missing:
        return value
    if any(key is missing for key in keys):
        raise CallError(f"Variable `{text}` has an index that is not a string or a number, or not defined")
    raise CallError(f"Variable `{text}` is not defined")


def loop_fields(index: int, count: int) -> dict[str, Any]:
    """Return what `loop` holds."""
    return {"index": index + 1, "index0": index, "first": index == 0, "last": index == count - 1}


def _local_candidates(local: Mapping[str, Any], scopes: Scopes, root: str, keys: Sequence[Any]) -> Iterator[Any]:
    for _, sets, key, value, index, count in scopes:
        for name, variable in sets:
            if name == root:
                yield local.get(variable, missing)
        if root == "loop":
            if index and len(keys) == 1 and keys[0] in LOOP_FIELDS:
                yield loop_fields(local[index], local[count])
        elif key and key[0] == root and not keys:
            yield local[key[1]]
        elif value and value[0] == root:
            yield local[value[1]]
