"""A function and some items in, what it returns or complains of for each out; in this process, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from generator.engine.watch import UNWATCHED, Watch
from generator.errors import SiteError

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")


def attempt_all(
    fn: Callable[[Item, Shared], Result], items: Sequence[Item], shared: Shared, watch: Watch = UNWATCHED
) -> Generator[Result | SiteError, None, None]:
    """Yield fn(item, shared) for each item, or the SiteError that it raised."""
    for done, item in enumerate(items, 1):
        result: Result | SiteError
        try:
            result = fn(item, shared)
        except SiteError as error:
            result = error
        yield result
        watch.advance(done, len(items))


def name_of(item: object) -> str:
    """Return an item as an author knows it: what a site is made of has a path, or is one."""
    found = (getattr(item, attribute, None) for attribute in ("relative_path", "path", "target"))
    return next((name for name in found if isinstance(name, str)), str(item))
