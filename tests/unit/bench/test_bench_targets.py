"""Targets: which run they are taken from, which figure counts, and when they are met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from bench.builds.measure import Sample
from bench.builds.results import Run, Series
from bench.builds.targets import TARGETS, Target, find_outcome

OURS, HUGO, SMALL = Series("cold", 1_000), Series("cold", 1_000, "hugo"), Series("cold", 100)


def timed(*walls: float) -> Sequence[Sample]:
    return [Sample(wall_s=wall, cpu_s=2 * wall) for wall in walls]


def a_run(series: Mapping[Series, Sequence[Sample]]) -> Run:
    return Run(day="2025-01-01", blogs="own", machine="a machine", versions={}, series=series)


def a_target(
    reference: Series | None = None, *, limit: float = 1, field: str = "wall_s", per_post: bool = False
) -> Target:
    return Target(work="w", what="f", series=OURS, field=field, limit=limit, reference=reference, per_post=per_post)


def test_a_figure_is_the_median_of_its_rounds() -> None:
    outcome = find_outcome(a_target(), [a_run({OURS: timed(3, 1, 2)})])
    assert outcome
    assert (outcome.value, outcome.low, outcome.high) == (2, 1, 3)


def test_a_ratio_is_the_median_of_the_rounds_ratios() -> None:
    outcome = find_outcome(a_target(HUGO), [a_run({OURS: timed(1, 2, 6), HUGO: timed(2, 8, 4)})])
    assert outcome
    assert (outcome.value, outcome.low, outcome.high) == (0.5, 0.25, 1.5)


def test_a_ratio_to_another_number_of_posts_is_of_the_medians() -> None:
    outcome = find_outcome(a_target(SMALL), [a_run({OURS: timed(10, 11), SMALL: timed(1, 1, 2)})])
    assert outcome
    assert outcome.value == 10.5


def test_a_ratio_by_post_leaves_the_numbers_of_posts_out() -> None:
    outcome = find_outcome(a_target(SMALL, per_post=True), [a_run({OURS: timed(12), SMALL: timed(1)})])
    assert outcome
    assert outcome.value == pytest.approx(1.2)


@pytest.mark.parametrize("field", ["peak_bytes", "touched"])
def test_a_promise_is_judged_by_the_worst_round(field: str) -> None:
    samples = [Sample(wall_s=1, peak_bytes=1, touched=1), Sample(wall_s=1, peak_bytes=9, touched=9)]
    outcome = find_outcome(a_target(field=field), [a_run({OURS: samples})])
    assert outcome
    assert outcome.value == 9


def test_both_sides_are_of_the_latest_run_that_has_both() -> None:
    whole, half = a_run({OURS: timed(1), HUGO: timed(2)}), a_run({OURS: timed(5)})
    outcome = find_outcome(a_target(HUGO), [whole, half])
    assert outcome
    assert outcome.run is whole


def test_a_run_that_did_not_look_at_the_figure_is_passed_over() -> None:
    whole, blind = a_run({OURS: timed(1)}), a_run({OURS: [Sample(wall_s=1)]})
    outcome = find_outcome(a_target(field="cpu_s"), [whole, blind])
    assert outcome
    assert outcome.run is whole


def test_what_no_run_has_is_not_found() -> None:
    assert find_outcome(a_target(HUGO), [a_run({OURS: timed(1)}), a_run({HUGO: timed(1)})]) is None


@pytest.mark.parametrize(("limit", "met"), [(1.9, False), (2, True)])
def test_a_target_is_met_up_to_its_limit(limit: float, met: bool) -> None:
    target = a_target(limit=limit)
    outcome = find_outcome(target, [a_run({OURS: timed(2)})])
    assert outcome
    assert outcome.meets(target) is met


def test_no_two_targets_are_the_same() -> None:
    assert len({(target.work, target.what) for target in TARGETS}) == len(TARGETS)
