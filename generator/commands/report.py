"""What a build or a check found, in Zola's words."""

from __future__ import annotations

from generator.commands.terminal import say, warn
from generator.model.output import BuildReport


def say_creating(report: BuildReport) -> None:
    """Print what is about to be made."""
    say(f"-> Creating {report.pages} pages ({report.orphans} orphan) and {report.sections} sections")


def say_content(report: BuildReport) -> None:
    """Print what the site holds, and each page that no section leads to."""
    from generator.commands.diagnostics import clean

    say(f"-> Site content: {report.pages} pages ({report.orphans} orphan), {report.sections} sections")
    for path in report.orphan_paths:
        warn(f"Orphan page found: {clean(path)}")


def say_warnings(report: BuildReport) -> None:
    """Print pages that a sorted section leaves out, then all other warnings."""
    if not (report.ignored or report.warnings):
        return
    from generator.commands.diagnostics import clean, format_warnings  # most builds have nothing to complain of

    if report.ignored:
        warn(f"{len(report.ignored)} page(s) ignored (missing date or weight in a sorted section):")
        for path in report.ignored:
            say(f"  - {clean(path)}")
    for text in format_warnings(report.warnings):
        warn(text)
