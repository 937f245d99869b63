"""What took how long in, tables of it, or one line for a program, out."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.commands.diagnostics import clean
from generator.engine.watch import Watch
from generator.model.output import Timing

_MOST_ROWS = 20
_NOTES = (
    "Milliseconds; those of templates, pages and images add up over all processes.",
    "A template's are its own, without those that it extends, includes or imports from.",
)
Row = Mapping[str, Any]


class StageClock(Watch):
    """Times the stages, and hands on to another watch what it is told."""

    times_templates = True

    def __init__(self, watch: Watch, first: str, began: float) -> None:
        self._watch = watch
        self._began = [(first, began)]

    def begin(self, stage: str) -> None:
        self._began.append((stage, time.perf_counter()))
        self._watch.begin(stage)

    def advance(self, done: int, total: int) -> None:
        self._watch.advance(done, total)

    def stop(self) -> list[tuple[str, float]]:
        """Return each stage with its seconds; the last one ends now."""
        ends = [*(at for _, at in self._began[1:]), time.perf_counter()]
        return [(stage, end - began) for (stage, began), end in zip(self._began, ends, strict=True)]


class Profile(Struct, frozen=True, kw_only=True):
    """Each part with the most costly first, but for the stages; times in milliseconds."""

    stages: Sequence[Row]
    templates: Sequence[Row]
    pages: Sequence[Row]
    images: Sequence[Row]


def make_profile(stages: Iterable[tuple[str, float]], timings: Sequence[Timing]) -> Profile:
    """Sum up what took how long. stages: with their seconds."""
    return Profile(
        stages=[{"ms": _ms(seconds), "stage": stage} for stage, seconds in stages],
        templates=_by_cost(_sum_up(name, seconds) for name, seconds in _template_times(timings).items()),
        pages=_by_cost(_split(name, found) for name, found in _page_times(timings).items()),
        images=_by_cost({"ms": _ms(t.seconds), "image": t.name} for t in timings if t.work == "image"),
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000.0, 1)


def _by_cost(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: -row["ms"])


def _template_times(timings: Iterable[Timing]) -> dict[str, list[float]]:
    """Return by template what each text and file took in it."""
    found: dict[str, list[float]] = {}
    for timing in timings:
        for template, seconds in timing.parts:
            found.setdefault(template, []).append(seconds)
    return found


def _page_times(timings: Iterable[Timing]) -> dict[str, list[Timing]]:
    found: dict[str, list[Timing]] = {}
    for timing in timings:
        if timing.work != "image":
            found.setdefault(timing.source, []).append(timing)
    return found


def _sum_up(template: str, seconds: Sequence[float]) -> dict[str, Any]:
    return {
        "ms": _ms(sum(seconds)),
        "mean": _ms(sum(seconds) / len(seconds)),
        "slowest": _ms(max(seconds)),
        "files": len(seconds),
        "template": template,
    }


def _split(source: str, parts: Sequence[Timing]) -> dict[str, Any]:
    markdown = sum(timing.seconds for timing in parts if timing.work == "Markdown")
    total = sum(timing.seconds for timing in parts)
    return {"ms": _ms(total), "Markdown": _ms(markdown), "templates": _ms(total - markdown), "page": source}


def format_profile(profile: Profile) -> list[str]:
    """Return the tables, each after an empty line."""
    total = sum(row["ms"] for row in profile.stages) or 1
    stages = [{"ms": row["ms"], "share": f"{row['ms'] / total:.0%}", "stage": row["stage"]} for row in profile.stages]
    lines = _table(stages, len(stages))
    if not (profile.templates or profile.pages or profile.images):
        return [*lines, "", "No page was rendered: all of them were kept from the last build."]
    for rows in (profile.templates, profile.pages, profile.images):
        lines += _table(rows, _MOST_ROWS)
    return [*lines, "", *_NOTES]


def _table(rows: Sequence[Row], most: int) -> list[str]:
    """Return a table whose numbers stand before the name, which may be of any width."""
    if not rows:
        return []
    shown = rows[:most]
    columns = [[name, *(_cell(row[name]) for row in shown)] for name in rows[0]]
    widths = [max(map(len, column)) for column in columns[:-1]]
    lines = [
        "  ".join([*(cell.rjust(width) for cell, width in zip(cells[:-1], widths, strict=True)), cells[-1]])
        for cells in zip(*columns, strict=True)
    ]
    more = [f"… and {len(rows) - most} more"] if len(rows) > most else []
    return ["", *lines, *more]


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return clean(value) if isinstance(value, str) else f"{value:,}"


def encode_profile(profile: Profile) -> str:
    """Return all of it as one line of JSON."""
    values = {
        "level": "profile",
        "stages": profile.stages,
        "templates": profile.templates,
        "pages": profile.pages,
        "images": profile.images,
    }
    return json.dumps(values)
