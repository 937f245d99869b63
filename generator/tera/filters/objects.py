"""Filters of objects."""

from __future__ import annotations

from typing import Any

from generator.tera.arguments import Arguments, string
from generator.tera.errors import CallError
from generator.tera.runtime.lookup import get1
from generator.tera.runtime.values import kind_of, missing


def get(value: Any, args: Arguments) -> Any:
    """Return the field `key` of an object, or `default` if there is none."""
    key = string("get", args, "key")
    if not isinstance(value, dict):
        raise CallError(f"`get` takes a field of an object, not of {kind_of(value)}")
    found = get1(value, key)
    if found is not missing:
        return found
    if "default" in args:
        return args["default"]
    raise CallError(f"`get` finds no key `{key}`, and has no `default`")


FILTERS = {"get": get}
