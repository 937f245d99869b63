"""`hanji build`: read the site, render it, and bring the output folder to it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from generator.commands.messages import format_option, message_format
from generator.commands.output_dir import check_output_dir, choose_output_dir
from generator.commands.progress import ProgressLine, showing_progress
from generator.commands.report import say_creating, say_warnings
from generator.commands.site import SiteChoice
from generator.commands.terminal import count, format_duration, say, warn
from generator.engine.garbage import leave
from generator.model.options import BuildOptions
from generator.model.output import SiteOutput, WriteReport

if TYPE_CHECKING:
    from generator.commands.profile import StageClock
    from generator.write.shelf import Shelf

# So many files that cannot be verified are named.
_MOST_RESTLESS = 10


@click.command(
    "build",
    short_help="Build the site into its output folder.",
    epilog="""\b
Examples:
  hanji build                        into public/, as the config says
  hanji build --drafts -o preview    with drafts, into preview/
  hanji --root blog build            the site in the folder blog
""",
)
@click.option("-u", "--base-url", metavar="URL", help="Address of the published site, instead of the config's.")
@click.option(
    "-o",
    "--output-dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder to publish to, from the current folder, instead of the config's output_dir (public).",
)
@click.option("-f", "--force", is_flag=True, help="Publish to the folder of --output-dir although it exists.")
@click.option("--drafts", is_flag=True, help="Build pages with `draft = true` too.")
@click.option("--minify", is_flag=True, help="Minify the HTML, whatever the config says.")
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many processes build at once; one for each core unless given.",
)
@click.option("--no-cache", is_flag=True, help="Build everything anew, and leave nothing for the next build.")
@click.option(
    "--check-reproducible",
    is_flag=True,
    help="Publish nothing: build twice, as on different machines, and tell which files differ.",
)
@click.option(
    "--verify",
    is_flag=True,
    help="Build again from nothing afterwards, and tell which published files that build makes otherwise.",
)
@click.option(
    "--profile",
    is_flag=True,
    help="Tell what took how long: each stage, each template, the slowest pages and images.",
)
@format_option
@click.pass_obj
def command(site: SiteChoice, /, **given: Any) -> None:
    """Build the site into its output folder.

    Only files that differ are written, and files that the site no longer has are removed. When anything is wrong the
    build stops with a message, and the output folder stays as it was.
    """
    # The pipeline brings everything with it; `--help` and a mistyped option need none of it.
    from generator.config.find import find_config
    from generator.write.lock import build_lock
    from generator.write.shelf import Shelf

    started = time.perf_counter()
    wishes = _Wishes(**given)
    if wishes.check_reproducible:
        _compare(site, wishes)
        return
    say("Building site...")
    chosen = choose_output_dir(wishes.output_dir, force=wishes.force)
    options = BuildOptions(
        root=site.root,
        config_file=site.config_file,
        base_url=wishes.base_url,
        drafts=wishes.drafts,
        minify=wishes.minify,
        jobs=wishes.jobs,
        output_dir=chosen,
        cache=not wishes.no_cache,
    )
    root, _ = find_config(site.root, site.config_file)
    with build_lock(root), Shelf(root) as shelf, showing_progress() as line:
        done = _build(options, chosen, shelf, line, _start_clock(line, started) if wishes.profile else None)
        if wishes.verify:
            _verify(options, root, done.target, line)
    say(f"Done in {format_duration(time.perf_counter() - started)}: {done}.\n")


class _Wishes(Struct, frozen=True, kw_only=True):
    """The command's options, by their names."""

    base_url: str | None
    output_dir: Path | None
    force: bool
    drafts: bool
    minify: bool
    jobs: int | None
    no_cache: bool
    check_reproducible: bool
    verify: bool
    profile: bool


class _Done(Struct, frozen=True, kw_only=True):
    """What a build did to which folder."""

    target: Path
    written: WriteReport

    def __str__(self) -> str:
        """Return the words for it."""
        report = self.written
        return f"{report.written} written, {report.kept} unchanged, {report.removed} removed in {self.target}"


def _compare(site: SiteChoice, wishes: _Wishes) -> None:
    from generator.commands.reproduce import check_reproducible

    if wishes.verify:
        raise click.UsageError("--check-reproducible publishes nothing that --verify could look at.")
    say("Building the site twice...")
    before = ["--root", str(site.root), *(["--config", str(site.config_file)] if site.config_file else [])]
    options = [*(["--base-url", wishes.base_url] if wishes.base_url is not None else [])]
    options += [flag for flag, given in (("--drafts", wishes.drafts), ("--minify", wishes.minify)) if given]
    say(f"-> {count(check_reproducible(before, options), 'file')}, the same both times.")


def _build(
    options: BuildOptions, chosen: Path | None, shelf: Shelf, line: ProgressLine, clock: StageClock | None
) -> _Done:
    """Build and publish. line: to be empty when something is said. clock: of a build that is to be profiled."""
    from generator.pipeline import build_site
    from generator.write import publishing

    watch = clock or line
    output = build_site(options, watch, shelf.put)
    line.clear()
    target = chosen or output.config_output_dir
    check_output_dir(target, output.root)
    say_creating(output.report)
    say_warnings(output.report)
    watch.begin("writing files")
    with publishing(output, target) as written:
        watch.begin("keeping what the next build can use")
        output.published()
    line.clear()
    if clock is not None:
        _say_profile(clock, output)
    leave(output)
    return _Done(target=target, written=written)


def _start_clock(line: ProgressLine, started: float) -> StageClock:
    from generator.commands.profile import StageClock

    return StageClock(line, "starting", started)


def _say_profile(clock: StageClock, output: SiteOutput) -> None:
    from generator.commands.profile import encode_profile, format_profile, make_profile

    profile = make_profile(clock.stop(), output.timings())
    if message_format.get() == "json":
        click.echo(encode_profile(profile))
    else:
        say("\n".join([*format_profile(profile), ""]))


def _verify(options: BuildOptions, root: Path, target: Path, line: ProgressLine) -> None:
    from generator.commands.verify import verify

    say("Building it again from nothing...")
    leave(None)  # two whole builds at once would need twice the memory
    found = verify(options, root, target, line)
    line.clear()
    for path in found.restless[:_MOST_RESTLESS]:
        warn(f"{path} comes out differently at every build, and cannot be verified")
    if len(found.restless) > _MOST_RESTLESS:
        warn(f"{len(found.restless) - _MOST_RESTLESS} more come out differently at every build")
    say(f"-> Verified: {count(found.same, 'file')} as a build from nothing makes {'it' if found.same == 1 else 'them'}")
