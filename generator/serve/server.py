"""The development server as a whole: answers requests, and on each change goes over to what a new build gives."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from uvicorn import Config, Server

from generator.serve.application import Application
from generator.serve.snapshot import Snapshot
from generator.serve.store import Failure, State, Store
from generator.serve.watch import Watched, watch

Result = TypeVar("Result")
Rebuild = Callable[[frozenset[Path]], Snapshot | Failure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What one rebuild came to. causes: the paths whose change led to it. seconds: from then to the new state."""

    causes: frozenset[Path]
    seconds: float
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Where new builds come from. rebuild: called in a thread, one at a time, with what changed.

    since_ns: when the first build began, so that what changed during it counts. longest_ms: changes are gathered
    that long at most. say: a line for the terminal. report: is told of each rebuild.
    """

    rebuild: Rebuild
    watched: Watched
    since_ns: int
    longest_ms: int
    say: Callable[[str], None]
    report: Callable[[Rebuilt], None]


def run_server(listening: socket.socket, application: Application, workshop: Workshop) -> None:
    """Serve until the process is told to end. Raises: KeyboardInterrupt at Ctrl-C, when all is closed."""
    _show_failures_alone()
    asyncio.run(serve(listening, application, workshop))


async def serve(listening: socket.socket, application: Application, workshop: Workshop) -> None:
    """Serve until cancelled, or told to end by a signal."""
    server = Server(
        Config(
            application,
            http="h11",
            ws="websockets-sansio",
            ws_max_size=1024,
            ws_per_message_deflate=False,
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=1,
            h11_max_incomplete_event_size=16 * 1024,
        )
    )
    changes = watch(workshop.watched, since_ns=workshop.since_ns, longest_ms=workshop.longest_ms, say=workshop.say)
    serving = asyncio.ensure_future(server.serve(sockets=[listening]))
    following = asyncio.ensure_future(follow_changes(changes, application.store, workshop))
    try:
        await asyncio.wait({serving, following}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.should_exit = True
        following.cancel()
        await asyncio.gather(serving, following, return_exceptions=True)
    for task in (serving, following):
        if not task.cancelled():
            task.result()


async def follow_changes(changes: AsyncIterator[frozenset[Path]], store: Store, workshop: Workshop) -> None:
    """Build anew for each batch of changes; what changes during a build makes the next batch."""
    async for causes in changes:
        started = time.perf_counter()
        outcome = await _run_in_thread(partial(workshop.rebuild, causes))
        state = store.update(outcome)
        workshop.report(Rebuilt(causes=causes, seconds=time.perf_counter() - started, state=state))


async def _run_in_thread(work: Callable[[], Result]) -> Result:
    """Run work in a thread that does not keep the process from ending, as an executor's would."""
    future: Future[Result] = Future()
    # From now on nobody can cancel it: the thread may finish in peace.
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, name="hanji-rebuild", daemon=True).start()
    return await asyncio.wrap_future(future)


def _show_failures_alone() -> None:
    """Keep the web server's own news off the terminal, but for exceptions: those are bugs."""
    logger = logging.getLogger("uvicorn")
    handler = logging.StreamHandler()
    handler.addFilter(lambda record: bool(record.exc_info))
    logger.addHandler(handler)
    logger.propagate = False
