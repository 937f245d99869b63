"""Files of a build that is under way in, their bytes put on disk once they are many, until they are published."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from generator.files.own_folder import make_own_folder
from generator.model.output import OutputFile, ShelvedFile
from generator.write.tree import remove_tree

# Bytes of files that are held in memory; any beyond go to the shelf.
_MOST_HELD = 128 << 20
_FOLDER = "shelf"


class Shelf:
    """A folder in the site's own one, there while a build is; who builds holds the site's lock.

    root: the site's folder. most_held: bytes of files that stay in memory.
    """

    def __init__(self, root: Path, most_held: int = _MOST_HELD) -> None:
        self._root = Path(os.path.realpath(root))
        self._left = most_held
        self._folder: Path | None = None
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder is not None:
            remove_tree(self._folder, ignore_errors=True)

    def put(self, file: OutputFile) -> OutputFile | ShelvedFile:
        """Return the file as it is, or one whose bytes are on disk; where the disk refuses, memory has to do."""
        self._left -= len(file.data)
        if self._left >= 0:
            return file
        try:
            place = self._write(file.data)
        except OSError:
            return file
        return ShelvedFile(
            path=file.path,
            file=place,
            size=len(file.data),
            source=file.source,
            seconds=file.seconds,
            parts=file.parts,
        )

    def _write(self, data: bytes) -> Path:
        if self._folder is None:
            self._folder = _make_folder(self._root)
        self._count += 1
        place = self._folder / str(self._count)
        place.write_bytes(data)
        return place


def _make_folder(root: Path) -> Path:
    own = make_own_folder(root)
    if own is None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(root))
    folder = own / _FOLDER
    # A build that was killed may have left one.
    remove_tree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
