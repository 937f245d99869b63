"""A bug of hanji's own in, words for its author's user and a file to send with the report out."""

from __future__ import annotations

import platform
import shlex
import tempfile
import traceback
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import click

from generator import __version__


def save_bug(bug: Exception, arguments: Sequence[str]) -> Path | None:
    """Write what a report needs to a temporary file; return its place, None when the disk refuses that too."""
    text = "\n".join(
        [
            f"hanji {__version__}, Python {platform.python_version()}, {platform.platform()}",
            f"hanji {shlex.join(arguments)}",
            "",
            *traceback.format_exception(bug),
        ]
    )
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="hanji-bug-", suffix=".txt", encoding="utf-8", errors="backslashreplace", delete=False
        ) as file:
            file.write(text)
    except OSError:
        return None
    return Path(file.name)


def format_bug(bug: Exception, saved: Path | None) -> str:
    """Return what went wrong, that it is not the site's fault, and where to report it."""
    what = "".join(traceback.format_exception_only(bug)).strip()
    title = click.style("error:", fg="red", bold=True) + click.style(f" This is a bug in hanji: {what}", bold=True)
    file = f", with the file {saved}" if saved else ""
    return f"{title}\n  = hint: Your site is not at fault. Please report this {_tracker()}{file}."


def _tracker() -> str:
    """Return where issues are reported, as the installed package says."""
    try:
        urls = metadata.metadata("hanji").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        urls = []
    issues = [url.split(",", 1)[1].strip() for url in urls if url.lower().startswith("issues")]
    return f"at {issues[0]}" if issues else "to hanji's issue tracker"
