"""What each worker is at, written where all processes see it, so that it is known when one is gone."""

from __future__ import annotations

import mmap
import os
import struct
from typing import NamedTuple

_ENTRY = struct.Struct("=qq")


class Place(NamedTuple):
    """process is at that item of that chunk, both counted from 0."""

    process: int
    chunk: int
    item: int


class Board:
    """One entry for each chunk of items; processes that are forked after it is made share it."""

    def __init__(self, chunks: int) -> None:
        self._memory = mmap.mmap(-1, chunks * _ENTRY.size)
        self._chunks = chunks

    def note(self, chunk: int, item: int) -> None:
        """Write that this process begins an item."""
        _ENTRY.pack_into(self._memory, chunk * _ENTRY.size, os.getpid(), item)

    def clear(self, chunk: int) -> None:
        """Write that a chunk is done."""
        _ENTRY.pack_into(self._memory, chunk * _ENTRY.size, 0, 0)

    def read(self) -> list[Place]:
        """Return what is being done."""
        entries = ((chunk, *_ENTRY.unpack_from(self._memory, chunk * _ENTRY.size)) for chunk in range(self._chunks))
        return [Place(process, chunk, item) for chunk, process, item in entries if process]
