"""A blog in; out, how soon its server shows the first page and, after a save, the new one."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
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


def measure_saves(generator: Generator, blog: Path, source: str, address: str, saves: int) -> list[Sample]:
    """Append a line to a post, await it on its page, and so on; the post is then as it was."""
    post = blog / source
    before = post.read_bytes()
    samples = []
    with _served(generator, blog) as (port, _):
        _await_text(port, address, b"</html>")
        for number in range(saves):
            time.sleep(BETWEEN_S)
            mark = f"saved-{number}-{time.time_ns()}"
            with post.open("a", encoding="utf-8") as text:
                text.write(f"\n\n{mark}\n")
            start = time.perf_counter()
            samples.append(Sample(wall_s=_await_text(port, address, mark.encode()) - start))
        time.sleep(BETWEEN_S)
        post.write_bytes(before)
    return samples


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
