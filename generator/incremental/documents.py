"""Source files in, parsed documents out: those whose file is what it was are taken from the last build."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from generator.content.body import Body, digest_of
from generator.content.naming import name_document
from generator.files.reading import read_regular
from generator.incremental.marks import Mark, mark
from generator.incremental.state import DocumentRecord, FileState, file_state
from generator.model.config import SiteConfig
from generator.model.content import Page, PageMeta, Section, SectionMeta, SourceFile, Timestamp

Document = Page | Section

_PAGE_FIELDS = PageMeta.__struct_fields__
_SECTION_FIELDS = SectionMeta.__struct_fields__
_TUPLES = frozenset({"authors", "aliases"})
# What a document says of itself alone: no other is found or ordered by it, unless a section sorts by titles.
_LABELS = ("title", "description", "authors")
# A file that changed so shortly before it was looked at may change again without looking different.
_SETTLED_NS = 100_000_000


class Documents(Struct, frozen=True, kw_only=True):
    """All documents of a site by key, and what is to be kept of them.

    parsed: how many were not taken from the last build. touched: keys of those that changed since then, if none did in
    a way by which documents may stand otherwise to each other; None when one did. renamed: those with another title.
    """

    documents: dict[str, Document]
    records: dict[str, DocumentRecord]
    parsed: int
    touched: frozenset[str] | None
    renamed: frozenset[str]


def read_documents(
    sources: Sequence[SourceFile],
    config: SiteConfig,
    known: Mapping[str, DocumentRecord],
    parse: Callable[[Sequence[SourceFile]], list[Document]],
    held: Mapping[str, Document] | None = None,
    doubtful: Sequence[SourceFile] | None = None,
) -> Documents:
    """Return every document, recalled or parsed. Raises: what parse raises.

    parse: parses those sources. held: the documents of the known records, where this process still has them. doubtful:
    those sources that alone are looked at, when all are those of the known records; None for all.
    """
    recalled: dict[str, Document] = {}
    records: dict[str, DocumentRecord] = {}
    if held is not None and doubtful is not None:
        sources, recalled, records = doubtful, dict(held), dict(known)
    states: dict[str, FileState] = {}
    missing: list[SourceFile] = []
    now = time.time_ns()
    for source in sources:
        key = source.relative_path
        record = known.get(key)
        state = source_state(source, now)
        if record is None or not same_source(record, source, state):
            missing.append(source)
            states[key] = state
            continue
        recalled[key] = held[key] if held else _document(record, source, config)
        same = record.state == state
        records[key] = record if same else DocumentRecord(state, record.digest, record.assets, record.values)
    fresh = {document.key: document for document in parse(missing)}
    records |= {key: _record(document, states[key]) for key, document in fresh.items()}
    renamed = frozenset(key for key in fresh if key in known and _title(known[key]) != _title(records[key]))
    same_outline = (
        len(records) == len(known)
        and all(key in known and _outline(records[key]) == _outline(known[key]) for key in fresh)
        and not (renamed and any(map(_sorts_by_title, known.values())))
    )
    return Documents(
        documents={**recalled, **fresh},
        records=records,
        parsed=len(fresh),
        touched=frozenset(fresh) if same_outline else None,
        renamed=renamed,
    )


def source_state(source: SourceFile, now: int) -> FileState:
    """Return what tells that a source file is untouched; never that of one that may be being written.

    now: a moment not after this one; nanoseconds since 1970.
    """
    try:
        state = file_state(os.stat(source.file))
    except OSError:
        return 0, 0, 0, 0
    return state if now - state[2] > _SETTLED_NS else (*state[:3], 0)


def same_source(record: DocumentRecord, source: SourceFile, state: FileState) -> bool:
    """Tell whether a file, and what stands beside it, is what was parsed. state: of the file now."""
    if (record.assets or source.assets) and record.assets != _assets(source):
        return False
    if record.state == state and state[3]:
        return True
    try:
        return digest_of(read_regular(source.file)) == record.digest
    except OSError:
        return False


def _assets(source: SourceFile) -> tuple[str, ...]:
    if not source.assets:
        return ()
    home = len(str(source.file.parent)) + 1
    return tuple(str(asset)[home:] for asset in source.assets)


# -- a document as plain values


def _outline(record: DocumentRecord) -> Mark:
    """Return the mark of all by which documents are found and ordered."""
    path, slug, asset_paths, meta, *_ = record.values
    unlabelled = [value for name, value in zip(_fields(record), meta, strict=True) if name not in _LABELS]
    return mark((record.assets, path, slug, asset_paths, unlabelled))


def _title(record: DocumentRecord) -> str | None:
    title: str | None = record.values[3][_fields(record).index("title")]
    return title


def _sorts_by_title(record: DocumentRecord) -> bool:
    is_section, values = record.values[1] is None, record.values[3]
    return is_section and values[_SECTION_FIELDS.index("sort_by")].startswith("title")


def _fields(record: DocumentRecord) -> tuple[str, ...]:
    """Return the names of the values of its front matter: only a page has a slug."""
    return _SECTION_FIELDS if record.values[1] is None else _PAGE_FIELDS


def _record(document: Document, state: FileState) -> DocumentRecord:
    meta = document.meta
    names = _PAGE_FIELDS if isinstance(meta, PageMeta) else _SECTION_FIELDS
    values = [
        document.path,
        document.slug if isinstance(document, Page) else None,
        document.asset_paths,
        [_plain(getattr(meta, name)) for name in names],
        document.body_line,
        document.body.start if isinstance(document.body, Body) else 0,
    ]
    source = SourceFile(file=document.source.file, relative_path=document.key, is_section=False, assets=document.assets)
    return DocumentRecord(state, document.digest, _assets(source), values)


def _plain(value: Any) -> Any:
    if isinstance(value, Timestamp):
        return [value.text, value.instant.isoformat(), value.year, value.month, value.day]
    return value


def _document(record: DocumentRecord, source: SourceFile, config: SiteConfig) -> Document:
    path, slug, asset_paths, meta, body_line, start = record.values
    naming = name_document(source, config)
    shared: dict[str, Any] = {
        "source": naming.info,
        "lang": naming.lang,
        "path": path,
        "components": tuple(part for part in path.split("/") if part),
        "permalink": config.make_permalink(path),
        "body": Body(file=source.file, shown=naming.info.shown, start=start, digest=record.digest),
        "body_line": body_line,
        "digest": record.digest,
        "assets": source.assets,
        "asset_paths": tuple(asset_paths),
    }
    if source.is_section:
        return Section(meta=SectionMeta(**_values(_SECTION_FIELDS, meta)), **shared)
    return Page(meta=PageMeta(**_values(_PAGE_FIELDS, meta)), slug=slug, **shared)


def _values(names: tuple[str, ...], values: list[Any]) -> dict[str, Any]:
    given = dict(zip(names, values, strict=True))
    for name in _TUPLES & given.keys():
        given[name] = tuple(given[name])
    for name in ("date", "updated"):
        if given.get(name) is not None:
            text, instant, year, month, day = given[name]
            moment = datetime.fromisoformat(instant)
            given[name] = Timestamp(text=text, instant=moment, year=year, month=month, day=day)
    if given.get("taxonomies"):
        given["taxonomies"] = {name: tuple(terms) for name, terms in given["taxonomies"].items()}
    return given
