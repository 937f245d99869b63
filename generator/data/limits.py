"""How much a piece of data may hold, so that a hostile one is a clean error."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from generator.data.problems import DataError

MOST_DEPTH = 200
"""What Python's own stack has room for, whatever reads or prints the values."""


class Bounds(Struct, frozen=True, kw_only=True):
    """What ends the reading of data. depth: tables and lists inside each other. Zola: serde's limit.

    nodes: values that a YAML text stands for, its aliases written out.
    """

    depth: int = 128
    nodes: int = 1_000_000

    def too_deep(self, offset: int = 0) -> DataError:
        """Return the problem of data that are nested too deep."""
        return DataError(f"Values are nested deeper than {self.depth} levels (`limits.data_depth`)", offset)


USUAL = Bounds()


def check_depth(value: Any, bounds: Bounds) -> None:
    """Raise DataError for a value that is nested too deep; recursion would end in an error of Python's."""
    level = [value]
    for _ in range(bounds.depth):
        level = [item for outer in level if isinstance(outer, dict | list) for item in _items(outer)]
        if not level:
            return
    raise bounds.too_deep()


def _items(outer: dict[str, Any] | list[Any]) -> list[Any]:
    """Return the items that hold others; plain ones add no depth."""
    items = outer.values() if isinstance(outer, dict) else outer
    return [item for item in items if isinstance(item, dict | list)]
