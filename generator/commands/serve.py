"""`hanji serve`: build the site in memory, answer requests with it, and keep both up with what the author saves."""

from __future__ import annotations

import ipaddress
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct
from msgspec.structs import replace

from generator.commands.output_dir import choose_output_dir
from generator.commands.report import say_creating, say_warnings
from generator.commands.site import SiteChoice
from generator.commands.terminal import format_duration, say, warn
from generator.errors import SiteError
from generator.model.options import BuildOptions
from generator.model.output import SiteOutput

if TYPE_CHECKING:
    from generator.commands.preview import Builder

# What takes longer to render is rendered when it is asked for, or after the save has been answered.
_PATIENCE_S = 0.03


def _read_interface(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise click.BadParameter(f"'{value}' is not an IP address, such as 127.0.0.1 or ::1.") from None


@click.command(
    "serve",
    short_help="Show the site while you write; rebuild on every save.",
    epilog="""\b
Examples:
  hanji serve                    at http://127.0.0.1:1111
  hanji serve --drafts --open    with drafts, and open a browser
  hanji serve -i 0.0.0.0         for other machines of the network too
""",
)
@click.option(
    "-i",
    "--interface",
    metavar="IP",
    default="127.0.0.1",
    callback=_read_interface,
    help="Address to listen on; the default 127.0.0.1 is seen by this machine alone.",
)
@click.option(
    "-p",
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    help="Port to listen on; 1111, or the next free one, unless given. 0 takes any free one.",
)
@click.option(
    "-o",
    "--output-dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write each build to this folder too; without it, nothing is written.",
)
@click.option("--force", is_flag=True, help="Write to the folder of --output-dir although it exists.")
@click.option("-u", "--base-url", metavar="URL", help="Address in the pages' links, such as the one of a proxy.")
@click.option("--drafts", is_flag=True, help="Show pages with `draft = true` too.")
@click.option("-O", "--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@click.option("--store-html", is_flag=True, help="Write each build to the config's output_dir too.")
@click.option("-f", "--fast", is_flag=True, help="Accepted as Zola's; every rebuild here is a full and right one.")
@click.option("--no-port-append", is_flag=True, help="Leave the --base-url as it is, without the port.")
@click.option(
    "--extra-watch-path",
    "extra_watch_paths",
    metavar="PATH",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Rebuild when this changes too, a path from the site's folder; may be given more than once.",
)
@click.option(
    "-d",
    "--debounce",
    "debounce_ms",
    metavar="MS",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="How long, at most, changes that follow each other are gathered before a build.",
)
@click.option("-j", "--jobs", metavar="N", type=click.IntRange(min=1), help="How many processes build at once.")
@click.pass_obj
def command(site: SiteChoice, /, **given: Any) -> None:
    """Show the site while you write, at http://127.0.0.1:1111.

    Every save makes a new build, and open pages follow it. A build that fails is shown over the page, which stays as it
    was. Pages are kept in memory: the output folder is not touched. Ctrl-C ends it.
    """
    # The server and the pipeline bring a lot with them; `--help` and a mistyped option need none of it.
    from generator.commands.preview import Builder
    from generator.config.load import load_config
    from generator.pipeline import Preview
    from generator.serve.address import open_socket, resolve_base_url

    wishes = _Wishes(**given)
    chosen = choose_output_dir(wishes.output_dir, force=wishes.force)
    options = BuildOptions(
        root=site.root,
        config_file=site.config_file,
        mode="serve",
        drafts=wishes.drafts,
        jobs=wishes.jobs,
        cache=True,
    )
    config = load_config(options)
    extra = _find_extra(config.root, wishes.extra_watch_paths)
    listening = open_socket(wishes.interface, wishes.port)
    with listening:
        port: int = listening.getsockname()[1]
        base_url = resolve_base_url(
            wishes.base_url,
            interface=wishes.interface,
            port=port,
            append_port=not wishes.no_port_append,
            config_base_url=config.base_url,
        )
        wanted = replace(options, base_url=base_url)
        is_written = chosen is not None or wishes.store_html
        preview = Preview(None if is_written else _PATIENCE_S)
        builder = Builder(preview, wanted, target=chosen, store=wishes.store_html)
        first = _build_first(builder)
        # Ctrl-C is how a server is meant to end.
        with suppress(KeyboardInterrupt):
            _serve(listening, wishes, builder, first, base_url, extra)
        if sys.stderr.isatty():
            # The terminal has put its ^C where the next prompt would stand.
            say()


class _Wishes(Struct, frozen=True, kw_only=True):
    """The command's options, by their names."""

    interface: str
    port: int | None
    output_dir: Path | None
    force: bool
    base_url: str | None
    drafts: bool
    open_browser: bool
    store_html: bool
    fast: bool
    no_port_append: bool
    extra_watch_paths: tuple[Path, ...]
    debounce_ms: int
    jobs: int | None


def _find_extra(root: Path, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the paths to watch besides the site's own, absolute. Raises: SiteError when one does not exist."""
    found = tuple((root / path).resolve() for path in paths)
    for path in found:
        if not path.exists():
            raise SiteError(
                f"There is nothing to watch at {path}", hint="--extra-watch-path starts at the site's folder."
            )
    return found


def _build_first(builder: Builder) -> SiteOutput:
    """Build as `hanji build` does. Raises: SiteError."""
    started = time.perf_counter()
    say("Building site...")
    output = builder.build_first()
    say_creating(output.report)
    say_warnings(output.report)
    say(f"Done in {format_duration(time.perf_counter() - started)}.\n")
    return output


def _serve(
    listening: socket.socket,
    wishes: _Wishes,
    builder: Builder,
    first: SiteOutput,
    base_url: str,
    extra: tuple[Path, ...],
) -> None:
    from generator.commands.rebuilds import format_rebuild
    from generator.engine.garbage import collect_all
    from generator.serve.address import Doorkeeper, find_base_path
    from generator.serve.application import Application
    from generator.serve.live_page import LivePage
    from generator.serve.server import Workshop, run_server
    from generator.serve.store import Store
    from generator.serve.watch import Watched

    application = Application(
        store=Store(builder.snapshots.take(first)),
        page=LivePage(base_path=find_base_path(base_url)),
        doorkeeper=Doorkeeper.of(wishes.interface, base_url),
    )
    outputs = (first.config_output_dir, *([builder.target] if builder.target else []))
    workshop = Workshop(
        rebuild=builder.rebuild,
        make_next=builder.make_next,
        next_seconds=builder.next_seconds,
        recheck=builder.recheck,
        clean=collect_all,
        watched=Watched(root=first.root, outputs=outputs, more=extra),
        since_ns=builder.since_ns,
        longest_ms=wishes.debounce_ms,
        say=warn,
        report=lambda rebuilt: say(format_rebuild(rebuilt, first.root)),
    )
    _say_where(wishes, listening.getsockname()[1], base_url)
    run_server(listening, application, workshop)


def _say_where(wishes: _Wishes, port: int, base_url: str) -> None:
    from generator.serve.address import DEFAULT_PORT, is_loopback

    url = base_url if base_url != "/" else f"http://{wishes.interface}:{port}/"
    if wishes.port is None and port != DEFAULT_PORT:
        say(f"Port {DEFAULT_PORT} is taken; {port} is the next free one")
    say(f"Web server is available at {url}")
    if not is_loopback(wishes.interface):
        warn(f"Everyone who can reach {wishes.interface} can read the site, its drafts too if they are shown.")
    say("Press Ctrl+C to stop\n")
    if wishes.open_browser:
        click.launch(url)
