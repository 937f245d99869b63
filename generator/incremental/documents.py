"""Source files in, parsed documents out: those whose file is what it was are taken from the last build."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from generator.content.body import Body, digest_of
from generator.content.naming import name_document
from generator.files.reading import read_regular
from generator.incremental.marks import Mark, mark
from generator.incremental.state import DocumentRecord, FileState, file_state
from generator.model.config import SiteConfig
from generator.model.content import Page, PageMeta, Section, SectionMeta, SourceFile, Timestamp

Document = Page | Section

_PAGE_FIELDS = tuple(field.name for field in fields(PageMeta))
_SECTION_FIELDS = tuple(field.name for field in fields(SectionMeta))
_TUPLES = frozenset({"authors", "aliases"})
# So many of a record's values are of its document's outline: all that is not its text.
_OUTLINE = 4
# A file that changed so shortly before it was looked at may change again without looking different.
_SETTLED_NS = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """All documents of a site by key, and what is to be kept of them.

    parsed: how many were not taken from the last build. touched: keys of those whose text alone changed since then;
    None when more did, and so how documents stand to each other may have changed.
    """

    documents: dict[str, Document]
    records: dict[str, DocumentRecord]
    parsed: int
    touched: frozenset[str] | None


def read_documents(
    sources: Sequence[SourceFile],
    config: SiteConfig,
    known: Mapping[str, DocumentRecord],
    parse: Callable[[Sequence[SourceFile]], list[Document]],
    held: Mapping[str, Document] | None = None,
) -> Documents:
    """Return every document, recalled or parsed. Raises: what parse raises.

    parse: parses those sources. held: the documents of the known records, where this process still has them.
    """
    recalled: dict[str, Document] = {}
    records: dict[str, DocumentRecord] = {}
    states: dict[str, FileState] = {}
    missing: list[SourceFile] = []
    for source in sources:
        key = source.relative_path
        state = source_state(source)
        record = known.get(key)
        if record is None or not same_source(record, source, state):
            missing.append(source)
            states[key] = state
            continue
        recalled[key] = held[key] if held else _document(record, source, config)
        same = record.state == state
        records[key] = record if same else DocumentRecord(state, record.digest, record.assets, record.values)
    fresh = {document.key: document for document in parse(missing)}
    records |= {key: _record(document, states[key]) for key, document in fresh.items()}
    only_texts = len(records) == len(known) and all(_is_outline_same(records[key], known.get(key)) for key in fresh)
    documents = {**recalled, **fresh}
    return Documents(
        documents=documents, records=records, parsed=len(fresh), touched=frozenset(fresh) if only_texts else None
    )


def _is_outline_same(record: DocumentRecord, known: DocumentRecord | None) -> bool:
    """Tell whether two records say the same of a document, but for its text."""
    return known is not None and _outline(record) == _outline(known)


def _outline(record: DocumentRecord) -> Mark:
    return mark((record.assets, record.values[:_OUTLINE]))


def source_state(source: SourceFile) -> FileState:
    """Return what tells that a source file is untouched; never that of one that may be being written."""
    try:
        state = file_state(os.stat(source.file))
    except OSError:
        return 0, 0, 0, 0
    return state if time.time_ns() - state[2] > _SETTLED_NS else (*state[:3], 0)


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
