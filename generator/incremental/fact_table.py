"""The facts that results read, kept between builds: each at a place of its own, with its mark when it was last seen."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

import msgspec

from generator.incremental.marks import VOLATILE, Mark
from generator.templating.effects import Fact

if TYPE_CHECKING:
    from generator.incremental.facts import Facts

# What a fact is: its kind, what it is of, and which of that (`page`, `a.md`, `title`).
Places = dict[str, dict[str, dict[str, int]]]

_SEPARATOR = "\x1f"
# A table with so many more facts than when it was last cleared of those that nobody reads is cleared again.
_GROWTH, _SLACK = 2, 1000
# Facts that say what a document says; all others of its kind follow from how documents stand to each other.
_OF_DOCUMENTS = ("page", "section")
# Facts that do not follow from documents, templates and settings.
_OUTSIDE = ("file", "now", "volatile")
_FREE = (*_OUTSIDE, "template", "translation")


class FactTable(msgspec.Struct, frozen=True, array_like=True):
    """Facts by kind, owner and detail → place; marks by place. cleared: how many there were when all were in use."""

    places: Places = {}
    marks: list[Any] = []
    cleared: int = 0

    def outside(self) -> Iterator[tuple[Fact, Mark]]:
        """Yield the facts, with their marks, that do not follow from documents, templates and settings.

        The path of a translation is one: it says where the site stands.
        """
        for kind in (*_OUTSIDE, "translation"):
            for owner, details in self.places.get(kind, {}).items():
                for detail, place in details.items():
                    if kind in _OUTSIDE or detail == "path":
                        yield _join(kind, owner, detail), self.marks[place]

    def by_place(self) -> dict[int, Fact]:
        """Return every fact by its place."""
        return {
            place: _join(kind, owner, detail)
            for kind, owners in self.places.items()
            for owner, details in owners.items()
            for detail, place in details.items()
        }


def _split(fact: Fact) -> tuple[str, str, str]:
    kind, owner, *detail = fact if len(fact) > 1 else (*fact, "")
    return kind, owner, _SEPARATOR.join(detail)


def _join(kind: str, owner: str, detail: str) -> Fact:
    if detail:
        return kind, owner, *detail.split(_SEPARATOR)
    return (kind, owner) if owner else (kind,)


class Changed(NamedTuple):
    """Facts that are no longer what they were, by their places, with what they are. owners: what they are of."""

    marks: dict[int, Mark]
    owners: set[str]


def find_changed(table: FactTable, now: Facts, touched: Container[str] | None = None) -> Changed:
    """Return the facts that are no longer what they were.

    touched: keys of the documents that alone may look otherwise than they did; None where any may.
    """
    changed = Changed({}, set())
    for kind, owners in table.places.items():
        for owner, details in _chosen(kind, owners, touched):
            for detail, place in details.items():
                mark = now.mark(_join(kind, owner, detail))
                if is_changed(table.marks[place], mark):
                    changed.marks[place] = mark
                    changed.owners.add(owner)
    return changed


def _chosen(
    kind: str, owners: dict[str, dict[str, int]], touched: Container[str] | None
) -> Iterable[tuple[str, dict[str, int]]]:
    if touched is None or kind in _FREE:
        return owners.items()
    if kind in _OF_DOCUMENTS:
        return [(owner, details) for owner, details in owners.items() if owner in touched]
    return ()


def is_changed(then: Mark, now: Mark) -> bool:
    """Tell whether a fact is another; what is volatile always is."""
    return then != now or type(then) is not type(now) or now == VOLATILE


class Notes:
    """A table as it is after a build: facts that changed are marked anew, what fresh results read is added."""

    def __init__(self, table: FactTable, changed: Mapping[int, Mark], now: Facts) -> None:
        self._now = now
        self._before = table.places
        self._places: Places = {kind: dict(owners) for kind, owners in table.places.items()}
        self._marks = list(table.marks)
        self._cleared = table.cleared
        self._is_new = not table.marks
        # By the whole fact, of those that were asked for.
        self._found: dict[Fact, int] = {}
        for place, mark in changed.items():
            self._marks[place] = mark

    def places(self, facts: Iterable[Fact]) -> list[int]:
        """Return the places of facts that a fresh result read."""
        find = self._found.get
        return [self._place(fact) if (place := find(fact)) is None else place for fact in facts]

    def table(self) -> FactTable:
        # Where there was none before, all are in use.
        return FactTable(self._places, self._marks, len(self._marks) if self._is_new else self._cleared)

    def _place(self, fact: Fact) -> int:
        kind, owner, detail = fact if len(fact) == 3 else _split(fact)
        details = self._places.setdefault(kind, {}).setdefault(owner, {})
        place = details.get(detail)
        if place is None:
            if details is self._before.get(kind, {}).get(owner):
                details = self._places[kind][owner] = dict(details)
            place = details[detail] = len(self._marks)
            self._marks.append(self._now.mark(fact))
        self._found[fact] = place
        return place


class Result(Protocol):
    """A result of the last build: what it was made from, and the places of what it read."""

    @property
    def given(self) -> Mark: ...
    @property
    def reads(self) -> list[int]: ...


ResultT = TypeVar("ResultT", bound=Result)


def keep_valid(
    records: Mapping[str, ResultT],
    wanted: Mapping[str, object],
    given: Mapping[str, Mark],
    places: Mapping[int, Mark],
    readers: Iterable[str] | None = None,
) -> dict[str, ResultT]:
    """Return those of the wanted records whose input and facts are what they were.

    given: marks of the inputs now, of those at least that may have changed. places: of the facts that changed. readers:
    whose records alone may have read one of them; None for all.
    """
    # There may be many records: what is not looked at one by one costs an edit next to nothing.
    kept = dict(records)
    for key in records.keys() - wanted.keys():
        del kept[key]
    for key in (records if readers is None else readers) if places else ():
        if key in kept and not places.keys().isdisjoint(kept[key].reads):
            del kept[key]
    for key, now in given.items():
        if key in kept and kept[key].given != now:
            del kept[key]
    return kept


class Cleared(NamedTuple):
    """A table, and by each place that it had where that fact is now."""

    table: FactTable
    moves: dict[int, int]


def clear(table: FactTable, results: Iterable[Result]) -> Cleared | None:
    """Return a table without what nobody reads any more; None while it does not pay."""
    if len(table.marks) <= _GROWTH * table.cleared + _SLACK:
        return None
    used = sorted({place for result in results for place in result.reads})
    moves = {place: number for number, place in enumerate(used)}
    places = {
        kind: {
            owner: left
            for owner, details in owners.items()
            if (left := {detail: moves[place] for detail, place in details.items() if place in moves})
        }
        for kind, owners in table.places.items()
    }
    return Cleared(FactTable(places, [table.marks[place] for place in used], len(used)), moves)
