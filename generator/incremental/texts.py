"""Rendered texts of a site by document, those of earlier builds read from disk when somebody asks for them."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from generator.incremental.images import plain_images
from generator.incremental.marks import Mark, digest, mark
from generator.incremental.state import TextRecord
from generator.model.config import SiteConfig
from generator.model.content import ExternalLink, Heading, InternalLink, Rendered, Text
from generator.templating.effects import Fact

# What stands for the address of the site's first page in what is kept; a text that holds it itself is not portable.
_HOME = "\0"
# The texts of so many kinds of builds are kept.
_MOST_KINDS, _SLACK = 3, 1000
# Texts are written so many at a time, and forgotten once they are written and have more bytes than that.
_AT_ONCE, MOST_HELD = 500, 128 << 20
_CACHE_KB = 16_000

# What is kept of a text: what lists print, its summary and table of contents, and apart from that its HTML.
Body = tuple[bytes, bytes]
Part = Literal[0, 1]
_HEAD: Part = 0
_HTML: Part = 1
_SELECT = ("SELECT head FROM texts WHERE name = ?", "SELECT html FROM texts WHERE name = ?")

_encode, _decode = msgspec.msgpack.encode, msgspec.msgpack.decode
_decode_head = msgspec.msgpack.Decoder(tuple[str | None, msgspec.Raw]).decode


class TextStore:
    """Texts by the digests of their parts: whoever wrote them, they are what was asked for.

    file: None keeps all in memory. most_held: bytes of texts that are kept in memory, too, while a build needs them;
    None for all. A broken file holds nothing. Each process opens it for itself: a connection does not survive a fork.
    """

    def __init__(
        self, file: Path | None = None, most_held: int | None = MOST_HELD, held: Mapping[bytes, Body] | None = None
    ) -> None:
        self._file = file
        self._most_held = most_held
        self._held = dict(held or {})
        self._held_size = 0
        self._unwritten: list[bytes] = []
        self._connection: sqlite3.Connection | None = None
        self._inherited: sqlite3.Connection | None = None
        self._owner = 0
        # Pages of a preview are rendered in several threads.
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[type[TextStore], tuple[Path | None, int | None, Mapping[bytes, Body]]]:
        return TextStore, (self._file, self._most_held, self._held)

    def is_same(self, other: TextStore) -> bool:
        """Tell whether both keep their texts in the same file."""
        return self._file == other._file

    def get(self, name: bytes, part: Part) -> bytes | None:
        """Return that part of what is kept by that name."""
        held = self._held.get(name)
        if held is not None:
            return held[part]
        connection = self._connect()
        if connection is None:
            return None
        try:
            with self._lock:
                row = connection.execute(_SELECT[part], (name,)).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row is not None and digest(row[0]) == _part_digest(name, part) else None

    def put(self, name: bytes, body: Body) -> None:
        """Keep a text by its name. A folder that cannot be written to keeps nothing for the next build."""
        self._held[name] = body
        self._held_size += sum(map(len, body))
        self._unwritten.append(name)
        if len(self._unwritten) >= _AT_ONCE:
            self._write()
            if self._most_held is not None and self._held_size > self._most_held:
                self._forget()

    def settle(self) -> None:
        """Write what is not written yet, and hold no more in memory than must be."""
        self._write()
        self._forget()

    def _write(self) -> None:
        rows = [(name, *self._held[name]) for name in self._unwritten]
        insert = "INSERT OR REPLACE INTO texts VALUES (?, ?, ?)"
        if self._change(lambda connection: connection.executemany(insert, rows)):
            self._unwritten.clear()

    def _forget(self) -> None:
        if self._file is not None and not self._unwritten:
            self._held.clear()
            self._held_size = 0

    def drop_others(self, names: Set[bytes]) -> None:
        """Forget the texts that are not among these, once they are many: builds of other kinds may want them."""

        def drop(connection: sqlite3.Connection) -> None:
            there = {name for (name,) in connection.execute("SELECT name FROM texts")}
            if len(there) > _MOST_KINDS * len(names) + _SLACK:
                connection.executemany("DELETE FROM texts WHERE name = ?", [(name,) for name in there - names])

        self._change(drop)

    def _change(self, change: Callable[[sqlite3.Connection], object]) -> bool:
        """Tell whether it could be done."""
        connection = self._connect()
        if connection is None:
            return False
        try:
            with self._lock, connection:
                change(connection)
            return True
        except sqlite3.OperationalError:  # somebody else is at it, or the disk is full
            pass
        except sqlite3.DatabaseError:
            # A crash in the middle of a change has broken it: the next build makes a whole one.
            connection.close()
            self._connection = None
            if self._file is not None:
                self._file.unlink(missing_ok=True)
        return False

    def _connect(self) -> sqlite3.Connection | None:
        if self._file is None:
            return None
        if self._connection is None or self._owner != os.getpid():
            self._inherited = self._connection  # left alone: it is not safe to close it here, either
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
            # Enough for the index of some hundred thousand texts, by which each of them is found.
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            connection.execute("CREATE TABLE IF NOT EXISTS texts (name BLOB PRIMARY KEY, head BLOB, html BLOB)")
            connection.execute("SELECT name, head, html FROM texts LIMIT 0")
            return connection
        except sqlite3.Error:
            with suppress(OSError):
                file.unlink()
    return None


class FreshText(NamedTuple):
    """A text that has just been rendered. body: as it is kept. record: without what it reads. parts: as of Rendered."""

    body: Body
    record: TextRecord
    reads: tuple[Fact, ...]
    parts: tuple[tuple[str, float], ...]


def keep_text(rendered: Rendered, given: Mark, config: SiteConfig) -> FreshText:
    """Return a text as it is kept. given: mark of what it was rendered from."""
    toc = [_plain_heading(heading) for heading in rendered.toc]
    values = [[rendered.summary, toc], rendered.html]
    if rendered.is_portable:
        values = _exchange(values, config.make_permalink("/"), _HOME)
    body = _encode(values[_HEAD]), _encode(values[_HTML])
    record = TextRecord(
        given=given,
        reads=[],
        text=_name(body),
        marks={"content": mark(rendered.html), "summary": mark(rendered.summary), "toc": mark(toc)},
        internal_links=[[link.target, link.anchor, link.line, link.column] for link in rendered.internal_links],
        external_links=[[link.url, link.line, link.column] for link in rendered.external_links],
        images=plain_images(rendered.images, config.root),
        warnings=list(rendered.warnings),
        is_portable=rendered.is_portable,
        seconds=rendered.seconds,
    )
    return FreshText(body, record, rendered.reads, rendered.parts)


def _name(body: Body) -> bytes:
    """Return the name by which a text is kept: the digests of its parts."""
    return b"".join(map(digest, body))


def _part_digest(name: bytes, part: Part) -> bytes:
    size = len(name) // 2
    return name[part * size :][:size]


def _exchange(values: Any, this: str, that: str) -> Any:
    """Return values with every string's `this` replaced by `that`."""
    if isinstance(values, str):
        return values.replace(this, that)
    return [_exchange(value, this, that) for value in values] if isinstance(values, list) else values


