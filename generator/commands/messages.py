"""Problems and warnings in, one line for each out that a program reads: JSON, or GitHub's annotations."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, Literal, get_args

import click

from generator.errors import SiteError

MessageFormat = Literal["text", "json", "github"]

message_format: ContextVar[MessageFormat] = ContextVar("message_format", default="text")


def _choose(_ctx: click.Context, _param: click.Parameter, value: MessageFormat) -> None:
    message_format.set(value)


format_option = click.option(
    "--format",
    type=click.Choice(get_args(MessageFormat)),
    default="text",
    show_default=True,
    expose_value=False,
    callback=_choose,
    is_eager=True,
    help="How problems and warnings are told: for people, or one line each for a program, on standard output.",
)


def format_problems(error: SiteError, form: MessageFormat) -> Iterator[str]:
    """Yield all problems of an error, one a line."""
    write = _format_json if form == "json" else _format_github
    for problem in error.problems:
        where = problem.where
        place = {"file": where.file, "line": where.line, "column": where.column} if where else {}
        yield write("error", problem.message, place, problem.reasons, problem.hint)


def format_warning(text: str, form: MessageFormat) -> str:
    """Return a warning as one line."""
    return _format_json("warning", text) if form == "json" else _format_github("warning", text)


def _format_json(
    level: str,
    message: str,
    place: dict[str, Any] | None = None,
    reasons: tuple[str, ...] = (),
    hint: str | None = None,
) -> str:
    import json  # not for `--version`

    values = {"level": level, "message": message, **(place or {}), "reasons": list(reasons), "hint": hint}
    return json.dumps({key: value for key, value in values.items() if value not in (None, [])})


_GITHUB_NAMES = {"column": "col"}


def _format_github(
    level: str,
    message: str,
    place: dict[str, Any] | None = None,
    reasons: tuple[str, ...] = (),
    hint: str | None = None,
) -> str:
    found = [(_GITHUB_NAMES.get(key, key), value) for key, value in (place or {}).items() if value is not None]
    where = ",".join(f"{key}={_escape(str(value), ':,')}" for key, value in found)
    lines = (message, *(f"Reason: {reason}" for reason in reasons), *([f"Hint: {hint}"] if hint else ()))
    return f"::{level}{' ' if where else ''}{where}::{_escape(chr(10).join(lines))}"


def _escape(text: str, more: str = "") -> str:
    """Escape what would end a command, or a property of one, as the runner takes it back."""
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
