"""`hanji serve`: build the site in memory, answer requests with it, and keep both up with what the author saves."""

from __future__ import annotations

import ipaddress
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands.bug import format_bug, save_bug
from generator.commands.diagnostics import format_error
from generator.commands.output_dir import check_output_dir, choose_output_dir
from generator.commands.report import say_creating, say_warnings
from generator.commands.site import SiteChoice
from generator.commands.terminal import count, format_duration, say, warn
from generator.errors import SiteError
from generator.model.options import BuildOptions
from generator.model.output import KeptFile, OutputFile, SiteOutput

if TYPE_CHECKING:
    from generator.pipeline import Preview
    from generator.serve.server import Rebuilt
    from generator.serve.snapshot import Snapshot
    from generator.serve.store import Failure


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
        builder = _Builder(preview=Preview(), options=wanted, target=chosen, store=wishes.store_html)
        _serve(listening, wishes, builder, base_url, extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wishes:
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


def _serve(
    listening: socket.socket, wishes: _Wishes, builder: _Builder, base_url: str, extra: tuple[Path, ...]
) -> None:
    from generator.serve.address import Doorkeeper, find_base_path, is_loopback
    from generator.serve.application import Application
    from generator.serve.live_page import LivePage
    from generator.serve.server import Workshop, run_server
    from generator.serve.store import Store
    from generator.serve.watch import Watched

    since_ns = time.time_ns()
    first = builder.build_first()
    outputs = (first.config_output_dir, *([builder.target] if builder.target else []))
    url = base_url if base_url != "/" else f"http://{wishes.interface}:{listening.getsockname()[1]}/"
    say(f"Web server is available at {url}")
    if not is_loopback(wishes.interface):
        warn(f"Everyone who can reach {wishes.interface} can read the site, its drafts too if they are shown.")
    say("Press Ctrl+C to stop\n")
    if wishes.open_browser:
        click.launch(url)
    application = Application(
        store=Store(_snapshot_of(first)),
        page=LivePage(base_path=find_base_path(base_url)),
        doorkeeper=Doorkeeper.of(wishes.interface, base_url),
    )
    workshop = Workshop(
        rebuild=builder.rebuild,
        watched=Watched(root=first.root, outputs=outputs, more=extra),
        since_ns=since_ns,
        longest_ms=wishes.debounce_ms,
        say=warn,
        report=lambda rebuilt: say(_describe(rebuilt, first.root)),
    )
    # Ctrl-C is how a server is meant to end.
    with suppress(KeyboardInterrupt):
        run_server(listening, application, workshop)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Builder:
    """Makes builds of one site. target: where to write them too; store: to the config's folder otherwise."""

    preview: Preview
    options: BuildOptions
    target: Path | None
    store: bool

    def build_first(self) -> SiteOutput:
        """Build as `hanji build` does. Raises: SiteError."""
        started = time.perf_counter()
        say("Building site...")
        output = self._build(self.options)
        say_creating(output.report)
        say_warnings(output.report)
        say(f"Done in {format_duration(time.perf_counter() - started)}.\n")
        return output

    def rebuild(self, _causes: frozenset[Path]) -> Snapshot | Failure:
        """Build anew; a failure is said, and given back to be shown over the pages."""
        from generator.serve.store import Failure

        # Other threads run by now, from among which processes are not forked unless asked for.
        options = replace(self.options, jobs=self.options.jobs or 1)
        try:
            return _snapshot_of(self._build(options))
        except SiteError as error:
            text = format_error(error)
        except Exception as bug:  # a bug must not take the server, and the author's pages, away
            text = format_bug(bug, save_bug(bug, ["serve"]))
        say(text)
        return Failure(text=click.unstyle(text))

    def _build(self, options: BuildOptions) -> SiteOutput:
        from generator.config.find import find_config
        from generator.write import publish
        from generator.write.lock import build_lock

        if self.target is None and not self.store:
            return self.preview.build(options)
        with build_lock(find_config(options.root, options.config_file)[0]):
            output = self.preview.build(options)
            target = self.target or output.config_output_dir
            check_output_dir(target, output.root)
            publish(output, target)
        return output


def _snapshot_of(output: SiteOutput) -> Snapshot:
    from generator.serve.snapshot import Snapshot

    return Snapshot.of(
        {
            path: file.data if isinstance(file, OutputFile) else file.file
            for path, file in output.files.items()
            if not isinstance(file, KeptFile)
        }
    )


def _describe(rebuilt: Rebuilt, root: Path) -> str:
    """Return one line for a rebuild: when, why, what changed, how long it took."""
    # A file says more than the folder that it came to.
    causes = sorted(rebuilt.causes, key=lambda path: (path.is_dir(), path))
    first = causes[0].relative_to(root) if causes[0].is_relative_to(root) else causes[0]
    more = f" and {len(causes) - 1} more" if len(causes) > 1 else ""
    state = rebuilt.state
    outcome = (
        click.style("failed; the last good pages stay", fg="red")
        if state.failure
        else f"{count(len(state.changed), 'file')} new in {format_duration(rebuilt.seconds)}"
    )
    return f"{time.strftime('%H:%M:%S')} {first}{more}: {outcome}"
