"""Documents in, their rendered texts out: those that nothing changed for are taken from the last build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.engine.stage import Stages
from generator.incremental.documents import Documents
from generator.incremental.fact_table import FactTable, Notes, find_changed, keep_valid
from generator.incremental.facts import Facts
from generator.incremental.marks import Mark, mark
from generator.incremental.memory import Memory
from generator.incremental.state import TextRecord
from generator.incremental.texts import FreshText, Texts, keep_text
from generator.model.content import Page, Section
from generator.model.library import Library
from generator.render.bodies import BodyStage, anchor_place, render_body


class Bodies(Struct, frozen=True, kw_only=True):
    """All texts of a site, and the facts that they read.

    touched: keys of the documents that may look otherwise than in the last build, if all stand to each other as they
    did; None when they may not. relinked: those to which others link than before, as far as is known.
    """

    texts: Texts
    facts: FactTable
    touched: frozenset[str] | None
    relinked: frozenset[str]


def render_bodies(
    library: Library, stage: BodyStage, memory: Memory, now: Facts, run: Stages, read: Documents
) -> Bodies:
    """Return every document's text, recalled or rendered. Raises: SiteErrors as rendering does."""
    touched = read.touched
    state = memory.state
    documents: Mapping[str, Page | Section] = {**library.pages, **library.sections}
    doubtful = (state.texts.keys() if touched is None else touched) & documents.keys()
    given = {key: _given(documents[key], stage) for key in doubtful}
    changed = find_changed(state.text_facts, now, touched)
    kept = keep_valid(state.texts, documents, given, changed.marks)
    missing = [key for key in documents if key not in kept]
    notes = Notes(state.text_facts, changed.marks, now)
    fresh: dict[str, TextRecord] = {}
    parts: dict[str, tuple[tuple[str, float], ...]] = {}
    for key, text in run.each(_make_text, missing, stage):
        memory.texts.put(text.record.text, text.body)
        fresh[key] = replace(text.record, reads=notes.places(text.reads))
        parts[key] = text.parts
    records = {key: kept.get(key) or fresh[key] for key in documents}
    relinked = frozenset(_relinked(fresh, state.texts))
    told = (target for key in read.renamed if key in records for target in _targets(records[key]))
    return Bodies(
        texts=Texts(records, memory.texts, stage.views.site.config.make_permalink("/"), parts),
        facts=notes.table(),
        touched=None if touched is None else touched.union(fresh, relinked, told),
        relinked=relinked,
    )


def _make_text(key: str, stage: BodyStage) -> FreshText:
    """Render a document's text to what is kept of it; of two processes, the one that renders does that."""
    site = stage.views.site
    document = site.library.pages.get(key) or site.library.sections[key]
    return keep_text(render_body(key, stage), _given(document, stage), site.config)


def _relinked(fresh: Mapping[str, TextRecord], known: Mapping[str, TextRecord]) -> Iterator[str]:
    """Yield the documents that some fresh text links to, and did not before, or the other way round."""
    for key, record in fresh.items():
        yield from _targets(record) ^ (_targets(known[key]) if key in known else frozenset())


def _targets(record: TextRecord) -> frozenset[str]:
    return frozenset(link[0] for link in record.internal_links)


def _given(document: Page | Section, stage: BodyStage) -> Mark:
    """What a text is rendered from, besides the facts that it reads."""
    site = stage.views.site
    place = anchor_place(document, site.config, site.library)
    return mark((document.digest, document.path, document.lang, document.body_line, place))
