"""Measure builds of made-up blogs, keep the figures, write the page about them.

    python -m bench.builds [--only cold,edit] [--sizes 1000,10000] [--huge] [--bin DIR] [--make-site make_site.py]

Without the peers' programs (`pip install -r bench/requirements.txt`) hanji alone is measured.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bench.builds.blogs import OWN, blogs_of
from bench.builds.generators import PEERS, Generator, find_peers, own_generator
from bench.builds.machine import ROOT, describe_machine, find_commit, read_versions
from bench.builds.measure import Sample, adopt_orphans
from bench.builds.report import format_report
from bench.builds.results import Run, Series, add_run, load_runs, save_runs
from bench.builds.works import WORKS, Session, warm_up

RESULTS = Path(__file__).parent / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"
HUGE = 100_000
ROUNDS_HELP = (
    "as many for every size, instead of 5, or 3 beyond 2,000 posts, or 1 beyond 10,000; "
    "with many terms 3, or 1 beyond 1,000"
)


def main() -> None:
    arguments = parse_arguments()
    if arguments.write_only:
        write_page(arguments.page, load_runs(arguments.results))
        return
    # Python programs are measured as they are used: with their compiled code kept.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        measure(arguments, arguments.work or Path(folder))


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.builds", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--only", type=_words(WORKS), default=list(WORKS), help=f"what to measure, of {','.join(WORKS)}")
    add("--sizes", type=_numbers, default=[1_000, 10_000], help="posts of the blogs: 1000,10000")
    add("--dense-sizes", type=_numbers, default=[1_000, 2_000], help="posts of those with 40 terms a post: 1000,2000")
    add("--huge", action="store_true", help=f"first builds of {HUGE:,} posts, too, set against those of 10,000")
    add("--rounds", type=int, help=ROUNDS_HELP)
    add("--peers", type=_words(PEERS), default=list(PEERS), help=f"whom to compare with, of {','.join(PEERS)}")
    add("--bin", type=Path, metavar="DIR", help="where the peers' programs are, before the PATH")
    add("--hanji", metavar="COMMAND", help="another hanji than this checkout's")
    add("--make-site", type=Path, metavar="FILE", help="a script that makes the blogs, instead of the bench's own")
    add(
        "--work",
        type=Path,
        metavar="DIR",
        help="where the blogs are made, and found by the next run; else they are removed",
    )
    add("--results", type=Path, default=RESULTS, metavar="FILE", help="the figures of all runs, as JSON")
    add("--page", type=Path, default=PAGE, metavar="FILE", help="the page to write")
    add("--write-only", action="store_true", help="measure nothing: write the page of the kept figures")
    return parser.parse_args()


def _words(known: Iterable[str]) -> Callable[[str], list[str]]:
    def parse_names(text: str) -> list[str]:
        names = text.split(",")
        if unknown := set(names).difference(known):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: not one of {', '.join(known)}")
        return names

    return parse_names


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def measure(arguments: argparse.Namespace, folder: Path) -> None:
    """Measure what is asked for; after each part the results and the page are."""
    own, peers = own_generator(arguments.hanji), tuple(find_peers(arguments.peers, arguments.bin))
    kept, series = load_runs(arguments.results), defaultdict[Series, list[Sample]](list)

    def record(key: Series, sample: Sample) -> None:
        series[key].append(sample)
        print(f"{key.work:12} {key.posts:7,} {key.generator:24} {_tell(sample)}", file=sys.stderr)

    session = Session(
        blogs=blogs_of(arguments.make_site.resolve()) if arguments.make_site else OWN,
        folder=folder.resolve(),
        own=own,
        peers=peers,
        rounds=arguments.rounds,
        record=record,
    )
    run = Run(
        day=datetime.datetime.now(datetime.UTC).date().isoformat(),
        blogs=session.blogs.name,
        machine=describe_machine(),
        versions=_tell_versions(own, peers, None if arguments.hanji else find_commit()),
        series=series,
    )
    session.folder.mkdir(parents=True, exist_ok=True)
    try:
        warm_up(session)
        for work, posts in plan(arguments):
            WORKS[work](session, posts)
            save_runs(arguments.results, add_run(kept, run))
            write_page(arguments.page, add_run(kept, run))
    finally:
        session.remove_leavings()


def write_page(page: Path, runs: Sequence[Run]) -> None:
    page.write_text(format_report(runs), encoding="utf-8")


def _tell_versions(own: Generator, peers: Iterable[Generator], commit: str | None) -> dict[str, str]:
    versions = {each.name: each.read_version() for each in (own, *peers)} | read_versions()
    return versions | ({own.name: f"{versions[own.name]} ({commit})"} if commit else {})


def plan(arguments: argparse.Namespace) -> Iterator[tuple[str, int]]:
    """Give each kind of work with each number of posts, in the order in which they are measured."""
    for work in arguments.only:
        yield from ((work, posts) for posts in (arguments.dense_sizes if work == "dense" else arguments.sizes))
    if arguments.huge:
        yield "cold", HUGE


def _tell(sample: Sample) -> str:
    cpu = "" if sample.cpu_s is None else f"  CPU {sample.cpu_s:8.3f} s"
    peak = "" if sample.peak_bytes is None else f"  peak {sample.peak_bytes / 1e6:,.0f} MB"
    touched = "" if sample.touched is None else f"  {sample.touched} files touched"
    return f"wall {sample.wall_s:8.3f} s{cpu}{peak}{touched}"


if __name__ == "__main__":
    main()
