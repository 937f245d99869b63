"""Runs of the benchmark as values, and as the JSON file that keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bench.builds.measure import Sample


class Series(NamedTuple):
    """What was measured: the work, on how many posts, by which generator."""

    work: str
    posts: int
    generator: str = "hanji"


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of the benchmark; only figures of one run are set against each other."""

    day: str
    blogs: str
    machine: str
    versions: Mapping[str, str]
    series: Mapping[Series, Sequence[Sample]]


def load_runs(path: Path) -> list[Run]:
    """Load the runs kept in a file, the oldest first; none where there is no file."""
    if not path.exists():
        return []
    return [_parse_run(run) for run in json.loads(path.read_text(encoding="utf-8"))]


def _parse_run(run: Mapping[str, Any]) -> Run:
    series = {
        Series(each["work"], each["posts"], each["generator"]): [Sample(**sample) for sample in each["samples"]]
        for each in run["series"]
    }
    return Run(**{**run, "series": series})


def save_runs(path: Path, runs: Iterable[Run]) -> None:
    path.write_text(
        json.dumps([_format_run(run) for run in runs], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _format_run(run: Run) -> Mapping[str, Any]:
    series = [
        {**key._asdict(), "samples": [_format_sample(sample) for sample in samples]}
        for key, samples in run.series.items()
    ]
    return {"day": run.day, "blogs": run.blogs, "machine": run.machine, "versions": run.versions, "series": series}


def _format_sample(sample: Sample) -> Mapping[str, Any]:
    known = {name: value for name, value in asdict(sample).items() if value is not None}
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in known.items()}


def add_run(runs: Sequence[Run], new: Run) -> list[Run]:
    """Return the runs with the new one, without those all of whose figures it has anew."""
    return [run for run in runs if run.blogs != new.blogs or not run.series.keys() <= new.series.keys()] + [new]
