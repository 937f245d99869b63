"""Rows of texts in, an index that elasticlunr.js 0.9.5 loads out, as JSON."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import sqrt

from generator.search.languages import Language, Terms, split_path, split_words

VERSION = "0.9.5"
_EMPTY_NODE = '{"docs":{},"df":0'

# Field -> term -> its documents, each as `"ref":{"tf":1.0}`.
Postings = dict[str, dict[str, list[str]]]


def render_index(language: Language, fields: Sequence[str], rows: Mapping[str, Sequence[str]]) -> str:
    """Return the index of documents. rows: by the document's URL, its texts in the order of `fields`.

    Zola: a text without a field is left out; the terms of one field count again in those that follow it.
    """
    terms = Terms(language)
    postings: Postings = {field: defaultdict(list) for field in fields}
    lengths: dict[str, dict[str, int]] = {}
    for ref in sorted(rows):
        lengths[ref] = _index_document(ref, list(zip(fields, rows[ref], strict=False)), terms, postings)
    return _write(language, fields, rows, postings, lengths)


def _index_document(ref: str, texts: list[tuple[str, str]], terms: Terms, postings: Postings) -> dict[str, int]:
    """Add a document to `postings`; return how many terms each of its fields has."""
    counts: Counter[str] = Counter()
    entries = _Entries(ref)
    lengths = {}
    for field, text in texts:
        found = terms.index(split_path(text) if field == "path" else split_words(text))
        lengths[field] = len(found)
        counts.update(found)
        documents = postings[field]
        for term, count in counts.items():
            documents[term].append(entries[count])
    return lengths


class _Entries(dict[int, str]):
    """A document's entry under a term, by how often it has the term."""

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = _text(ref)

    def __missing__(self, count: int) -> str:
        entry = f'{self._ref}:{{"tf":{sqrt(count)!r}}}'
        self[count] = entry
        return entry


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(
    language: Language,
    fields: Sequence[str],
    rows: Mapping[str, Sequence[str]],
    postings: Postings,
    lengths: Mapping[str, Mapping[str, int]],
) -> str:
    index = ",".join(f'{_text(field)}:{{"root":{_write_tree(postings[field])}}}' for field in sorted(postings))
    docs = {
        ref: dict(sorted({"id": ref, **dict(zip(fields, rows[ref], strict=False))}.items())) for ref in sorted(rows)
    }
    store = {
        "save": True,
        "docs": docs,
        "docInfo": {ref: dict(sorted(lengths[ref].items())) for ref in sorted(rows) if lengths[ref]},
        "length": len(rows),
    }
    head = {"fields": list(fields), "pipeline": language.pipeline, "ref": "id", "version": VERSION}
    return f'{_json(head)[:-1]},"index":{{{index}}},"documentStore":{_json(store)},"lang":{_text(language.name)}}}'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write_tree(documents: Mapping[str, list[str]]) -> str:
    """Write the terms as a tree of their characters; sorted terms make each branch once, in one pass."""
    parts = [_EMPTY_NODE]
    before = ""
    for term in sorted(documents):
        shared = _shared_length(before, term)
        parts.append("}" * (len(before) - shared))
        parts += [f",{_text(char)}:{_EMPTY_NODE}" for char in term[shared:-1]]
        entries = documents[term]
        parts.append(f',{_text(term[-1])}:{{"docs":{{{",".join(entries)}}},"df":{len(entries)}')
        before = term
    parts.append("}" * (len(before) + 1))
    return "".join(parts)


def _shared_length(one: str, other: str) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length
