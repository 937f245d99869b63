"""Documents in, their rendered texts out: those that nothing changed for are taken from the last build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from generator.engine.stage import Stages
from generator.incremental.facts import Facts
from generator.incremental.images import plain_images
from generator.incremental.marks import Mark, mark
from generator.incremental.memory import Memory
from generator.incremental.names import FactList
from generator.incremental.recall import FactTable, find_changed, keep_valid
from generator.incremental.state import TextRecord
from generator.incremental.texts import Texts, plain_links, text_marks, text_name
from generator.model.content import Page, Section
from generator.model.library import Library
from generator.render.bodies import BodyStage, anchor_place, render_body


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """All texts of a site, and the facts that they read."""

    texts: Texts
    facts: FactList


def render_bodies(library: Library, stage: BodyStage, memory: Memory, now: Facts, run: Stages) -> Bodies:
    """Return every document's text, recalled or rendered. Raises: SiteErrors as rendering does."""
    given = {key: _given(document, stage) for key, document in _documents(library).items()}
    known = memory.state.texts
    kept = keep_valid(known, given, find_changed(memory.state.text_facts, now))
    missing = [key for key in given if key not in kept]
    fresh = dict(zip(missing, run.map(render_body, missing, stage), strict=True))
    if not fresh and len(kept) == len(known):
        return Bodies(texts=Texts(fresh, known, memory.texts), facts=memory.state.text_facts)
    table = FactTable(now)
    root = stage.views.site.config.root
    records: dict[str, TextRecord] = {}
    for key, mark_now in given.items():
        record = kept.get(key)
        if record is None:
            text = fresh[key]
            inside, outside = plain_links(text)
            records[key] = TextRecord(
                given=mark_now,
                reads=table.places(text.reads),
                text=text_name(text),
                marks=text_marks(text),
                internal_links=inside,
                external_links=outside,
                images=plain_images(text.images, root),
                warnings=list(text.warnings),
            )
        else:
            records[key] = replace(record, reads=table.places_again(memory.state.text_facts, record.reads))
    return Bodies(texts=Texts(fresh, records, memory.texts), facts=table.facts())


def _documents(library: Library) -> Mapping[str, Page | Section]:
    return {**library.pages, **library.sections}


def _given(document: Page | Section, stage: BodyStage) -> Mark:
    """What a text is rendered from, besides the facts that it reads."""
    site = stage.views.site
    place = anchor_place(document, site.config, site.library)
    return mark((document.digest, document.permalink, document.lang, document.body_line, place))
