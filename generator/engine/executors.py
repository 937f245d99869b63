"""What the config says of an executor in, a crew of workers out; imports what is named when the first stage comes."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from typing import Any

from msgspec import Struct, field

from generator.engine.crew import Crew
from generator.errors import SiteError

DASK = "distributed"
"""The name that stands for `dask.distributed`."""


class NamedExecutor(Struct, frozen=True, kw_only=True):
    """name: `distributed`, or `module:callable` of what returns an executor. options: its keyword arguments."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


def make_crew(executor: NamedExecutor, size: int) -> Crew:
    """Return the workers of an executor. size: how many there are, where the executor does not tell.

    Raises: SiteError when it cannot be had, at the latest when the first stage comes.
    """
    if executor.name == DASK:
        from generator.engine.cluster import DaskCrew  # only sites that name it pay for loading it

        return DaskCrew(executor.options)
    return Crew(_find(executor), size)


def _find(executor: NamedExecutor) -> Callable[[], Executor]:
    module_name, _, attribute = executor.name.partition(":")
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise _refusal(executor, f"The module `{module_name}` cannot be imported: {error}") from None
    make = getattr(module, attribute, None)
    if not callable(make):
        raise _refusal(executor, f"The module `{module_name}` has no `{attribute}` that can be called")

    def start() -> Executor:
        try:
            made = make(**executor.options)
        except (TypeError, ValueError) as error:
            raise _refusal(executor, f"It does not take its `executor_options`: {error}") from error
        if not isinstance(made, Executor):
            raise _refusal(executor, f"It gives a `{type(made).__name__}`, which is no `concurrent.futures.Executor`")
        return made

    return start


def _refusal(executor: NamedExecutor, reason: str) -> SiteError:
    return SiteError(
        f"`executor` below `[build]` can't be `{executor.name}`",
        reasons=(reason,),
        hint='Write `"module:callable"`, naming what returns an executor; for Dask, `"distributed"`.',
    )
