"""A function and its items in, the results in order out; knows nothing of what it runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Self

from generator.engine.attempt import Item, Result, Shared, attempt_all
from generator.engine.watch import UNWATCHED, Watch
from generator.errors import SiteError, raise_all

if TYPE_CHECKING:
    from generator.engine.crew import Crew
    from generator.engine.executors import NamedExecutor

# Below this many pages, starting workers costs more than they save.
_WORTH_WORKERS = 200
# A chunk is long enough to be worth sending, and short enough that none is left alone with a long one at the end.
_CHUNKS_PER_WORKER, _LONGEST_CHUNK = 16, 100


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
        self._under_way: Generator[object, None, None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # Whoever took results may have been interrupted: the workers are not to go on for nobody.
        if self._under_way is not None:
            self._under_way.close()
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
        self._under_way = results = self._attempt(fn, items, shared, cost)
        for item, result in zip(items, results, strict=True):
            if isinstance(result, SiteError):
                problems.append(result)
            else:
                yield item, result
        raise_all(problems)

    def _attempt(
        self, fn: Callable[[Item, Shared], Result], items: Sequence[Item], shared: Shared, cost: float
    ) -> Generator[Result | SiteError, None, None]:
        """Yield fn(item, shared) for each item, or the SiteError that it raised."""
        if len(items) < 2 or len(items) * cost < _WORTH_WORKERS:
            return attempt_all(fn, items, shared, self.watch)
        if self._executor is not None:
            crew = self._crew = self._crew or _make_crew(self._executor, self.jobs)
            return crew.attempt(fn, _cut(items, crew.size), shared, self.watch)
        if self.jobs == 1 or not hasattr(os, "fork"):
            return attempt_all(fn, items, shared, self.watch)
        # Processes take 12 ms to import: as long as a build takes to see that little has changed.
        from generator.engine.forks import attempt_in_forks

        return attempt_in_forks(self.jobs, fn, _cut(items, self.jobs), shared, self.watch)


def _make_crew(executor: NamedExecutor, size: int) -> Crew:
    from generator.engine.executors import make_crew  # only sites that name an executor pay for loading it

    return make_crew(executor, size)


def _cut(items: Sequence[Item], workers: int) -> list[Sequence[Item]]:
    size = min(-(-len(items) // (workers * _CHUNKS_PER_WORKER)), _LONGEST_CHUNK)
    return [items[start : start + size] for start in range(0, len(items), size)]