def _plain_heading(heading: Heading) -> list[Any]:
    children = [_plain_heading(child) for child in heading.children]
    return [heading.level, heading.id, heading.permalink, heading.title, children]


def _headings(values: list[list[Any]], whole: Callable[[str], str]) -> tuple[Heading, ...]:
    return tuple([_heading(value, whole) for value in values])


def _heading(values: list[Any], whole: Callable[[str], str]) -> Heading:
    level, id_, permalink, title, children = values
    below = _headings(children, whole)
    return Heading(level=level, id=whole(id_), permalink=whole(permalink), title=whole(title), children=below)


class KeptText:
    """A text as templates see it; each of its parts is looked up when it is asked for.

    key: of its document. home: address of the site's first page.
    """

    __slots__ = ("_head", "_key", "_record", "_store", "_whole")

    def __init__(self, key: str, record: TextRecord, store: TextStore, home: str) -> None:
        self._key = key
        self._record = record
        self._store = store
        self._head: bytes | None = None
        self._whole: Callable[[str], str] = (lambda text: text.replace(_HOME, home)) if record.is_portable else str

    @property
    def html(self) -> str:
        return self._whole(_decode(self._find(_HTML)))

    @property
    def summary(self) -> str | None:
        summary, _ = self._find_head()
        return None if summary is None else self._whole(summary)

    @property
    def toc(self) -> tuple[Heading, ...]:
        _, toc = self._find_head()
        return _headings(_decode(toc), self._whole)

    @property
    def external_links(self) -> tuple[ExternalLink, ...]:
        links = self._record.external_links
        return tuple(ExternalLink(url=url, line=line, column=column) for url, line, column in links)

    def _find_head(self) -> tuple[str | None, msgspec.Raw]:
        if self._head is None:
            self._head = self._find(_HEAD)
        return _decode_head(self._head)

    def _find(self, part: Part) -> bytes:
        found = self._store.get(self._record.text, part)
        if found is None:
            raise LostTextError(self._key)
        return found


class Texts(Mapping[str, Text]):
    """Every document's text, by the records of them; looked up in the store when somebody asks for it.

    fresh: keys of those that were rendered in this build, with the time of their parts. home: address of the site's
    first page.
    """

    def __init__(
        self,
        records: Mapping[str, TextRecord],
        store: TextStore,
        home: str,
        fresh: Mapping[str, tuple[tuple[str, float], ...]],
    ) -> None:
        self.records = records
        self.fresh = fresh
        self._store = store
        self._home = home
        # A template asks for content, summary and contents of one document after the other.
        self._last: tuple[str, KeptText] | None = None

    def __reduce__(self) -> tuple[type[Texts], tuple[Any, ...]]:
        return Texts, (self.records, self._store, self._home, self.fresh)

    def __getitem__(self, key: str) -> KeptText:
        last = self._last
        if last is not None and last[0] == key:
            return last[1]
        found = KeptText(key, self.records[key], self._store, self._home)
        self._last = key, found
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


def internal_links(record: TextRecord) -> tuple[InternalLink, ...]:
    return tuple(InternalLink(target=t, anchor=a, line=ln, column=c) for t, a, ln, c in record.internal_links)
