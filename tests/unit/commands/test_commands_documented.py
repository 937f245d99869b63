"""docs/commands.md tells of every command and every option, and of none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from generator.cli import cli

TEXT = (Path(__file__).parents[3] / "docs/commands.md").read_text(encoding="utf-8")
# "## build" opens the part that ends at the next of its level.
PARTS = {title.strip(): body for title, body in re.findall(r"^## (.+)\n((?:(?!^## ).*\n)*)", TEXT, re.MULTILINE)}
NAMES = cli.list_commands(click.Context(cli))


def options_of(command: click.Command) -> dict[str, click.Option]:
    """Return the command's options by all their spellings, `-h` and `--help` left out."""
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    return {spelling: option for option in options for spelling in option.opts if option.name != "help"}


def documented(part: str) -> set[str]:
    """Return the spellings that the part's tables give."""
    rows = re.findall(r"^\| (`-.*?`) \|", PARTS[part], re.MULTILINE)
    return {word for row in rows for word in re.findall(r"--?[\w-]+", row)}


def test_options_before_the_command() -> None:
    assert documented("Before the command") - {"-h", "--help"} == options_of(cli).keys()


@pytest.mark.parametrize("name", NAMES)
def test_command_has_its_part_with_all_its_options(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert f"| [`{name}`](#{name}) |" in TEXT
    assert documented(name) == options_of(command).keys()


def test_every_part_with_options_is_a_command() -> None:
    others = {"Before the command", "Messages and exit status"}
    assert PARTS.keys() - others == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_option_has_a_help_text(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert all(option.help for option in options_of(command).values())
    assert command.help
    assert command.short_help


def test_every_exit_status_is_told() -> None:
    told = re.findall(r"^\| (\d+) \|", PARTS["Messages and exit status"], re.MULTILINE)
    assert told == re.findall(r"(\d+):", (Path(__file__).parents[3] / "generator/cli.py").read_text().split('"""')[1])
