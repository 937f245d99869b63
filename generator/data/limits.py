"""How much a piece of data may hold, so that a hostile one is a clean error."""

from __future__ import annotations

from typing import Any

from generator.data.problems import DataError

MAX_DEPTH = 128
"""Tables and lists inside each other. Zola: serde's limit."""

MAX_NODES = 1_000_000
"""Values that a YAML text may stand for, its aliases written out."""

TOO_DEEP = f"Values are nested deeper than {MAX_DEPTH} levels"


def check_depth(value: Any) -> None:
    """Raise DataError for a value that is nested too deep; recursion would end in an error of Python's."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [item for outer in level if isinstance(outer, dict | list) for item in _items(outer)]
        if not level:
            return
    raise DataError(TOO_DEEP, 0)


def _items(outer: dict[str, Any] | list[Any]) -> list[Any]:
    """Return the items that hold others; plain ones add no depth."""
    items = outer.values() if isinstance(outer, dict) else outer
    return [item for item in items if isinstance(item, dict | list)]
