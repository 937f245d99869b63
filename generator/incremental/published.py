"""What stands where a site is published: in a folder, or in the memory of a preview."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from generator.incremental.state import FileState, OutputRecord, published_state
from generator.model.output import KeptFile, OutputFile

NOT_PUBLISHED: FileState = (0, 0, 0, 0)
_IN_MEMORY: FileState = (1, 0, 0, 0)

Made = OutputFile | KeptFile


class Published(Protocol):
    """Finds what was published, and tells what it is known by."""

    def find(self, path: str, record: OutputRecord) -> Made | None:
        """Return the file at that path when it is still the one of the record."""
        ...

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that was found."""
        ...

    def state(self, path: str) -> FileState | None:
        """Return what tells that a file which has just been published is untouched; None when it is not there."""
        ...


@dataclass(frozen=True, slots=True)
class InFolder:
    """The files of an output folder, which anybody may have changed since."""

    folder: Path

    def find(self, path: str, record: OutputRecord) -> KeptFile | None:
        return KeptFile(path=path) if self.state(path) == record.state else None

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def state(self, path: str) -> FileState | None:
        try:
            return published_state(os.lstat(self.folder / path))
        except OSError:
            return None


@dataclass(frozen=True, slots=True)
class InMemory:
    """The files that a preview shows."""

    files: Mapping[str, OutputFile] = field(default_factory=dict)

    def find(self, path: str, record: OutputRecord) -> OutputFile | None:
        return self.files.get(path)

    def read(self, path: str) -> bytes:
        return self.files[path].data

    def state(self, path: str) -> FileState:
        return _IN_MEMORY
