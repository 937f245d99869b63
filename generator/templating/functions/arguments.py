"""The arguments of one call in a template: taken by name and type, refused in Zola's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from generator.tera.errors import CallError

Function = Callable[[Mapping[str, Any]], Any]
Filter = Callable[[Any, Mapping[str, Any]], Any]
Default = TypeVar("Default")


class Arguments:
    """What a template gave to one function; others than those asked for are ignored. Every method raises CallError."""

    __slots__ = ("_function", "_given")

    def __init__(self, function: str, given: Mapping[str, Any]) -> None:
        self._function = function
        self._given = given

    def text(self, name: str) -> str:
        """Return a text that must be there."""
        value = self._given.get(name)
        if isinstance(value, str):
            return value
        raise self.error(f"requires a `{name}` argument with a string value")

    def text_or(self, name: str, default: Default) -> str | Default:
        if name not in self._given:
            return default
        value = self._given[name]
        if isinstance(value, str):
            return value
        raise self.error(f"`{name}` must be a string")

    def flag(self, name: str, default: bool) -> bool:
        value = self._given.get(name, default)
        if isinstance(value, bool):
            return value
        raise self.error(f"`{name}` must be a boolean (true or false)")

    def number(self, name: str, largest: int) -> int | None:
        """Return a whole number from 0 to `largest`; None when it is not given."""
        if name not in self._given:
            return None
        value = self._given[name]
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= largest:
            return value
        raise self.error(f"`{name}` must be a whole number from 0 to {largest}")

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; empty when it is not given."""
        value = self._given.get(name, ())
        if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise self.error(f"`{name}` must be a list of strings")

    def error(self, problem: str) -> CallError:
        """Return the error that says what this call cannot do."""
        return CallError(f"`{self._function}`: {problem}")
