"""A blog in; out, how soon its server shows the first page and, after a save, the new one."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.builds.generators import Generator
from bench.builds.measure import Sample

POLL_S = 0.002
LIMIT_S = 120.0
BETWEEN_S = 1.0
"""A rest after each page: an author reads before the next save, and the server's work is over."""


def measure_start(generator: Generator, blog: Path, address: str) -> Sample:
    """Start the server and await a whole page."""
    with _served(generator, blog) as (port, start):
        return Sample(wall_s=_await_text(port, address, b"</html>") - start)


@dataclass(frozen=True, kw_only=True)
class Save:
    """An edit of a file, and the page that shows it. edit: puts a mark into the file's text."""

    source: str
    edit: Callable[[str, str], str]
    address: str
    link: re.Pattern[bytes] | None = None
    """What in the page at that address leads to the one that shows the edit; None where it is that page itself."""


def measure_saves(generator: Generator, blog: Path, save: Save, saves: int) -> list[Sample]:
    """Edit a file, await the mark on the page, and so on; the file is then as it was."""
    file = blog / save.source
    before = file.read_text(encoding="utf-8")
    samples = []
    with _served(generator, blog) as (port, _):
        address = _find_address(save, port)
        _await_text(port, address, b"</html>")
        for number in range(saves):
            time.sleep(BETWEEN_S)
            mark = f"saved-{number}-{time.time_ns()}"
            file.write_text(save.edit(before, mark), encoding="utf-8")
            start = time.perf_counter()
            samples.append(Sample(wall_s=_await_text(port, address, mark.encode()) - start))
        time.sleep(BETWEEN_S)
        file.write_text(before, encoding="utf-8")
    return samples


def _find_address(save: Save, port: int) -> str:
    if save.link is None:
        return save.address
    _await_text(port, save.address, b"</html>")
    found = save.link.search(_fetch(port, save.address))
    if found is None:
        raise RuntimeError(f"{save.address} has no link like {save.link.pattern!r}")
    return found[1].decode()


@contextmanager
def _served(generator: Generator, blog: Path) -> Iterator[tuple[int, float]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    start = time.perf_counter()
    server = subprocess.Popen(
        [*generator.command, "serve", "--interface", "127.0.0.1", "--port", str(port)],
        cwd=blog,
        env={**os.environ, **generator.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield port, start
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _await_text(port: int, address: str, text: bytes) -> float:
    """Ask for the page until the text is in it; return when that was, as `time.perf_counter` has it.

    Raises: RuntimeError: it does not come.
    """
    deadline = time.perf_counter() + LIMIT_S
    while (now := time.perf_counter()) < deadline:
        if text in _fetch(port, address):
            return time.perf_counter()
        time.sleep(max(0.0, POLL_S - (time.perf_counter() - now)))
    raise RuntimeError(f"{address} does not show {text.decode()}")


def _fetch(port: int, address: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT_S)
    try:
        connection.request("GET", address)
        return connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return b""
    finally:
        connection.close()
