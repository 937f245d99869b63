"""Workers of a Dask cluster: the scheduler's address in, a crew out; imported only where a config asks for it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from itertools import repeat
from typing import Any

from generator.engine.crew import Crew
from generator.engine.parcel import Parcel
from generator.errors import SiteError

try:
    from distributed import Client, KilledWorker, LocalCluster
except ImportError as error:
    raise SiteError("A build on a Dask cluster needs a library", hint="pip install 'hanji[distributed]'") from error


# Its types are not told.
_CLIENT: Any = Client
_OPTIONS = inspect.signature(Client).parameters.keys() | inspect.signature(LocalCluster).parameters.keys()


class DaskCrew(Crew):
    """Workers of `dask.distributed`. options: of its `Client`; without an address, workers start on this machine."""

    losses = (*Crew.losses, KilledWorker)

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(self._connect, 1)
        # Dask hands what it does not know to its workers, which then fail to start, one after the other.
        for name in options.keys() - _OPTIONS:
            raise _refusal(f"`{name}` is no option of Dask's `Client` or `LocalCluster`")
        self._options = options
        self._client: Any = None

    @property
    def size(self) -> int:
        return max(1, len(self._connected.nthreads()))

    def close(self) -> None:
        super().close()
        if self._client is not None:
            self._client.close()
            self._client = None

    @property
    def _connected(self) -> Any:
        if self._client is None:
            self._client = _tried(partial(_CLIENT, set_as_default=False, **self._options))
        return self._client

    def _connect(self) -> Executor:
        # The same call may give something else next time: sites change.
        executor: Executor = self._connected.get_executor(pure=False)
        return executor

    def _share(self, parcel: Parcel) -> Iterator[Any]:
        """Yield where the stage is, for each chunk: it is sent to each worker once, and kept while a chunk needs it."""
        return repeat(_tried(partial(self._connected.scatter, parcel.content, broadcast=True)))

    def _reach(self, chunks: Sequence[Sequence[Any]]) -> int:
        """Begin all at once: a chunk that is sent after a worker was lost may find what was scattered gone with it."""
        return len(chunks)

    def _recover(self) -> None:
        """Do nothing: the scheduler replaces workers itself."""


def _tried(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except (OSError, RuntimeError, TypeError, ValueError) as error:
        raise _refusal(str(error) or type(error).__name__) from error


def _refusal(reason: str) -> SiteError:
    return SiteError(
        "The Dask cluster cannot be used",
        reasons=(reason,),
        hint="Correct `executor_options` below `[build]` in the config, or start the scheduler and its workers.",
    )
