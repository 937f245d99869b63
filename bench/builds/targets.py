"""Runs in, the targets' outcomes out: what the figure is, of what, and whether it is what was set out to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.builds.measure import Sample
from bench.builds.results import Run, Series

WORST = ("peak_bytes", "touched")
"""Of these the greatest counts, not the median: they are promises."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A figure of a series, or its ratio to another series' of the same run, and the most that it may be."""

    work: str
    what: str
    series: Series
    field: str
    limit: float
    reference: Series | None = None
    per_post: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a target."""

    value: float
    low: float
    high: float
    measured: float
    reference: float | None
    run: Run

    def meets(self, target: Target) -> bool:
        return self.value <= target.limit


def find_outcome(target: Target, runs: Iterable[Run]) -> Outcome | None:
    """Find the outcome in the latest run that has all that it takes."""
    needed = {target.series, target.reference or target.series}
    for run in reversed(list(runs)):
        if all(read_figures(run.series.get(each, ()), target.field) for each in needed):
            return _resolve_outcome(target, run)
    return None


def _resolve_outcome(target: Target, run: Run) -> Outcome:
    values = read_figures(run.series[target.series], target.field)
    chosen = max(values) if target.field in WORST else median(values)
    if target.reference is None:
        return Outcome(value=chosen, low=min(values), high=max(values), measured=chosen, reference=None, run=run)
    others = read_figures(run.series[target.reference], target.field)
    ratios = _ratios(target, values, others)
    return Outcome(
        value=median(ratios), low=min(ratios), high=max(ratios), measured=chosen, reference=median(others), run=run
    )


def read_figures(samples: Sequence[Sample], field: str) -> list[float]:
    return [value for sample in samples if (value := getattr(sample, field)) is not None]


def _ratios(target: Target, values: Sequence[float], others: Sequence[float]) -> list[float]:
    """Return the ratio of each pair; of the medians where the series were not measured by turns."""
    reference = target.reference
    assert reference is not None
    share = reference.posts / target.series.posts if target.per_post else 1
    if reference.posts == target.series.posts and reference.work == target.series.work:
        return [value * share / other for value, other in zip(values, others, strict=True)]
    return [median(values) * share / median(others)]


def _cold(posts: int, what: str, field: str, limit: float, reference: Series | None, per_post: bool = False) -> Target:
    series = Series("memory" if field == "peak_bytes" else "cold", posts)
    return Target(
        work=f"first build, {posts:,} posts",
        what=what,
        series=series,
        field=field,
        limit=limit,
        reference=reference,
        per_post=per_post,
    )


def _warm(label: str, work: str, posts: int, limit: float, field: str = "wall_s") -> Target:
    what = "files touched" if field == "touched" else "wall"
    return Target(work=f"{label}, {posts:,} posts", what=what, series=Series(work, posts), field=field, limit=limit)


def _dense(what: str, field: str, limit: float, reference: Series) -> Target:
    work = f"40 terms a post, {2_000:,} posts"
    return Target(work=work, what=what, series=Series("dense", 2_000), field=field, limit=limit, reference=reference)


TARGETS = (
    _cold(1_000, "wall, of Hugo's", "wall_s", 0.5, Series("cold", 1_000, "hugo")),
    _cold(1_000, "CPU, of Hugo's", "cpu_s", 0.8, Series("cold", 1_000, "hugo")),
    _cold(1_000, "wall, of Pelican's", "wall_s", 0.3, Series("cold", 1_000, "pelican")),
    _cold(10_000, "wall, of Hugo's", "wall_s", 0.5, Series("cold", 10_000, "hugo")),
    _cold(10_000, "CPU, of its own for 1,000", "cpu_s", 11, Series("cold", 1_000)),
    _cold(10_000, "memory of all processes", "peak_bytes", 1e9, None),
    _cold(100_000, "CPU a post, of its own for 10,000", "cpu_s", 1.3, Series("cold", 10_000), per_post=True),
    _cold(100_000, "memory of all processes", "peak_bytes", 4e9, None),
    _warm("nothing changed", "nothing", 1_000, 0.4),
    _warm("nothing changed", "nothing", 1_000, 0, "touched"),
    _warm("nothing changed", "nothing", 10_000, 1.5),
    _warm("nothing changed", "nothing", 10_000, 0, "touched"),
    _warm("a body edited", "body", 1_000, 0.5),
    _warm("a body edited", "body", 10_000, 2),
    _warm("a title edited", "title", 10_000, 3),
    _dense("wall, of Hugo's", "wall_s", 1.5, Series("dense", 2_000, "hugo")),
    _dense("CPU but the system's, of its own for 1,000", "user_s", 2.2, Series("dense", 1_000)),
    _warm("server: a post saved, to its new page", "serve-save", 1_000, 0.060),
    _warm("server: a post saved, to its new page", "serve-save", 10_000, 0.150),
    _warm("server: started again, to the first page", "serve-start", 1_000, 1.5),
    _warm("server: started again, to the first page", "serve-start", 10_000, 4),
)
