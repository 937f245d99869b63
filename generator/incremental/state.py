"""What a build leaves for the next one: documents, texts and outputs, each with what it was made from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

import msgspec
from msgspec.structs import replace

from generator.incremental.fact_table import FactTable, clear

# size, mtime_ns, ctime_ns, inode: while these are the same, a file's bytes are not read again.
FileState = tuple[int, int, int, int]

# There was no build before; no such file; facts that it read, what it was given itself, or what stood there changed.
Cause = Literal["first", "new", "facts", "given", "published"]


class DocumentRecord(msgspec.Struct, frozen=True, array_like=True):
    """A parsed document. state, digest: of its file. assets: names of the files beside it. values: see documents."""

    state: FileState
    digest: bytes
    assets: tuple[str, ...]
    values: list[Any]


class TextRecord(msgspec.Struct, frozen=True, array_like=True):
    """A rendered text, without the text. given: mark of what it was rendered from. reads: places in the table of facts.

    text: its name in the store. marks: of content, summary and table of contents. is_portable: of Rendered. seconds:
    that it took.
    """

    given: Any  # a Mark; the decoder cannot tell text from bytes by itself
    reads: list[int]
    text: bytes
    marks: dict[str, Any]
    internal_links: list[Any]
    external_links: list[Any]
    images: list[Any]
    warnings: list[str]
    is_portable: bool = False
    seconds: float = 0.0


class Making(msgspec.Struct, frozen=True, array_like=True):
    """How a file was made: from what, by which template, when (seconds since 1970), and in how many seconds.

    cause: why then; changed: some of the facts that had changed, if that is why, by their places.
    """

    source: str = ""
    template: str = ""
    at: float = 0.0
    seconds: float = 0.0
    cause: Cause = "first"
    changed: list[int] = []


class OutputRecord(msgspec.Struct, frozen=True, array_like=True):
    """A rendered file. given, reads: as of TextRecord. state: of the published file, without its ctime (0).

    digest: of its bytes.
    """

    given: Any  # a Mark; the decoder cannot tell text from bytes by itself
    reads: list[int]
    state: FileState
    images: list[Any]
    warnings: list[str]
    making: Making = Making()
    digest: bytes = b""


class State(msgspec.Struct, frozen=True, array_like=True):
    """All of it. text_facts, output_facts: the facts that texts and outputs read.

    made: style sheets and search indexes, by kind: mark of what they are made from, and (path, content, warnings).
    settings: stands for those that all of it holds for; home: the address of the site's first page then.
    """

    documents: dict[str, DocumentRecord] = {}
    texts: dict[str, TextRecord] = {}
    text_facts: FactTable = FactTable()
    outputs: dict[str, OutputRecord] = {}
    output_facts: FactTable = FactTable()
    made: dict[str, tuple[Any, list[Any]]] = {}
    settings: bytes = b""
    home: str = ""


def file_state(found: os.stat_result) -> FileState:
    """Return what tells that a source file is untouched."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def published_state(found: os.stat_result) -> FileState:
    """Return what tells that a published file is untouched; its ctime changes with every link to it."""
    return found.st_size, found.st_mtime_ns, 0, found.st_ino


def without_outputs(state: State) -> State:
    """Return the state of a build that published nothing."""
    return replace(state, outputs={}, output_facts=FactTable())


def without_unread(state: State) -> State:
    """Return the state without facts that nobody reads any more, once these are many."""
    texts, outputs = clear(state.text_facts, state.texts.values()), clear(state.output_facts, state.outputs.values())
    if texts is not None:
        kept = {key: _moved(record, texts.moves) for key, record in state.texts.items()}
        state = replace(state, texts=kept, text_facts=texts.table)
    if outputs is not None:
        made = {
            path: replace(_moved(record, outputs.moves), making=_moved_making(record.making, outputs.moves))
            for path, record in state.outputs.items()
        }
        state = replace(state, outputs=made, output_facts=outputs.table)
    return state


RecordT = TypeVar("RecordT", TextRecord, OutputRecord)


def _moved(record: RecordT, moves: Mapping[int, int]) -> RecordT:
    return replace(record, reads=[moves[place] for place in record.reads])


def _moved_making(making: Making, moves: Mapping[int, int]) -> Making:
    return replace(making, changed=[moves[place] for place in making.changed if place in moves])
