"""Whatever ends a build ends its workers: Ctrl-C, another program, a crash; nothing is left behind or said twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
DEADLINE_S = 10.0
# A build of two workers that each begin an item and never end it.
PROGRAM = """
import os, sys, time
from generator import cli
from generator.commands import check
from generator.engine.executors import NamedExecutor
from generator.engine.stage import Stages

def begin(item, folder):
    open(f"{folder}/{os.getpid()}", "w").close()
    time.sleep(600)

def run(**_):
    with Stages(2, executor=executor) as stages:
        stages.map(begin, range(400), folder)

folder, name = sys.argv.pop(), sys.argv.pop()
executor = NamedExecutor(name=name, options={"max_workers": 2}) if name else None
check.command.callback = run
cli.main()
"""


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    # One that has ended and that nobody has waited for is as good as gone.
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_until(condition) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("executor", ["", "concurrent.futures:ProcessPoolExecutor"])
@pytest.mark.parametrize(
    ("number", "whole_group", "status"),
    [
        (signal.SIGINT, True, 130),
        (signal.SIGINT, False, 130),
        (signal.SIGTERM, False, 143),
        (signal.SIGKILL, False, -signal.SIGKILL),
    ],
)
def test_workers_end_with_the_build(tmp_path: Path, number: int, whole_group: bool, status: int, executor: str) -> None:
    build = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "check", executor, str(tmp_path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        start_new_session=True,
    )
    try:
        wait_until(lambda: len(os.listdir(tmp_path)) == 2)
        workers = [int(name) for name in os.listdir(tmp_path)]
        (os.killpg if whole_group else os.kill)(build.pid, number)
        assert build.wait(DEADLINE_S) == status
        wait_until(lambda: not any(is_alive(worker) for worker in workers))
        assert build.stderr is not None
        assert "Traceback" not in build.stderr.read()
    finally:
        build.kill()
        build.communicate()
