"""Documents in, their rendered texts out: those that nothing changed for are taken from the last build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.engine.stage import Stages
from generator.incremental.documents import Documents
from generator.incremental.fact_table import FactTable, Notes, find_changed, keep_valid
from generator.incremental.facts import Facts
from generator.incremental.images import plain_images
from generator.incremental.marks import Mark, mark
from generator.incremental.memory import Memory
from generator.incremental.state import TextRecord
from generator.incremental.texts import Texts, plain_links, text_marks, text_name
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
    doubtful = documents.keys() if touched is None else touched & documents.keys()
    given = {key: _given(documents[key], stage) for key in doubtful}
    changed = find_changed(state.text_facts, now, touched)
    kept = keep_valid(state.texts, documents, given, changed)
    missing = [key for key in documents if key not in kept]
    fresh = dict(zip(missing, run.map(render_body, missing, stage), strict=True))
    notes = Notes(state.text_facts, changed, now)
    config = stage.views.site.config
    root, home = config.root, config.make_permalink("/")

    def record(key: str) -> TextRecord:
        text = fresh[key]
        inside, outside = plain_links(text)
        return TextRecord(
            given=given.get(key) or _given(documents[key], stage),
            reads=notes.places(text.reads),
            text=text_name(text, home),
            marks=text_marks(text),
            internal_links=inside,
            external_links=outside,
            images=plain_images(text.images, root),
            warnings=list(text.warnings),
            is_portable=text.is_portable,
            seconds=text.seconds,
        )

    records = {key: kept.get(key) or record(key) for key in documents}
    relinked = frozenset(_relinked(fresh, records, state.texts))
    told = (target for key in read.renamed if key in records for target in _targets(records[key]))
    return Bodies(
        texts=Texts(fresh, records, memory.texts, home),
        facts=notes.table(),
        touched=None if touched is None else touched.union(fresh, relinked, told),
        relinked=relinked,
    )


def _relinked(
    fresh: Iterable[str], records: Mapping[str, TextRecord], known: Mapping[str, TextRecord]
) -> Iterator[str]:
    """Yield the documents that some fresh text links to, and did not before, or the other way round."""
    for key in fresh:
        yield from _targets(records[key]) ^ (_targets(known[key]) if key in known else frozenset())


def _targets(record: TextRecord) -> frozenset[str]:
    return frozenset(link[0] for link in record.internal_links)


def _given(document: Page | Section, stage: BodyStage) -> Mark:
    """What a text is rendered from, besides the facts that it reads."""
    site = stage.views.site
    place = anchor_place(document, site.config, site.library)
    return mark((document.digest, document.path, document.lang, document.body_line, place))
