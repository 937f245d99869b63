"""Facts by name, as they are kept between builds."""

from __future__ import annotations

from generator.incremental.marks import Mark
from generator.templating.effects import Fact

FactList = list[tuple[str, Mark]]

_SEPARATOR = "\x1f"


def name_fact(fact: Fact) -> str:
    """Return a fact's name in the lists that are kept."""
    return _SEPARATOR.join(fact)


def split_fact(name: str) -> Fact:
    """Return the fact of that name."""
    return tuple(name.split(_SEPARATOR))
