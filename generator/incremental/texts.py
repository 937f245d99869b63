"""Rendered texts of a site by document, those of earlier builds read from disk when somebody asks for them."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from generator.incremental.marks import Mark, digest, mark
from generator.incremental.state import TextRecord
from generator.model.content import ExternalLink, Heading, InternalLink, Rendered

# What stands for the address of the site's first page in what is kept; no text that Markdown made holds it.
_HOME = "\0"
# The texts of so many kinds of builds are kept.
_MOST_KINDS, _SLACK = 3, 1000


class TextStore:
    """HTML, summary and table of contents, by the digest of what is kept: whoever wrote it, it is what was asked for.

    A broken file holds nothing. Each process opens it for itself: a connection does not survive a fork.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._owner = 0
        # Pages of a preview are rendered in several threads.
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[type[TextStore], tuple[Path | None]]:
        return TextStore, (self._file,)

    def is_same(self, other: TextStore) -> bool:
        """Tell whether both keep their texts in the same file."""
        return self._file == other._file

    def get(self, name: bytes) -> list[Any] | None:
        """Return the [html, summary, toc] of that digest."""
        connection = self._connect()
        if connection is None:
            return None
        try:
            with self._lock:
                row = connection.execute("SELECT body FROM texts WHERE name = ?", (name,)).fetchone()
            if row is None or digest(row[0]) != name:
                return None
            found: list[Any] = msgspec.msgpack.decode(row[0])
        except (sqlite3.Error, msgspec.DecodeError, TypeError):
            return None
        return found

    def put_all(self, texts: Iterable[Rendered], home: str) -> None:
        """Keep these. home: address of the site's first page. A folder that cannot be written to keeps nothing."""
        rows = ((digest(body), body) for body in (_encode(text, home) for text in texts))
        self._change(lambda connection: connection.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?)", rows))

    def drop_others(self, names: Set[bytes]) -> None:
        """Forget the texts that are not among these, once they are many: builds of other kinds may want them."""

        def drop(connection: sqlite3.Connection) -> None:
            there = {name for (name,) in connection.execute("SELECT name FROM texts")}
            if len(there) > _MOST_KINDS * len(names) + _SLACK:
                connection.executemany("DELETE FROM texts WHERE name = ?", [(name,) for name in there - names])

        self._change(drop)

    def _change(self, change: Callable[[sqlite3.Connection], object]) -> None:
        connection = self._connect()
        if connection is None:
            return
        try:
            with self._lock, connection:
                change(connection)
        except sqlite3.OperationalError:  # somebody else is at it, or the disk is full
            pass
        except sqlite3.DatabaseError:
            # A crash in the middle of a change has broken it: the next build makes a whole one.
            connection.close()
            self._connection = None
            if self._file is not None:
                self._file.unlink(missing_ok=True)

    def _connect(self) -> sqlite3.Connection | None:
        if self._file is None:
            return None
        if self._connection is None or self._owner != os.getpid():
            self._owner = os.getpid()
            self._connection = _open(self._file)
            if self._connection is None:
                self._file = None
        return self._connection


def _open(file: Path) -> sqlite3.Connection | None:
    """Open or make the file; one that is broken is made anew."""
    for _ in range(2):
        try:
            connection = sqlite3.connect(file, check_same_thread=False)
            # Each row is checked when it is read, so a crash costs rows at most.
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("CREATE TABLE IF NOT EXISTS texts (name BLOB PRIMARY KEY, body BLOB)")
            connection.execute("SELECT name, body FROM texts LIMIT 0")
            return connection
        except sqlite3.Error:
            with suppress(OSError):
                file.unlink()
    return None


def _encode(text: Rendered, home: str) -> bytes:
    """Return a text as it is kept: one that is portable without the site's address."""
    values = [text.html, text.summary, [_plain_heading(heading) for heading in text.toc]]
    return msgspec.msgpack.encode(_exchange(values, home, _HOME) if text.is_portable else values)


def _exchange(values: Any, this: str, that: str) -> Any:
    """Return values with every string's `this` replaced by `that`."""
    if isinstance(values, str):
        return values.replace(this, that)
    return [_exchange(value, this, that) for value in values] if isinstance(values, list) else values


def text_name(rendered: Rendered, home: str) -> bytes:
    """Return the digest that a text is kept by."""
    return digest(_encode(rendered, home))


def _plain_heading(heading: Heading) -> list[Any]:
    children = [_plain_heading(child) for child in heading.children]
    return [heading.level, heading.id, heading.permalink, heading.title, children]


def _heading(values: list[Any]) -> Heading:
    level, id_, permalink, title, children = values
    return Heading(level=level, id=id_, permalink=permalink, title=title, children=tuple(map(_heading, children)))


class Texts(Mapping[str, Rendered]):
    """Every document's text. fresh: rendered in this build; records, store: what the last one left of the others.

    home: address of the site's first page.
    """

    def __init__(
        self, fresh: dict[str, Rendered], records: Mapping[str, TextRecord], store: TextStore, home: str
    ) -> None:
        self.fresh = fresh
        self.records = records
        self._store = store
        self._home = home

    def __getitem__(self, key: str) -> Rendered:
        found = self.fresh.get(key)
        if found is None:
            record = self.records[key]
            values = self._store.get(record.text)
            if values is None:
                raise LostTextError(key)
            html, summary, toc = _exchange(values, _HOME, self._home) if record.is_portable else values
            found = Rendered(
                html=html,
                summary=summary,
                toc=tuple(map(_heading, toc)),
                internal_links=internal_links(record),
                external_links=external_links(record),
                warnings=tuple(record.warnings),
                is_portable=record.is_portable,
            )
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def marks(self, key: str) -> Mapping[str, Mark]:
        """Return the marks of a text's content, summary and table of contents."""
        return self.records[key].marks


class LostTextError(Exception):
    """A text that the last build kept cannot be read any more. key: its document's."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def text_marks(rendered: Rendered) -> dict[str, Mark]:
    """Return the marks of what templates see of a text."""
    toc = [_plain_heading(heading) for heading in rendered.toc]
    return {"content": mark(rendered.html), "summary": mark(rendered.summary), "toc": mark(toc)}


# -- links and images as plain values


def plain_links(rendered: Rendered) -> tuple[list[Any], list[Any]]:
    """Return the links inside the site and out of it."""
    inside = [[link.target, link.anchor, link.line, link.column] for link in rendered.internal_links]
    outside = [[link.url, link.line, link.column] for link in rendered.external_links]
    return inside, outside


def internal_links(record: TextRecord) -> tuple[InternalLink, ...]:
    return tuple(InternalLink(target=t, anchor=a, line=ln, column=c) for t, a, ln, c in record.internal_links)


def external_links(record: TextRecord) -> tuple[ExternalLink, ...]:
    return tuple(ExternalLink(url=url, line=line, column=column) for url, line, column in record.external_links)
