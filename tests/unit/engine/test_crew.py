"""Workers of any executor: the same results, what is shared sent once to each, and none lost unnoticed."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from generator.engine import parcel
from generator.engine.crew import Crew
from generator.engine.watch import UNWATCHED
from generator.errors import SiteError

CHUNKS = [range(start, start + 10) for start in range(0, 200, 10)]
EXECUTORS = [partial(ThreadPoolExecutor, 2), partial(ProcessPoolExecutor, 2)]
unpacked_by: list[int] = []
factors = itertools.count(4)


class Factor:
    """Is shared; notes each time that it is unpacked in this process."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __reduce__(self) -> tuple[object, ...]:
        return _unpack_factor, (self.value,)


def _unpack_factor(value: int) -> Factor:
    unpacked_by.append(os.getpid())
    return Factor(value)


def scaled(item: int, factor: Factor) -> tuple[int, int, int]:
    if item == 99:
        raise SiteError("99 is broken")
    return item * factor.value, os.getpid(), unpacked_by.count(os.getpid())


def attempt(start: Callable[[], Executor], size: int, factor: int) -> list[object]:
    crew = Crew(start, size)
    unpacked_by.clear()
    try:
        return list(crew.attempt(scaled, CHUNKS, Factor(factor), UNWATCHED))
    finally:
        crew.close()


@pytest.mark.parametrize("start", EXECUTORS)
def test_results_come_in_order(start: Callable[[], Executor]) -> None:
    results = attempt(start, 2, 3)
    problem = results.pop(99)
    assert isinstance(problem, SiteError)
    assert [result[0] for result in results] == [n * 3 for n in range(200) if n != 99]


@pytest.mark.parametrize("start", EXECUTORS)
@pytest.mark.parametrize("size", [1, 2, 50])
def test_what_is_shared_is_unpacked_once_by_each_worker(start: Callable[[], Executor], size: int) -> None:
    # This process and those forked from it still have what the last test shared.
    results = attempt(start, size, next(factors))
    assert {result[2] for result in results if not isinstance(result, SiteError)} == {1}


def test_the_next_stage_is_another_one() -> None:
    crew = Crew(partial(ThreadPoolExecutor, 1), 1)
    first = list(crew.attempt(scaled, CHUNKS[:1], Factor(2), UNWATCHED))
    second = list(crew.attempt(scaled, CHUNKS[:1], Factor(5), UNWATCHED))
    crew.close()
    assert [result[0] for result in (first[1], second[1])] == [2, 5]


def killed(item: str, marks: Path | None) -> str:
    """Kill the worker at one item: each time, or when there is a folder for marks, the first time."""
    if item == "posts/137.md" and (marks is None or not (marks / "killed").exists()):
        if marks is not None:
            (marks / "killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def kill(marks: Path | None) -> tuple[Sequence[str], list[str]]:
    items = [f"posts/{number:03}.md" for number in range(200)]
    crew = Crew(partial(ProcessPoolExecutor, 2), 2)
    try:
        chunks = [items[start : start + 10] for start in range(0, 200, 10)]
        return items, list(crew.attempt(killed, chunks, marks, UNWATCHED))
    finally:
        crew.close()


def test_an_item_that_ends_its_worker_is_named() -> None:
    with pytest.raises(SiteError, match=r"A worker process ended at `posts/137.md`"):
        kill(None)


def test_a_worker_that_is_lost_for_another_reason_is_made_up_for(tmp_path: Path) -> None:
    items, results = kill(tmp_path)
    assert results == items


def test_a_bug_is_raised_as_itself() -> None:
    with pytest.raises(AttributeError, match="value"):
        list(Crew(partial(ThreadPoolExecutor, 1), 1).attempt(scaled, CHUNKS, None, UNWATCHED))


def test_workers_of_another_version_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = parcel.pack(scaled, Factor(1))
    monkeypatch.setattr(parcel, "_PROGRAM", "hanji 0.0.1 on CPython 3.11.0")
    with pytest.raises(SiteError, match=r"runs hanji 0\.0\.1 on CPython 3\.11\.0, but this build is of hanji"):
        parcel.attempt_chunk(packed.name, packed.program, packed.content, [1])
