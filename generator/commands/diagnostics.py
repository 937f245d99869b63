"""Problems of a site in, text for its author out: the message, its place with the line and a caret, and a way out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import click

from generator.errors import Location, SiteError

# Forty with the lines of progress before them.
MOST_LINES = 36
# Of a chain of templates that include each other its ends tell all.
_REASONS_AT_EACH_END = 4
_WIDEST = 500
_EXCERPT_COLUMNS = 100
_LEFT_OF_CARET = 60
# What a terminal would obey instead of showing: an author's file must not be able to steer it.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def format_error(error: SiteError) -> str:
    """Return all problems of an error in a screen's lines: where they do not fit, the first ones, then a line each."""
    problems = error.problems
    blocks = [_format_problem(problem) for problem in problems]
    whole = _count_fitting(blocks, MOST_LINES)
    if whole < len(problems):
        whole = _count_fitting(blocks, MOST_LINES // 2)
    parts = ["\n".join(block) for block in blocks[:whole]]
    if whole < len(problems):
        used = sum(len(block) + 1 for block in blocks[:whole])
        parts.append("\n".join(_format_briefly(problems[whole:], MOST_LINES - used)))
    return "\n\n".join(parts)


def _count_fitting(blocks: list[list[str]], most: int) -> int:
    """Return how many blocks stand in so many lines, with an empty one between them; the first always does."""
    used, fitting = -1, 0
    for block in blocks:
        used += len(block) + 1
        if fitting and used > most:
            break
        fitting += 1
    return fitting


def _format_briefly(problems: Sequence[SiteError], room: int) -> list[str]:
    """Return a line for each problem, and how many more there are, where the lines do not suffice."""
    shown = problems if len(problems) <= room else problems[: max(0, room - 1)]
    lines = [_format_head(_say_briefly(problem)) for problem in shown]
    left = len(problems) - len(shown)
    return [*lines, f"… and {left} more"] if left else lines


def _say_briefly(problem: SiteError) -> str:
    first = problem.message.split("\n")[0]
    return _cut([f"{problem.where}: {first}" if problem.where else first])[0]


def _format_head(message: str) -> str:
    return f"{click.style('error:', fg='red', bold=True)} {click.style(clean(message), bold=True)}"


def _format_problem(problem: SiteError) -> list[str]:
    where = problem.where
    gutter = " " * len(str(where.line)) if where and where.line else " "
    lines = [_format_head(problem.message)]
    if where:
        lines += _format_place(where, gutter)
    notes = [("reason", text) for text in _shorten(problem.reasons)]
    if problem.hint:
        notes.append(("hint", problem.hint))
    lines += [_format_note(name, text, gutter) for name, text in notes]
    return _cut([line for text in lines for line in text.split("\n")])


def _shorten(reasons: tuple[str, ...]) -> tuple[str, ...]:
    left_out = len(reasons) - 2 * _REASONS_AT_EACH_END
    if left_out <= 1:
        return reasons
    return (*reasons[:_REASONS_AT_EACH_END], f"… and {left_out} more …", *reasons[-_REASONS_AT_EACH_END:])


def _cut(lines: list[str]) -> list[str]:
    """Cut what another program, or a file with endless lines, may have said too much."""
    shown = [line if len(line) <= _WIDEST else f"{line[:_WIDEST]}…" for line in lines]
    return (
        shown
        if len(shown) <= MOST_LINES
        else [*shown[: MOST_LINES - 1], f"… and {len(shown) - MOST_LINES + 1} lines more"]
    )


def _format_place(where: Location, gutter: str) -> Iterator[str]:
    yield f"{gutter}{_blue('-->')} {clean(str(where))}"
    if where.line is None or where.source is None:
        return
    text, before = _excerpt(where.source, where.column)
    bar = _blue("|")
    yield f"{gutter} {bar}"
    yield f"{_blue(str(where.line))} {bar} {text}"
    if where.column is not None:
        yield f"{gutter} {bar} {' ' * before}{click.style('^', fg='red', bold=True)}"


def _format_note(name: str, text: str, gutter: str) -> str:
    first, *others = clean(text).split("\n")
    indent = " " * len(f"{gutter} = {name}: ")
    return "\n".join([f"{gutter} {_blue('=')} {name}: {first}", *(indent + line for line in others)])


def _excerpt(source: str, column: int | None) -> tuple[str, int]:
    """Return the part of a line around a column, as a terminal shows it, and the width of what stands before it."""
    place = min((column or 1) - 1, len(source))
    start = max(0, place - _LEFT_OF_CARET) if len(source) > _EXCERPT_COLUMNS else 0
    end = start + _EXCERPT_COLUMNS
    ahead = "…" if start else ""
    tail = "…" if end < len(source) else ""
    before = ahead + _show(source[start:place])
    return before + _show(source[place:end]) + tail, sum(map(_columns_of, before))


def _show(text: str) -> str:
    return clean(text.replace("\t", "    ").replace("\n", " "))


def clean(text: str) -> str:
    """Return a text that no terminal obeys."""
    return _CONTROL.sub("\ufffd", text)


def _columns_of(char: str) -> int:
    """Return how many columns of a terminal a character takes: Hangul and Han two, a combining mark none."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _blue(text: str) -> str:
    return click.style(text, fg="bright_blue", bold=True)


def format_warnings(warnings: Iterable[str]) -> list[str]:
    """Return warnings made safe to print, each once, in their order."""
    return [clean(text) for text in dict.fromkeys(warnings)]
