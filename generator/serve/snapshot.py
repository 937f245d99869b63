"""A built site as the server answers from it: fixed, whole, and all that can be read."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """A file that is read from disk when it is asked for. size, modified_ns: when the snapshot was taken."""

    file: Path
    size: int = -1
    modified_ns: int = -1


Entry = bytes | StaticFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """entries: what stands at each path below the site, POSIX, NFC, as it is published (`posts/a/index.html`)."""

    entries: Mapping[str, Entry]

    @staticmethod
    def of(files: Mapping[str, bytes | Path]) -> Snapshot:
        """Take a snapshot of these files; those on disk are looked at, not read."""
        return Snapshot(entries={normal(path): _entry(content) for path, content in files.items()})

    def find(self, path: str) -> Entry | None:
        """Return what stands at that path."""
        return self.entries.get(normal(path))


def normal(path: str) -> str:
    """Return the form of a path in which Hangul typed on any system is equal."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def find_changed(old: Snapshot, new: Snapshot) -> frozenset[str]:
    """Return the paths at which two snapshots differ, what came and what went among them."""
    before, after = old.entries, new.entries
    changed = {path for path, entry in after.items() if before.get(path) != entry}
    return frozenset(changed | (before.keys() - after.keys()))


def _entry(content: bytes | Path) -> Entry:
    if isinstance(content, bytes):
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
    except OSError:
        return None
    return state if stat.S_ISREG(state.st_mode) else None
