"""A rebuild in, the line that tells of it on the terminal out: when, why, what is new, how long it took."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.terminal import count, format_duration

if TYPE_CHECKING:
    from generator.serve.server import Rebuilt


def format_rebuild(rebuilt: Rebuilt, root: Path) -> str:
    """Return one line; before it the problems of a build that failed."""
    line = f"{time.strftime('%H:%M:%S')} {_format_causes(rebuilt.causes, root)} → "
    failure = rebuilt.state.failure
    if failure is not None:
        return f"{failure.coloured}\n{line}{click.style('failed; the last good pages stay', fg='red')}"
    return f"{line}{_format_news(rebuilt.state.changed)} in {format_duration(rebuilt.seconds)}"


def _format_causes(causes: Iterable[Path], root: Path) -> str:
    """Return `~` for what was saved and `-` for what is gone, its path, and how many more there are."""
    # What is there says more than what is gone, a file more than the folder that it came to.
    first, *others = sorted(causes, key=lambda path: (path.is_dir(), not path.exists(), path))
    shown = first.relative_to(root) if first.is_relative_to(root) else first
    # The name may be anything: no terminal is to obey it.
    name = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in str(shown))
    more = f" and {len(others)} more" if others else ""
    return f"{'~' if first.exists() else '-'} {name}{more}"


def _format_news(paths: Iterable[str]) -> str:
    known = list(paths)
    pages = sum(path.endswith(".html") for path in known)
    files = len(known) - pages
    parts = [count(number, noun) for number, noun in ((pages, "page"), (files, "file")) if number]
    return " and ".join(parts) or "nothing new"
