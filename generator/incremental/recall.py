"""What was read then and what it is now in; which of the last build's results still hold out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from generator.incremental.facts import VOLATILE, Facts
from generator.incremental.marks import Mark
from generator.incremental.names import FactList, name_fact, split_fact
from generator.templating.effects import Fact


class Result(Protocol):
    """A result of the last build: what it was made from, and the places of what it read."""

    @property
    def given(self) -> Mark: ...
    @property
    def reads(self) -> list[int]: ...


def find_changed(facts: FactList, now: Facts) -> frozenset[int]:
    """Return the places of those facts that are no longer what they were."""
    return frozenset(place for place, (name, then) in enumerate(facts) if is_changed(then, now.mark(split_fact(name))))


def is_changed(then: Mark, now: Mark) -> bool:
    """Tell whether a fact is another; what is volatile always is."""
    return then != now or type(then) is not type(now) or now == VOLATILE


class FactTable:
    """Collects the facts that results read, each once, with their marks as they are now."""

    def __init__(self, now: Facts) -> None:
        self._now = now
        self._places: dict[str, int] = {}
        self._names: list[str] = []

    def places(self, facts: Iterable[Fact]) -> list[int]:
        """Return the places of facts that a fresh result read."""
        return [self._place(name_fact(fact)) for fact in facts]

    def places_again(self, facts: FactList, reads: Iterable[int]) -> list[int]:
        """Return the places here of facts that a kept result read."""
        return [self._place(facts[place][0]) for place in reads]

    def _place(self, name: str) -> int:
        place = self._places.get(name)
        if place is None:
            place = self._places[name] = len(self._names)
            self._names.append(name)
        return place

    def facts(self) -> FactList:
        """Return all facts in the order of their places."""
        return [(name, self._now.mark(split_fact(name))) for name in self._names]


ResultT = TypeVar("ResultT", bound=Result)


def keep_valid(
    records: Mapping[str, ResultT], given: Mapping[str, Mark], changed: frozenset[int]
) -> dict[str, ResultT]:
    """Return the records whose input is the same and whose facts are unchanged. given: marks of the inputs now."""
    return {
        key: record
        for key, now in given.items()
        if (record := records.get(key)) is not None and record.given == now and changed.isdisjoint(record.reads)
    }
