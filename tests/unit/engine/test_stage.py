"""One core or all: the same results, the same errors."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from multiprocessing import active_children

import pytest

from generator.engine.stage import Stages
from generator.engine.watch import Watch
from generator.errors import SiteError, SiteErrors


def scaled(item: int, factor: int) -> tuple[int, int]:
    if item % 100 == 99:
        raise SiteError(f"{item:03} is broken")
    return item * factor, os.getpid()


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    results = Stages(jobs).map(scaled, range(99), 3, cost=5)
    assert [number for number, _ in results] == [number * 3 for number in range(99)]
    assert ({process for _, process in results} == {os.getpid()}) is (jobs == 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_item_comes_with_its_result_and_all_problems_at_the_end(jobs: int) -> None:
    came: list[tuple[int, int]] = []
    results = Stages(jobs).each(scaled, range(500), 3)
    with suppress(SiteErrors):
        for item, (result, _) in results:
            came.append((item, result))
    assert came == [(number, number * 3) for number in range(500) if number % 100 != 99]


@pytest.mark.parametrize("jobs", [1, 2])
def test_all_problems_are_raised_together(jobs: int) -> None:
    with pytest.raises(SiteErrors) as caught:
        Stages(jobs).map(scaled, range(500), 3)
    expected = [f"{n:03} is broken" for n in range(99, 500, 100)]
    assert [problem.message for problem in caught.value.problems] == expected


def test_few_items_start_no_worker() -> None:
    assert {pid for _, pid in Stages(2).map(scaled, range(9), 1)} == {os.getpid()}


def killed(item: str, signal_number: int) -> str:
    if item == "posts/137.md":
        os.kill(os.getpid(), signal_number)
    return item


def test_a_worker_that_is_killed_is_noticed_and_its_item_named() -> None:
    items = [f"posts/{number:03}.md" for number in range(400)]
    with pytest.raises(SiteError, match=r"A worker process ended \(signal 9\) at `posts/137.md`"):
        Stages(2).map(killed, items, signal.SIGKILL)


class Noted(Watch):
    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def advance(self, done: int, total: int) -> None:
        self.steps.append((done, total))


@pytest.mark.parametrize(("jobs", "items"), [(1, 500), (2, 500), (2, 3)])
def test_a_watch_is_told_how_far_a_stage_is(jobs: int, items: int) -> None:
    watch = Noted()
    with suppress(SiteErrors):
        Stages(jobs, watch).map(scaled, range(items), 3)
    done = [step[0] for step in watch.steps]
    assert done == sorted(done)
    assert done[-1] == items
    assert {total for _, total in watch.steps} == {items}


def test_workers_end_when_who_takes_their_results_is_interrupted() -> None:
    with suppress(KeyboardInterrupt), Stages(2) as stages:
        for _ in stages.each(scaled, range(5_000), 3):
            raise KeyboardInterrupt
    # The pool's own thread may be the one that notes their end, so it is not enough to join them.
    deadline = time.monotonic() + 10
    while active_children():
        assert time.monotonic() < deadline
