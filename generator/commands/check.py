"""`hanji check`: read the site and follow its links; nothing is rendered to files or written."""

from __future__ import annotations

import time

import click

from generator.commands.messages import format_option
from generator.commands.progress import showing_progress
from generator.commands.report import say_content, say_warnings
from generator.commands.site import SiteChoice
from generator.commands.terminal import format_duration, say
from generator.model.options import BuildOptions


@click.command(
    "check",
    short_help="Check the site's content and links; write nothing.",
    epilog="""\b
Examples:
  hanji check                          also links to other sites
  hanji check --skip-external-links    without the network
""",
)
@click.option("--drafts", is_flag=True, help="Check pages with `draft = true` too.")
@click.option("--skip-external-links", is_flag=True, help="Leave out links to other sites: no network is used.")
@format_option
@click.pass_obj
def command(site: SiteChoice, *, drafts: bool, skip_external_links: bool) -> None:
    """Check the site's content and links; write nothing.

    Reads every page, follows links between pages, and asks the servers of other sites for the pages that are linked
    to. Pages that no section leads to are listed.
    """
    # The pipeline brings everything with it; `--help` and a mistyped option need none of it.
    from generator.pipeline import check_site

    started = time.perf_counter()
    say("Checking site...")
    options = BuildOptions(
        root=site.root,
        config_file=site.config_file,
        mode="check",
        drafts=drafts,
        skip_external_links=skip_external_links,
    )
    with showing_progress() as line:
        report = check_site(options, line)
    say_content(report)
    say_warnings(report)
    say(f"Done in {format_duration(time.perf_counter() - started)}.\n")
