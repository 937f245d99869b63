"""The development server as a whole: requests are answered in a thread of their own while this one builds.

Builds belong into the main thread: they set timers and start processes, and Ctrl-C is to stop them.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from h11 import LocalProtocolError
from msgspec import Struct
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from generator.serve.application import Application
from generator.serve.leisure import Leisure
from generator.serve.snapshot import Snapshot
from generator.serve.store import Failure, State
from generator.serve.watch import Watched, watch

_STOP_S = 1.5
# Within this time a request is to arrive; each open connection holds one of the system's few open files.
_REQUEST_S = 15.0
# After so many it is cleaned up, once nothing else is to do; and after so many although there is.
_REBUILDS_TO_CLEAN, _MOST_REBUILDS = 20, 60


class Rebuilt(Struct, frozen=True, kw_only=True):
    """What one rebuild came to. causes: the paths whose change led to it. seconds: from then to the new state.

    state: what is served now; its `changed` is empty when the build made nothing new.
    """

    causes: frozenset[Path]
    seconds: float
    state: State


class Workshop(Struct, frozen=True, kw_only=True):
    """Where new builds come from. rebuild: is given what changed. report: is told of each rebuild.

    since_ns: when the first build began, so that what changed during it counts. longest_ms: changes are gathered that
    long at most. say: shows a line on the terminal. For the time between two changes: make_next makes one of the files
    that the last build left pending, and tells whether there was one; next_seconds tells how long that may take;
    recheck builds what the last rebuild may have missed, None if it cannot have missed anything; clean tidies up after
    many rebuilds.
    """

    rebuild: Callable[[frozenset[Path]], Snapshot | Failure]
    report: Callable[[Rebuilt], None]
    watched: Watched
    since_ns: int
    longest_ms: int
    say: Callable[[str], None]
    make_next: Callable[[], bool | Failure] = bool
    next_seconds: Callable[[], float] = float
    recheck: Callable[[], Snapshot | Failure | None] = lambda: None
    clean: Callable[[], object] = bool


def run_server(listening: socket.socket, application: Application, workshop: Workshop) -> None:
    """Serve, and build anew for each batch of changes, until Ctrl-C. Raises: KeyboardInterrupt when all is closed."""
    with BackgroundServer(listening, application, workshop) as server:
        follow_changes(server, workshop)


def follow_changes(server: BackgroundServer, workshop: Workshop) -> None:
    """Build anew for each batch of changes, until the server stops; what changes meanwhile makes the next batch."""
    pending: frozenset[Path] = frozenset()
    for batch in server.changes():
        causes = pending | batch
        started = time.perf_counter()
        outcome = workshop.rebuild(causes)
        if isinstance(outcome, Failure) and server.has_changes:
            # It may have read the first half of a save, or of a checkout: only what the next build says counts.
            pending = causes
            continue
        pending = frozenset()
        state = server.update(outcome)
        workshop.report(Rebuilt(causes=causes, seconds=time.perf_counter() - started, state=state))


class BackgroundServer:
    """Answers requests and watches the site's files, in a thread of its own, for the time of a `with`."""

    def __init__(self, listening: socket.socket, application: Application, workshop: Workshop) -> None:
        self._listening = listening
        self._application = application
        self._workshop = workshop
        self._batches: queue.SimpleQueue[frozenset[Path] | BaseException | None] = queue.SimpleQueue()
        self._ready = threading.Event()
        self._troubles: set[str] = set()
        self._rebuilds = 0
        self._loop: asyncio.AbstractEventLoop
        self._task: asyncio.Task[None]
        # A daemon, so that nothing keeps the process from ending.
        self._thread = threading.Thread(target=self._run, name="hanji-serve", daemon=True)

    def __enter__(self) -> BackgroundServer:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._thread.join(_STOP_S)

    def stop(self) -> None:
        """Close what is open; `changes` comes to its end."""
        # It may have ended by itself.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._task.cancel)

    def changes(self) -> Iterator[frozenset[Path]]:
        """Yield what has changed since the last time, as soon as something has. Raises: what broke the server."""
        leisure = self._begin_leisure()
        while True:
            try:
                batch = self._batches.get(timeout=next(leisure))
            except queue.Empty:
                continue
            self._rebuilds += 1
            while isinstance(batch, frozenset) and not self._batches.empty():
                following = self._batches.get()
                batch = batch | following if isinstance(following, frozenset) else following
            if batch is None:
                return
            if isinstance(batch, BaseException):
                raise batch
            yield batch
            if self._rebuilds >= _MOST_REBUILDS:
                self._clean()
            leisure = self._begin_leisure()

    def _begin_leisure(self) -> Iterator[float]:
        workshop = self._workshop
        leisure = Leisure(
            recheck=self._recheck,
            make_next=workshop.make_next,
            next_seconds=workshop.next_seconds,
            clean=self._clean,
            settle=self._application.store.settle,
            retract=self._retract,
        )
        return leisure.use()

    def _clean(self) -> None:
        if self._rebuilds >= _REBUILDS_TO_CLEAN:
            self._workshop.clean()
            self._rebuilds = 0

    def _recheck(self) -> None:
        """Serve what the last rebuild missed: notices of changes are hints, and some never come."""
        started = time.perf_counter()
        outcome = self._workshop.recheck()
        if outcome is None:
            return
        state = self.update(outcome)
        if state.changed or state.failure:
            causes = frozenset({self._workshop.watched.root})
            self._workshop.report(Rebuilt(causes=causes, seconds=time.perf_counter() - started, state=state))

    def _retract(self, failure: Failure) -> None:
        """Show that a part of the site, which was left for later, could not be made."""
        self._workshop.say(failure.coloured)
        self._application.store.retract(failure)
        self._wake()

    @property
    def has_changes(self) -> bool:
        """Tell whether something has changed since `changes` yielded."""
        return not self._batches.empty()

    def update(self, outcome: Snapshot | Failure) -> State:
        """Serve what a build gave from now on."""
        store = self._application.store
        # Here, because requests would have to wait while two snapshots of a large site are compared.
        state = store.update(outcome)
        self._wake()
        return state

    def _wake(self) -> None:
        # The server may have ended meanwhile.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._application.store.wake)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except asyncio.CancelledError:
            self._batches.put(None)
        except BaseException as error:
            self._batches.put(error)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(self._tell_trouble)
        task = asyncio.current_task()
        assert task is not None
        self._task = task
        self._ready.set()
        server = Server(_configure(self._application))
        serving = asyncio.ensure_future(server.serve(sockets=[self._listening]))
        watching = asyncio.ensure_future(self._watch())
        try:
            await asyncio.wait({serving, watching}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            server.should_exit = True
            watching.cancel()
            await asyncio.gather(serving, watching, return_exceptions=True)
        for each in (serving, watching):
            if not each.cancelled():
                each.result()

    def _tell_trouble(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Say in a line, once, what the system refuses; what else goes wrong beside the requests is a bug."""
        error = context.get("exception")
        if self._task.cancelling():
            return
        if not isinstance(error, OSError):
            loop.default_exception_handler(context)
        elif context["message"] not in self._troubles:
            self._troubles.add(context["message"])
            self._workshop.say(f"{context['message']}: {error}")

    async def _watch(self) -> None:
        workshop = self._workshop
        changes = watch(workshop.watched, since_ns=workshop.since_ns, longest_ms=workshop.longest_ms, say=workshop.say)
        async for batch in changes:
            self._batches.put(batch)


class _PatientProtocol(H11Protocol):
    """Speaks HTTP, and hangs up on who does not come to the point."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the library has it
        super().connection_made(transport)
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        super().connection_lost(exc)

    def _expect_request(self) -> None:
        self._timer = self.loop.call_later(_REQUEST_S, self._check_request, self.cycle)

    def _check_request(self, before: object) -> None:
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            return
        # Before the first request there is no cycle, whatever the library's types say.
        answering = not getattr(self.cycle, "response_complete", True)
        if self.cycle is before and not answering:
            self.transport.close()
        else:
            self._expect_request()


def _is_bug(record: logging.LogRecord) -> bool:
    """Tell bugs, which must be seen, from the web server's own news, and from who hangs up in the middle."""
    return record.exc_info is not None and not isinstance(record.exc_info[1], LocalProtocolError | None)


def _configure(application: Application) -> Config:
    logger = logging.getLogger("uvicorn")
    handler = logging.StreamHandler()
    handler.addFilter(_is_bug)
    logger.handlers = [handler]
    logger.propagate = False
    return Config(
        application,
        http=_PatientProtocol,
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
