"""The files that a process has made, found by what they read and ask for, without a look at all of their records."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from generator.incremental.state import OutputRecord
from generator.templating.effects import Fact


class Index:
    """Paths by what their files have read or asked for since the process began; whether they still do, records tell.

    notable: paths of files that asked for an image, or had a warning.
    """

    def __init__(self) -> None:
        self.notable: set[str] = set()
        self._readers: dict[str, set[str]] = {}

    def add(self, path: str, reads: Iterable[Fact], record: OutputRecord) -> None:
        """Take a file that has just been made."""
        for owner in {fact[1] if len(fact) > 1 else "" for fact in reads}:
            self._readers.setdefault(owner, set()).add(path)
        if record.images or record.warnings:
            self.notable.add(path)

    def find_readers(self, owners: Iterable[str]) -> set[str]:
        """Return the files that read facts of these owners, such as documents or templates."""
        return set(chain.from_iterable(self._readers.get(owner, ()) for owner in owners))
