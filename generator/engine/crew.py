"""Workers behind any `concurrent.futures.Executor`: a stage and its items in, the results in order out.

Nothing is asked of the executor but `submit` and `shutdown`, so it may reach as far as it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from functools import partial
from itertools import chain, repeat
from typing import Any

from generator.engine.attempt import name_of
from generator.engine.chunks import join_chunks
from generator.engine.parcel import Parcel, attempt_chunk, pack
from generator.engine.watch import Watch
from generator.errors import SiteError

Outcome = list[Any] | None
"""Results of a chunk; None when its worker had not got the stage."""


class Crew:
    """Workers of an executor that `start` makes, when the first stage comes.

    size: how many there are, as far as is known. losses: what a future raises when the worker that had it is gone.
    """

    losses: tuple[type[BaseException], ...] = (BrokenExecutor, CancelledError)

    def __init__(self, start: Callable[[], Executor], size: int) -> None:
        self._start = start
        self._size = size
        self._executor: Executor | None = None

    @property
    def size(self) -> int:
        return self._size

    def attempt(
        self, fn: Callable[..., Any], chunks: Sequence[Sequence[Any]], shared: object, watch: Watch
    ) -> Generator[Any, None, None]:
        """Yield fn(item, shared) for each item of the chunks, or the SiteError that it raised.

        Raises: SiteError when an item ends its worker. One that is gone for another reason is made up for.
        """
        parcel = pack(fn, shared)
        contents = self._share(parcel)
        return join_chunks(
            lambda _, chunk: self._submit(parcel, next(contents), chunk),
            partial(self._finish, parcel),
            Future.cancel,
            chunks,
            self._reach(chunks),
            watch,
        )

    def close(self) -> None:
        """End the executor; what it still does is of no use any more."""
        if self._executor is not None:
            self._executor.shutdown(wait=False)
            self._executor = None

    @property
    def _running(self) -> Executor:
        if self._executor is None:
            self._executor = self._start()
        return self._executor

    def _share(self, parcel: Parcel) -> Iterator[Any]:
        """Yield what is sent along with one chunk after the other: the stage with as many as there are workers."""
        return chain(repeat(parcel.content, self.size), repeat(None))

    def _reach(self, chunks: Sequence[Sequence[Any]]) -> int:
        """Return for how many workers chunks are under way."""
        return self.size

    def _recover(self) -> None:
        """After a loss: an executor that lost one worker may be of no use any more, so another is started."""
        self.close()

    def _submit(self, parcel: Parcel, content: Any, items: Sequence[Any]) -> Future[Outcome]:
        try:
            return self._running.submit(attempt_chunk, parcel.name, parcel.program, content, items)
        except self.losses as loss:
            future: Future[Outcome] = Future()
            future.set_exception(loss)
            return future

    def _finish(self, parcel: Parcel, future: Future[Outcome], chunk: Sequence[Any]) -> list[Any]:
        try:
            return self._result(parcel, future, chunk)
        except self.losses:
            # An executor does not tell which item it was, or whether it was one: each is tried alone.
            return [self._try_alone(parcel, item) for item in chunk]

    def _result(self, parcel: Parcel, future: Future[Outcome], items: Sequence[Any]) -> list[Any]:
        found = future.result()
        if found is None:
            found = self._submit(parcel, parcel.content, items).result()
        assert found is not None  # the stage was sent along
        return found

    def _try_alone(self, parcel: Parcel, item: Any) -> Any:
        for _ in range(2):
            try:
                return self._result(parcel, self._submit(parcel, None, [item]), [item])[0]
            except self.losses as loss:
                reason = str(loss)
                self._recover()
        raise SiteError(
            f"A worker process ended at `{name_of(item)}`",
            reasons=(reason,) if reason else (),
            hint="Perhaps the memory did not suffice.",
        )
