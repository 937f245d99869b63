"""Tables of parsed data to values of known types, by the fields that each may hold; defaults stay outside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from generator.data.problems import FieldError, FieldErrors

Reader = Callable[[Any], Any]
"""Takes a parsed value and returns it as the type that the field has, or raises FieldError or FieldErrors."""


def read_fields(
    table: Mapping[str, Any],
    readers: Mapping[str, Reader],
    *,
    strict: bool = False,
    outdated: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the fields that `table` gives and `readers` know; a null counts as not given.

    outdated: hints for keys of former times. Raises: FieldErrors with all that do not fit; when `strict`, keys that
    `readers` lack are among them.
    """
    fields: dict[str, Any] = {}
    problems: list[FieldError] = []
    for key, value in table.items():
        reader = readers.get(key)
        if reader is None:
            if strict:
                problems.append(_unknown_key(key, readers, outdated or {}))
        elif value is not None:
            try:
                fields[key] = reader(value)
            except (FieldError, FieldErrors) as error:
                problems += _below(key, error)
    if problems:
        raise FieldErrors(problems)
    return fields


def text(value: Any) -> str:
    if isinstance(value, str) and type(value) is str:
        return value
    raise _wrong_type(value, "a text in quotes")


def filled_text(value: Any) -> str:
    """Take a text that may not be empty."""
    if text(value):
        return str(value)
    raise FieldError("can't be empty if present", hint="Write a value, or take the line out.")


def flag(value: Any) -> bool:
    if value is True or value is False:
        return bool(value)
    raise _wrong_type(value, "`true` or `false`")


def count(value: Any) -> int:
    if type(value) is int and value >= 0:
        return value
    raise _wrong_type(value, "a whole number, 0 or more")


def texts(value: Any) -> tuple[str, ...]:
    taken: tuple[str, ...] = _TEXTS(value)
    return taken


def items(reader: Reader) -> Reader:
    """Take a list, each item of which `reader` takes."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _wrong_type(value, "a list (`[…]`)")
        taken, problems = [], []
        for index, item in enumerate(value):
            try:
                taken.append(reader(item))
            except (FieldError, FieldErrors) as error:
                problems += _below(index, error)
        if problems:
            raise FieldErrors(problems)
        return tuple(taken)

    return read


_TEXTS = items(text)


def table(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise _wrong_type(value, "a table")


def entries(reader: Reader) -> Reader:
    """Take a table of free keys, each value of which `reader` takes."""

    def read(value: Any) -> dict[str, Any]:
        found = table(value)
        return read_fields(found, dict.fromkeys(found, reader))

    return read


def choice(*words: str) -> Reader:
    """Take one of `words`."""

    def read(value: Any) -> str:
        if value in words:
            return str(value)
        listed = ", ".join(f'"{word}"' for word in words)
        if not isinstance(value, str):
            raise _wrong_type(value, f"one of {listed}")
        raise FieldError(f"can't be `{value}`", hint=f"Write one of {listed}.")

    return read


def nearest_hint(word: str, known: Collection[str], say: str) -> str | None:
    """Return `say` with the known word that is nearest to a mistyped one."""
    # Only a site with a mistake in it needs this.
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return say.format(near[0]) if near else None


def _unknown_key(key: str, readers: Mapping[str, Reader], outdated: Mapping[str, str]) -> FieldError:
    others = "Values of your own belong below `[extra]`." if "extra" in readers else f"Known are {_listed(readers)}."
    hint = outdated.get(key) or nearest_hint(key, readers, "Did you mean `{}`?") or others
    return FieldError("is not a known key", (key,), hint)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))


def _wrong_type(value: Any, expected: str) -> FieldError:
    return FieldError(f"is {_describe(value)}, but must be {expected}")


def _below(key: str | int, error: FieldError | FieldErrors) -> list[FieldError]:
    problems = error.problems if isinstance(error, FieldErrors) else (error,)
    return [FieldError(inner.problem, (key, *inner.path), inner.hint) for inner in problems]


def _describe(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float):
        return f"the number {value}"
    if type(value) is str:
        return f"the text `{value}`" if len(value) < 40 else "a text"
    if isinstance(value, str):
        return f"the date {value}"
    return "a list" if isinstance(value, list) else "a table"
