"""A built site as the server answers from it: fixed, whole, and all that can be read."""

from __future__ import annotations

import os
import stat
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct, field

NOT_FOUND = "404.html"


class StaticFile(Struct, frozen=True, kw_only=True):
    """A file that is read from disk when it is asked for. size, modified_ns: when the snapshot was taken."""

    file: Path
    size: int = -1
    modified_ns: int = -1


class UnmadeError(Exception):
    """A pending entry that could not be made. text: what is wrong, for the site's author; coloured: for a terminal."""

    def __init__(self, text: str, coloured: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.coloured = coloured


class PendingEntry(ABC):
    """A file that is made when it is asked for first; in any thread. seen: what was made."""

    __slots__ = ("seen",)
    seen: bytes | None

    @abstractmethod
    def make(self) -> bytes:
        """Make the file. Raises: UnmadeError."""

    def read(self) -> bytes:
        """Return the file. Raises: UnmadeError."""
        if self.seen is None:
            self.seen = self.make()
        return self.seen


Entry = bytes | StaticFile | PendingEntry


class Badge(Struct, frozen=True, kw_only=True):
    """What is told of a page that is not for readers yet. date: of the page, if it is ahead."""

    draft: bool = False
    date: datetime | None = None


class Snapshot(Struct, frozen=True, kw_only=True):
    """entries: what stands at each path below the site, POSIX, NFC, as it is published (`posts/a/index.html`).

    badges: of some of those paths. find_late: finds what came by making pending entries.
    """

    entries: Mapping[str, Entry]
    badges: Mapping[str, Badge] = field(default_factory=dict)
    find_late: Callable[[str], bytes | None] | None = None

    @staticmethod
    def of(
        files: Mapping[str, bytes | Path | PendingEntry],
        badges: Mapping[str, Badge] | None = None,
        find_late: Callable[[str], bytes | None] | None = None,
    ) -> Snapshot:
        """Take a snapshot of these files; those on disk are looked at, not read."""
        return Snapshot(
            entries={normal(path): _entry(content) for path, content in files.items()},
            badges={normal(path): badge for path, badge in (badges or {}).items()},
            find_late=find_late,
        )

    def renew(
        self,
        gone: Iterable[str],
        files: Mapping[str, bytes | Path | PendingEntry],
        badges: Mapping[str, Badge],
        find_late: Callable[[str], bytes | None] | None,
    ) -> Snapshot:
        """Take the next snapshot: without the paths that are gone, and with these files new or in others' place."""
        entries = dict(self.entries)
        for path in gone:
            entries.pop(normal(path), None)
        fresh = Snapshot.of(files, badges, find_late)
        return Snapshot(entries={**entries, **fresh.entries}, badges=fresh.badges, find_late=find_late)

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing of it was pending when it was taken."""
        return self.find_late is None

    def find(self, path: str) -> Entry | None:
        """Return what stands at that path."""
        found = self.entries.get(normal(path))
        return self.find_late(path) if found is None and self.find_late else found

    def find_shown(self, path: str) -> Entry | None:
        """Return what is shown at that path: what stands there, or the page that says that nothing does."""
        found = self.find(path)
        return self.find(NOT_FOUND) if found is None else found


def read_made(entry: Entry | None) -> bytes | None:
    """Return an entry that is in memory; None where it is not, or cannot be made."""
    try:
        return entry.read() if isinstance(entry, PendingEntry) else None if isinstance(entry, StaticFile) else entry
    except UnmadeError:
        return None


def normal(path: str) -> str:
    """Return the form of a path in which Hangul typed on any system is equal."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _entry(content: bytes | Path | PendingEntry) -> Entry:
    if not isinstance(content, Path):
        return content
    try:
        state = os.stat(content)
    except OSError:
        return StaticFile(file=content)
    return StaticFile(file=content, size=state.st_size, modified_ns=state.st_mtime_ns)


def stat_regular(file: Path) -> os.stat_result | None:
    """Return the state of a regular file; None when there is none (any more)."""
    try:
        state = os.stat(file)
    except (OSError, ValueError):
        return None
    return state if stat.S_ISREG(state.st_mode) else None
