"""Results of chunks come in order, and no more chunks are under way than workers can be kept busy with."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

import pytest

from generator.engine.chunks import join_chunks
from generator.engine.watch import UNWATCHED

CHUNKS = [range(start, start + 10) for start in range(0, 1_000, 10)]


class Workers:
    """Two that are done at once. begun: numbers of chunks."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.futures: list[Future[list[int]]] = []

    def submit(self, number: int, chunk: Sequence[int]) -> Future[list[int]]:
        self.begun.append(number)
        self.futures.append(Future())
        return self.futures[-1]

    def finish(self, future: Future[list[int]], chunk: Sequence[int]) -> list[int]:
        if 500 in chunk:
            raise OSError("gone")
        return list(chunk)


def test_chunks_are_begun_as_results_are_taken() -> None:
    workers = Workers()
    results = join_chunks(workers.submit, workers.finish, Future.cancel, CHUNKS, 2, UNWATCHED)
    assert [next(results) for _ in range(95)] == list(range(95))
    assert workers.begun == list(range(9 + 8))


def test_what_is_under_way_is_called_off_when_a_chunk_fails() -> None:
    workers = Workers()
    with pytest.raises(OSError, match="gone"):
        list(join_chunks(workers.submit, workers.finish, Future.cancel, CHUNKS, 2, UNWATCHED))
    assert [number for number, future in enumerate(workers.futures) if future.cancelled()] == list(range(51, 58))


def test_what_is_under_way_is_called_off_when_nobody_wants_more() -> None:
    workers = Workers()
    results = join_chunks(workers.submit, workers.finish, Future.cancel, CHUNKS, 2, UNWATCHED)
    next(results)
    results.close()
    assert sum(future.cancelled() for future in workers.futures) == 7
