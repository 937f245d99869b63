"""What stands where a site is published: in a folder, or in the memory of a preview."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from generator.files.reading import read_regular
from generator.incremental.marks import digest
from generator.incremental.state import FileState, OutputRecord, published_state
from generator.model.output import KeptFile, OutputFile, ShelvedFile

NOT_PUBLISHED: FileState = (0, 0, 0, 0)
_IN_MEMORY: FileState = (1, 0, 0, 0)

Made = OutputFile | ShelvedFile | KeptFile


class Kept(NamedTuple):
    """Files of the last build that are still there, and their records, both by path."""

    files: dict[str, Made]
    records: dict[str, OutputRecord]


class Published(Protocol):
    """Finds what was published, and tells what it is known by."""

    def find_kept(self, records: Mapping[str, OutputRecord]) -> Kept:
        """Return the files of the records that are still there, in whatever state."""
        ...

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that was found."""
        ...

    def state(self, path: str) -> FileState | None:
        """Return what tells that a file which has just been published is untouched; None when it is not there."""
        ...


class InFolder(Struct, frozen=True):
    """The files of an output folder, which anybody may have changed since. second: a folder that may hold them, too."""

    folder: Path
    second: Path | None = None

    def find_kept(self, records: Mapping[str, OutputRecord]) -> Kept:
        kept = Kept({}, {})
        for path, record in records.items():
            if self.state(path) == record.state:
                kept.files[path], kept.records[path] = KeptFile(path=path), record
            elif (again := self._find_again(path, record)) is not None:
                kept.files[path], kept.records[path] = again, replace(record, state=NOT_PUBLISHED)
        return kept

    def _find_again(self, path: str, record: OutputRecord) -> Made | None:
        """Return the file of the record by its bytes, when it has not the state of the record."""
        if _holds(self.folder, path, record) is not None:
            return KeptFile(path=path)
        data = _holds(self.second, path, record)
        return None if data is None else OutputFile(path=path, data=data)

    def read(self, path: str) -> bytes:
        return read_regular(self.folder / path)

    def state(self, path: str) -> FileState | None:
        try:
            return published_state(os.lstat(f"{self.folder}/{path}"))
        except OSError:
            return None


class InMemory(Struct, frozen=True):
    """The files that a preview shows."""

    files: Mapping[str, OutputFile] = field(default_factory=dict)

    def find_kept(self, records: Mapping[str, OutputRecord]) -> Kept:
        """Return the files of the records; most often of all that there are, and so without a look at each."""
        there = dict(records)
        for path in records.keys() - self.files.keys():
            del there[path]
        return Kept(dict(zip(there, map(self.files.__getitem__, there), strict=True)), there)

    def read(self, path: str) -> bytes:
        return self.files[path].data

    def state(self, path: str) -> FileState:
        return _IN_MEMORY


def _holds(folder: Path | None, path: str, record: OutputRecord) -> bytes | None:
    """Return what a folder has at that path, if that is the file of the record."""
    try:
        data = read_regular(folder / path) if folder and record.digest else None
    except OSError:
        return None
    return data if data is not None and digest(data) == record.digest else None
