"""The page about the benchmarks, and the file of figures that it is written from."""

from __future__ import annotations

from pathlib import Path

from bench.builds.measure import Sample
from bench.builds.report import format_report
from bench.builds.results import Run, Series, add_run, load_runs, save_runs

OURS, HUGO = Series("cold", 1_000), Series("cold", 1_000, "hugo")
SAVED, PEAK, NOTHING = Series("serve-save", 1_000), Series("memory", 10_000), Series("nothing", 1_000)
RUN = Run(
    day="2025-01-01",
    blogs="own",
    machine="2 cores",
    versions={"hanji": "1.2.3", "hugo": "0.1"},
    series={
        OURS: [Sample(wall_s=1.0, cpu_s=2.0, files=12), Sample(wall_s=1.2, cpu_s=2.2, files=12)],
        HUGO: [Sample(wall_s=4.0, cpu_s=2.0), Sample(wall_s=4.0, cpu_s=2.0)],
        SAVED: [Sample(wall_s=0.0751)],
        PEAK: [Sample(wall_s=9.5, cpu_s=12.25, peak_bytes=999_000_000)],
        NOTHING: [Sample(wall_s=0.25, touched=0), Sample(wall_s=0.25, touched=1)],
    },
)


def test_targets_are_told_with_what_they_are_of() -> None:
    page = format_report([RUN])
    assert "| wall, of Hugo's | ≤ 0.5 × | **0.275 ×** (0.25 ×–0.3 ×): 1.10 s of 4.00 s | yes | 1 |" in page
    assert "| CPU, of Hugo's | ≤ 0.8 × | **1.05 ×** (1 ×–1.1 ×): 2.10 s of 2.00 s | **no** | 1 |" in page
    assert "| memory of all processes | ≤ 1.00 GB | **1.00 GB** | yes | 1 |" in page
    assert "| server: a post saved, to its new page, 1,000 posts | wall | ≤ 60 ms | **75 ms** | **no** | 1 |" in page
    assert "| nothing changed, 1,000 posts | files touched | ≤ 0 | **1** (0–1) | **no** | 1 |" in page
    assert "| a title edited, 10,000 posts | wall | ≤ 3.00 s | not measured | | |" in page


def test_figures_are_told_with_their_spread() -> None:
    page = format_report([RUN])
    assert "| first build | 1,000 | hanji | 1.10 (1.00–1.20) | 2.10 (2.00–2.20) |  | 12 | 2 | 1 |" in page
    assert "| first build, memory watched | 10,000 | hanji | 9.50 | 12.2 | 999 |  | 1 | 1 |" in page


def test_runs_are_told_with_versions_and_machine() -> None:
    assert "1. 2025-01-01: hanji 1.2.3, hugo 0.1; 2 cores" in format_report([RUN])


def test_every_kind_of_blog_has_its_own_tables() -> None:
    other = Run(
        day="2025-01-02", blogs="make_site.py", machine="2 cores", versions={}, series={OURS: [Sample(wall_s=3)]}
    )
    page = format_report([RUN, other])
    own, made = page.index("## Blogs: the bench's own"), page.index("## Blogs: `make_site.py`")
    assert made < own
    assert "| first build | 1,000 | hanji | 3.00 |  |  |  | 1 | 2 |" in page[made:own]


def test_runs_are_kept(tmp_path: Path) -> None:
    assert load_runs(tmp_path / "results.json") == []
    save_runs(tmp_path / "results.json", [RUN])
    assert load_runs(tmp_path / "results.json") == [RUN]


def test_a_run_takes_the_place_of_one_that_it_has_anew() -> None:
    again = Run(day="2025-01-02", blogs="own", machine="", versions={}, series={OURS: [], HUGO: []})
    part = Run(day="2025-01-03", blogs="own", machine="", versions={}, series={OURS: []})
    other = Run(day="2025-01-03", blogs="make_site.py", machine="", versions={}, series={OURS: [], HUGO: []})
    assert add_run([RUN, part], again) == [RUN, again]
    assert add_run([again], part) == [again, part]
    assert add_run([again], other) == [again, other]
