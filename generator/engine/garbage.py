"""When values end that nobody needs any more: seldom before the process does, as what a build makes stays."""

from __future__ import annotations

import gc

# New values until the young are looked through, and how often until the middle-aged and the old are as well.
_YOUNG, _MIDDLE, _OLD = 100_000, 50, 1_000_000


def collect_seldom() -> None:
    """Look through what is young now and then, and through all never: that would take longer than many a build."""
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)


def collect_all() -> None:
    """Look through all now."""
    gc.collect()


class _Last:
    """What nobody needs any more, and is not worth taking apart."""

    value: object = None


def leave(value: object) -> None:
    """Have a large value end with the process, or with the next one: to take it apart first takes longer."""
    _Last.value = value
