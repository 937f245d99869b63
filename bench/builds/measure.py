"""A command in, what it took out: wall and CPU seconds of all its processes and, on request, their memory's peak.

Linux alone: memory and children are read from /proc.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
SAMPLE_S = 0.05
BUSY = 10
"""A look at the memory is followed by at least so many times as long a rest: it must not slow what it looks at."""
LINGER_S = 60.0
TAIL = 2_000


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What one run of a command took; what was not looked at is None."""

    wall_s: float
    cpu_s: float | None = None
    user_s: float | None = None
    """The part of the CPU time that was not the system's, which makes files for longer the more there are."""
    peak_bytes: int | None = None
    """The most that all processes had at one time: the sum of their proportional set sizes."""
    files: int | None = None
    """How many files the output folder then holds."""
    touched: int | None = None
    """How many files of the output folder are not the ones from before: by inode, time and size."""


def adopt_orphans() -> None:
    """Make this process the parent of what its children leave behind, so that their CPU time is counted, too."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run_measured(
    command: Sequence[str], folder: Path, *, environment: Mapping[str, str] | None = None, memory: bool = False
) -> Sample:
    """Run a command in a folder to its end.

    Raises: RuntimeError: the command failed, or left processes that do not end.
    """
    os.sync()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = _Peak()
    with tempfile.TemporaryFile() as output, _watched(peak, memory):
        start = time.perf_counter()
        code = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(environment or {})}, stdout=output, stderr=subprocess.STDOUT
        ).wait()
        wall_s = time.perf_counter() - start
        _await_orphans()
        if code:
            output.seek(0)
            raise RuntimeError(f"{' '.join(command)}: status {code}\n{output.read().decode(errors='replace')[-TAIL:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    user_s, system_s = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
    peak_bytes = peak.bytes if memory else None
    return Sample(wall_s=wall_s, cpu_s=user_s + system_s, user_s=user_s, peak_bytes=peak_bytes)


def _await_orphans() -> None:
    deadline = time.monotonic() + LINGER_S
    while time.monotonic() < deadline:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            time.sleep(0.01)
    raise RuntimeError("processes of the last command do not end")


@dataclass
class _Peak:
    bytes: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        rest_s = SAMPLE_S
        while not self.done.wait(rest_s):
            start = time.thread_time()
            self.bytes = max(self.bytes, sum(map(_proportional_bytes, find_descendants(os.getpid()))))
            rest_s = max(SAMPLE_S, BUSY * (time.thread_time() - start))


@contextmanager
def _watched(peak: _Peak, memory: bool) -> Iterator[None]:
    if not memory:
        yield
        return
    watcher = threading.Thread(target=peak.watch)
    watcher.start()
    try:
        yield
    finally:
        peak.done.set()
        watcher.join()


def find_descendants(process: int) -> Iterator[int]:
    """Find the children of a process, theirs, and so on."""
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _read(thread).split():
            yield int(child)
            yield from find_descendants(int(child))


def _proportional_bytes(process: int) -> int:
    lines = _read(Path(f"/proc/{process}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _read(entry: Path) -> str:
    try:
        return entry.read_text(encoding="utf-8")
    except OSError:  # the process has ended
        return ""


def stamp_files(folder: Path) -> Mapping[str, tuple[int, int, int]]:
    """Return each file's inode, time of change and size."""
    stamps = {}
    for path in folder.rglob("*"):
        if path.is_file():
            status = path.stat()
            stamps[path.relative_to(folder).as_posix()] = (status.st_ino, status.st_mtime_ns, status.st_size)
    return stamps


def count_touched(before: Mapping[str, object], after: Mapping[str, object]) -> int:
    return sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())
