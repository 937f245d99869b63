"""`hanji help [COMMAND]`: the same text as `hanji COMMAND --help`."""

from __future__ import annotations

import click


@click.command("help", short_help="Show this help, or a command's own.", add_help_option=False)
@click.argument("name", metavar="[COMMAND]", required=False)
@click.pass_context
def command(ctx: click.Context, name: str | None) -> None:
    """Show how hanji is used, or one of its commands."""
    parent = ctx.find_root()
    group = parent.command
    if name is None:
        click.echo(group.get_help(parent))
        return
    found = group.get_command(parent, name) if isinstance(group, click.Group) else None
    if found is None:
        raise click.UsageError(f"No such command '{name}'.", parent)
    click.echo(found.get_help(click.Context(found, info_name=name, parent=parent)))
