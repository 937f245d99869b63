"""The command line: arguments in, an exit status out; the one place where a problem becomes text and a status.

0: done. 1: something is wrong with the site. 2: the command was called wrongly. 70: a bug of hanji's. 130: Ctrl-C.
143: told to end by another program.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from generator import __version__
from generator.commands.messages import format_problems, message_format
from generator.commands.site import SiteChoice
from generator.commands.terminal import wants_colour
from generator.errors import SiteError

_COMMANDS = ("init", "new", "build", "serve", "check", "explain", "completion", "help")
_MEMORY_HINT = "Build with fewer processes at once (`--jobs 1`), or free some memory."
_COMPLETION_VARIABLE = "_HANJI_COMPLETE"


class _LazyGroup(click.Group):
    """A group that imports a command when it is called, so that each one costs only what it uses."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"generator.commands.{cmd_name}").command
        return command


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`hanji help COMMAND` shows a command's own options.",
)
@click.option(
    "-r",
    "--root",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The site's folder, or one inside it, instead of the current one. Comes before the command.",
)
@click.option(
    "-c",
    "--config",
    "config_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Another config file than zola.toml or config.toml. Comes before the command.",
)
@click.version_option(__version__, "-V", "--version", message="hanji %(version)s")
@click.pass_context
def cli(ctx: click.Context, root: Path, config_file: Path | None) -> None:
    """Turn a folder of Markdown into a web site.

    Sites, themes and templates made for Zola work as they are.
    """
    ctx.obj = SiteChoice(root=root, config_file=config_file)


def main() -> NoReturn:
    """Run the command line and end the process."""
    # As an exception, so that whoever has begun something ends it: workers, temporary files.
    signal.signal(signal.SIGTERM, _end)
    try:
        status = run(sys.argv[1:])
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 0
    # Who reads the output may have gone.
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    # All is written: to take a site's values apart one by one, or wait for workers that were ended, helps nobody.
    os._exit(status)


def _end(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def run(arguments: Sequence[str]) -> int:
    """Run the command line; return its exit status."""
    message_format.set("text")
    try:
        if _COMPLETION_VARIABLE in os.environ:
            # A shell asks for candidates; this knows the shells that click does not.
            import_module("generator.commands.completion")
        status = cli.main(arguments, prog_name="hanji", standalone_mode=False, color=wants_colour())
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except SiteError as error:
        _show_problems(error)
        return 1
    except MemoryError:
        _show_problems(SiteError("There is not enough memory", hint=_MEMORY_HINT))
        return 1
    except Exception as bug:
        _show_bug(bug, arguments)
        return 70
    return status if isinstance(status, int) else 0


def _show_problems(error: SiteError) -> None:
    from generator.commands.diagnostics import format_error

    form = message_format.get()
    if form != "text":
        click.echo("\n".join(format_problems(error, form)))
        return
    click.echo(format_error(error), err=True, color=wants_colour())


def _show_bug(bug: Exception, arguments: Sequence[str]) -> None:
    from generator.commands.bug import format_bug, save_bug

    click.echo(format_bug(bug, save_bug(bug, arguments)), err=True, color=wants_colour())
