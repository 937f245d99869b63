"""A function and its items in, the results in order out; knows nothing of what it runs."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_all_start_methods, get_context
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, Self

from generator.engine.attempt import Item, Result, Shared, attempt_all, name_of
from generator.engine.board import Board
from generator.engine.chunks import join_chunks
from generator.engine.lifeline import end_with_parent
from generator.engine.watch import UNWATCHED, Watch
from generator.errors import SiteError, raise_all

if TYPE_CHECKING:
    from generator.engine.crew import Crew
    from generator.engine.executors import NamedExecutor

# Below this many pages, starting workers costs more than they save.
_WORTH_WORKERS = 200
# A chunk is long enough to be worth sending, and short enough that none is left alone with a long one at the end.
_CHUNKS_PER_WORKER, _LONGEST_CHUNK = 16, 100
_FAREWELL_S = 1.0


class Stages:
    """Runs stages one after the other; each gets its items, and once what all items share.

    jobs: worker processes; 1 runs everything in this process; None is one a core. Where a system cannot fork, there
    is always one. watch: is told how far a stage is. executor: whose workers to use instead, unless jobs is 1; they
    are kept from stage to stage, until the end of the `with` block.
    """

    def __init__(
        self, jobs: int | None = None, watch: Watch = UNWATCHED, executor: NamedExecutor | None = None
    ) -> None:
        self.watch = watch
        self.jobs = max(1, jobs if jobs is not None else os.cpu_count() or 1)
        self._executor = executor if jobs != 1 else None
        self._crew: Crew | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        crew, self._crew = self._crew, None
        # Who interrupts a build does not want to wait for a farewell; workers end without one, too.
        if crew is not None and (kind is None or issubclass(kind, Exception)):
            crew.close()

    def map(
        self, fn: Callable[[Item, Shared], Result], items: Sequence[Item], shared: Shared, *, cost: float = 1.0
    ) -> list[Result]:
        """Return fn(item, shared) for each item, in order. cost: of an item, beside that of rendering a page.

        Raises: SiteErrors with the problems of all items, after each was tried.
        """
        return [result for _, result in self.each(fn, items, shared, cost=cost)]

    def each(
        self, fn: Callable[[Item, Shared], Result], items: Sequence[Item], shared: Shared, *, cost: float = 1.0
    ) -> Iterator[tuple[Item, Result]]:
        """Yield each item with fn(item, shared), in order, as they come: who does not keep them needs no memory.

        cost: as in map. Raises: SiteErrors as map does, at the end.
        """
        problems: list[SiteError] = []
        for item, result in zip(items, self._attempt(fn, items, shared, cost), strict=True):
            if isinstance(result, SiteError):
                problems.append(result)
            else:
                yield item, result
        raise_all(problems)

    def _attempt(
        self, fn: Callable[[Item, Shared], Result], items: Sequence[Item], shared: Shared, cost: float
    ) -> Iterator[Result | SiteError]:
        """Yield fn(item, shared) for each item, or the SiteError that it raised."""
        if len(items) < 2 or len(items) * cost < _WORTH_WORKERS:
            return attempt_all(fn, items, shared, self.watch)
        if self._executor is not None:
            crew = self._crew = self._crew or _make_crew(self._executor, self.jobs)
            return crew.attempt(fn, _cut(items, crew.size), shared, self.watch)
        if self.jobs == 1 or "fork" not in get_all_start_methods():
            return attempt_all(fn, items, shared, self.watch)
        return self._attempt_in_workers(fn, _cut(items, self.jobs), shared)

    def _attempt_in_workers(
        self, fn: Callable[[Item, Shared], Result], chunks: list[Sequence[Item]], shared: Shared
    ) -> Iterator[Result | SiteError]:
        context, board = get_context("fork"), Board(len(chunks))
        workers: list[BaseProcess] = []
        # A forked worker sees what is shared without a copy; the collector must not touch (and so copy) that memory.
        gc.freeze()
        executor = ProcessPoolExecutor(
            self.jobs, mp_context=context, initializer=_install, initargs=(fn, shared, board)
        )

        def submit(number: int, chunk: Sequence[Item]) -> Future[list[Any]]:
            with _interrupts_held():
                future = executor.submit(_attempt_chunk, number, chunk)
            workers.extend(active_children() if not workers else ())
            return future

        try:
            yield from join_chunks(submit, _results_of, chunks, self.jobs, self.watch)
        except BrokenProcessPool:
            executor.shutdown(cancel_futures=True)
            raise _loss(chunks, board, workers) from None
        except Exception:
            executor.shutdown(cancel_futures=True)
            raise
        except BaseException:
            # Interrupted: what the workers do is of no use any more, and neither is an orderly end.
            for worker in active_children():
                worker.kill()
            raise
        finally:
            gc.unfreeze()
        executor.shutdown()


def _make_crew(executor: NamedExecutor, size: int) -> Crew:
    from generator.engine.executors import make_crew  # only sites that name an executor pay for loading it

    return make_crew(executor, size)


def _cut(items: Sequence[Item], workers: int) -> list[Sequence[Item]]:
    size = min(-(-len(items) // (workers * _CHUNKS_PER_WORKER)), _LONGEST_CHUNK)
    return [items[start : start + size] for start in range(0, len(items), size)]


def _results_of(future: Future[list[Any]], _: Sequence[object]) -> list[Any]:
    return future.result()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while workers start: they inherit that for good, and it stays with this process to end them."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _loss(chunks: list[Sequence[Item]], board: Board, workers: Sequence[BaseProcess]) -> SiteError:
    """Return what is to be said when a worker is gone: who did it is not known, but what it was at."""
    for worker in workers:
        worker.join(_FAREWELL_S)
    # The pool itself ends the others by SIGTERM.
    lost = {worker.pid: worker.exitcode for worker in workers if worker.exitcode not in (None, 0, -signal.SIGTERM)}
    at_work = board.read()
    guilty = [place for place in at_work if place.process in lost] or at_work
    names = " or ".join(f"`{name_of(chunks[place.chunk][place.item])}`" for place in guilty)
    how = ", ".join(f"signal {-code}" if code < 0 else f"status {code}" for code in lost.values() if code)
    return SiteError(
        f"A worker process ended ({how or 'it is not known how'}){' at ' + names if names else ''}",
        hint="Perhaps the memory did not suffice: try `--jobs 1`.",
    )


_installed: tuple[Callable[..., Any], Any, Board]


def _install(fn: Callable[..., Any], shared: object, board: Board) -> None:
    global _installed
    _installed = (fn, shared, board)
    end_with_parent()


def _attempt_chunk(number: int, items: Sequence[Any]) -> list[Any]:
    fn, shared, board = _installed

    def attempt(item: tuple[int, Any], shared: Any) -> Any:
        board.note(number, item[0])
        return fn(item[1], shared)

    results = list(attempt_all(attempt, list(enumerate(items)), shared))
    board.clear(number)
    return results
