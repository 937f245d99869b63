"""What a build leaves for the next one, and its form on disk: checked, versioned, taken for nothing when in doubt."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

# size, mtime_ns, ctime_ns, inode: while these are the same, a file's bytes are not read again.
FileState = tuple[int, int, int, int]

_MAGIC = b"hanji state 1\n"
_CHECK_SIZE = 16


class DocumentRecord(msgspec.Struct, frozen=True, array_like=True):
    """A parsed document. state, digest: of its file. assets: names of the files beside it. values: see documents."""

    state: FileState
    digest: bytes
    assets: tuple[str, ...]
    values: list[Any]


class TextRecord(msgspec.Struct, frozen=True, array_like=True):
    """A rendered text, without the text. given: mark of what it was rendered from. reads: places in `facts`.

    marks: of content, summary and table of contents.
    """

    given: Any  # a Mark; the decoder cannot tell text from bytes by itself
    reads: list[int]
    marks: dict[str, Any]
    internal_links: list[Any]
    external_links: list[Any]
    images: list[Any]
    warnings: list[str]


class OutputRecord(msgspec.Struct, frozen=True, array_like=True):
    """A rendered file. given, reads: as of TextRecord. state: of the published file, without its ctime (0)."""

    given: Any  # a Mark; the decoder cannot tell text from bytes by itself
    reads: list[int]
    state: FileState
    images: list[Any]
    warnings: list[str]


class State(msgspec.Struct, frozen=True, array_like=True):
    """All of it. text_facts, output_facts: the facts that texts and outputs read, with their marks at that time.

    made: style sheets and search indexes, by kind: mark of what they are made from, and (path, content, warnings).
    """

    documents: dict[str, DocumentRecord] = {}
    texts: dict[str, TextRecord] = {}
    text_facts: list[tuple[str, Any]] = []
    outputs: dict[str, OutputRecord] = {}
    output_facts: list[tuple[str, Any]] = []
    made: dict[str, tuple[Any, list[Any]]] = {}


_DECODER = msgspec.msgpack.Decoder(State)


def load_state(file: Path, version: bytes) -> State:
    """Return what was saved for that version; nothing when there is none, or anything is wrong with it."""
    try:
        data = file.read_bytes()
        head = _MAGIC + version
        body = data[len(head) + _CHECK_SIZE :]
        if data.startswith(head) and data[len(head) : len(head) + _CHECK_SIZE] == _check(body):
            return _DECODER.decode(body)
    except (OSError, msgspec.DecodeError):
        pass
    return State()


def save_state(file: Path, version: bytes, state: State) -> None:
    """Replace what was saved, in one step; a folder that cannot be written to keeps nothing."""
    body = msgspec.msgpack.encode(state)
    temporary = file.with_name(f"{file.name}.{os.getpid()}.new")
    with suppress(OSError):
        temporary.write_bytes(b"".join((_MAGIC, version, _check(body), body)))
        os.replace(temporary, file)


def _check(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_CHECK_SIZE).digest()


def file_state(found: os.stat_result) -> FileState:
    """Return what tells that a source file is untouched."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def published_state(found: os.stat_result) -> FileState:
    """Return what tells that a published file is untouched; its ctime changes with every link to it."""
    return found.st_size, found.st_mtime_ns, 0, found.st_ino


def without_outputs(state: State) -> State:
    """Return the state of a build that published nothing."""
    return msgspec.structs.replace(state, outputs={}, output_facts=[])
