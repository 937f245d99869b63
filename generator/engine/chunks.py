"""Chunks of items and who works on them in, the results one by one out, in order; not all are begun at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from itertools import islice
from typing import Any, TypeVar

from generator.engine.attempt import Item
from generator.engine.watch import Watch

OutcomeT = TypeVar("OutcomeT")

# Enough that no worker waits for its next chunk, and few enough to hold the results of.
_UNDER_WAY = 4


def join_chunks(
    submit: Callable[[int, Sequence[Item]], Future[OutcomeT]],
    finish: Callable[[Future[OutcomeT], Sequence[Item]], list[Any]],
    call_off: Callable[[Future[OutcomeT]], object],
    chunks: Sequence[Sequence[Item]],
    workers: int,
    watch: Watch,
) -> Generator[Any, None, None]:
    """Yield the results of all chunks.

    submit: begins a chunk, which has that number. finish: waits for its results. call_off: is told of those
    that nobody will wait for. Raises: what these two raise.
    """
    waiting: deque[tuple[Future[OutcomeT], Sequence[Item]]] = deque()
    upcoming, done, total = enumerate(chunks), 0, sum(map(len, chunks))
    try:
        while True:
            for number, chunk in islice(upcoming, _UNDER_WAY * workers - len(waiting)):
                waiting.append((submit(number, chunk), chunk))
            if not waiting:
                return
            results = finish(*waiting.popleft())
            yield from results
            done += len(results)
            watch.advance(done, total)
    finally:
        for future, _ in waiting:
            call_off(future)
