"""The name of an executor in, its workers out, or what is wrong with the name."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.engine.executors import NamedExecutor
from generator.engine.stage import Stages
from generator.errors import SiteError

REPOSITORY = Path(__file__).parents[3]


def square(item: int, shared: None) -> int:
    return item * item


def run(name: str, items: int = 300, jobs: int | None = None, **options: Any) -> list[int]:
    with Stages(jobs, executor=NamedExecutor(name=name, options=options)) as stages:
        return stages.map(square, range(items), None)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("concurrent.futures:ThreadPoolExecutor", {}),
        ("concurrent.futures:ThreadPoolExecutor", {"max_workers": 1}),
        ("concurrent.futures:ProcessPoolExecutor", {"max_workers": 2}),
    ],
)
def test_an_executor_is_found_by_its_name(name: str, options: Mapping[str, Any]) -> None:
    assert run(name, **options) == [number * number for number in range(300)]


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("no_such.module:make", {}, "The module `no_such.module` cannot be imported"),
        ("concurrent.futures:Pool", {}, "The module `concurrent.futures` has no `Pool` that can be called"),
        ("concurrent.futures:ThreadPoolExecutor", {"workers": 2}, "It does not take its `executor_options`"),
        ("concurrent.futures:ThreadPoolExecutor", {"max_workers": 0}, "max_workers must be greater than 0"),
        ("collections:OrderedDict", {}, "It gives a `OrderedDict`, which is no `concurrent.futures.Executor`"),
    ],
)
def test_what_is_wrong_with_a_name_is_told(name: str, options: Mapping[str, Any], reason: str) -> None:
    with pytest.raises(SiteError) as caught:
        run(name, **options)
    assert caught.value.message == f"`executor` below `[build]` can't be `{name}`"
    assert reason in caught.value.reasons[0]


@pytest.mark.parametrize(("items", "jobs"), [(50, None), (300, 1)])
def test_it_is_not_started_for_little_work_or_one_job(items: int, jobs: int) -> None:
    assert run("no_such.module:make", items, jobs) == [number * number for number in range(items)]


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "generator.engine.cluster", raising=False)
    with pytest.raises(SiteError) as caught:
        run("distributed")
    assert caught.value.hint == "pip install 'hanji[distributed]'"


def test_an_option_that_dask_does_not_know_is_named() -> None:
    with pytest.raises(SiteError, match="`adress` is no option of Dask's `Client`"):
        run("distributed", adress="tcp://127.0.0.1:8786")


# Dask keeps threads that tests which fork processes should not meet, so it gets a program of its own.
CLUSTER = """
import logging, os, signal
import dask
from distributed import LocalCluster
from generator.engine.executors import NamedExecutor
from generator.engine.stage import Stages
from generator.errors import SiteError

def work(item, shared):
    if item == "posts/137.md" and shared == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()

def attempt(shared, **options):
    try:
        with Stages(executor=NamedExecutor(name="distributed", options=options)) as stages:
            return stages.map(work, [f"posts/{number:03}.md" for number in range(200)], shared)
    except SiteError as error:
        return str(error)

if __name__ == "__main__":
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    logging.disable(logging.CRITICAL)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        found = attempt("", address=cluster.scheduler_address)
        print(len(found), len(set(found)), os.getpid() in found)
        print(attempt("kill", address=cluster.scheduler_address))
    print(attempt("", address="tcp://127.0.0.1:1", timeout=0.1))
"""


def test_a_cluster_of_two_workers(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(CLUSTER)
    command = [sys.executable, str(program)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    worked, lost, unreachable = done.stdout.splitlines()
    assert worked == "200 2 False"
    assert lost.startswith("A worker process ended at `posts/137.md`")
    assert unreachable.startswith("The Dask cluster cannot be used")
    assert "tcp://127.0.0.1:1" in unreachable
