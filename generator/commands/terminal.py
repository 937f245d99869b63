"""What the commands say to a person: on standard error, so that standard output is left to what programs read."""

from __future__ import annotations

import os

import click

from generator.commands.messages import format_warning, message_format


def say(text: str = "") -> None:
    """Print a line of progress."""
    click.echo(text, err=True)


def warn(text: str) -> None:
    """Print a warning: worth a look, no reason to stop."""
    form = message_format.get()
    if form != "text":
        click.echo(format_warning(text, form))
        return
    click.echo(f"{click.style('warning:', fg='yellow', bold=True)} {text}", err=True)


def wants_colour() -> bool | None:
    """Return what the environment says of colours; None leaves it to each stream (colours on a terminal alone)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return False if os.environ.get("CLICOLOR") == "0" else None


def format_duration(seconds: float) -> str:
    """Return `30ms` below a second, `1.2s` from there."""
    milliseconds = round(seconds * 1000)
    return f"{milliseconds}ms" if milliseconds < 1000 else f"{seconds:.1f}s"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return `1 page`, `2 pages`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
