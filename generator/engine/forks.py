"""A function and chunks of items in, the results in order out, from processes that are forked for this one stage."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess
from typing import Any

from generator.engine.attempt import Item, Result, Shared, attempt_all, name_of
from generator.engine.board import Board
from generator.engine.chunks import join_chunks
from generator.engine.lifeline import end_with_parent
from generator.engine.watch import Watch
from generator.errors import SiteError

_FAREWELL_S = 1.0


def attempt_in_forks(
    jobs: int, fn: Callable[[Item, Shared], Result], chunks: list[Sequence[Item]], shared: Shared, watch: Watch
) -> Generator[Result | SiteError, None, None]:
    """Yield fn(item, shared) for each item of the chunks, or the SiteError that it raised. jobs: how many processes."""
    context, board = get_context("fork"), Board(len(chunks))
    workers: list[BaseProcess] = []
    # A forked worker sees what is shared without a copy; the collector must not touch (and so copy) that memory.
    gc.freeze()
    executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_install, initargs=(fn, shared, board))

    def submit(number: int, chunk: Sequence[Item]) -> Future[list[Any]]:
        with _interrupts_held():
            future = executor.submit(_attempt_chunk, number, chunk)
        workers.extend(active_children() if not workers else ())
        return future

    try:
        yield from join_chunks(submit, _results_of, _leave, chunks, jobs, watch)
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


def _results_of(future: Future[list[Any]], _: Sequence[object]) -> list[Any]:
    return future.result()


def _leave(_: Future[list[Any]]) -> None:
    """Do nothing: the pool is going to end, and stumbles over a future that is cancelled while its workers die."""


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
