"""What the last build left in, how one of its outputs came to be out: what it was made from, when, and why then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from generator.incremental.fact_table import Result
from generator.incremental.memory import Memory
from generator.incremental.published import Published
from generator.incremental.state import Cause, OutputRecord, State, TextRecord
from generator.model.output import KeptFile
from generator.templating.effects import Fact

What = Literal["page", "style sheet", "search index", "image", "other"]

_TEXT_FIELDS = ("content", "summary", "toc")


class Explanation(Struct, frozen=True, kw_only=True):
    """How an output came to be.

    source: what it shows, as people name it. template: name of the one that rendered it. at, latest: when it was made,
    and when a build made anything, in seconds since 1970. seconds, markdown_seconds: that it, and its own text, took.
    cause, changed: why it was made then, and which facts had changed. reads, text_reads: all facts that it, and its
    own text, read. images: (source from the site's root, path) of those that it asked for. is_published: it stands
    in the output folder as it was made.
    """

    path: str
    what: What
    source: str
    template: str
    at: float
    latest: float
    seconds: float
    markdown_seconds: float | None
    cause: Cause
    changed: tuple[Fact, ...]
    reads: tuple[Fact, ...]
    text_reads: tuple[Fact, ...]
    images: tuple[tuple[str, str], ...]
    is_published: bool


def explain_output(path: str, memory: Memory) -> Explanation:
    """Explain one of the outputs of the last build. Raises: KeyError when it had none of that path."""
    state = memory.state
    record = state.outputs[path]
    making = record.making
    facts, text_facts = state.output_facts.by_place(), state.text_facts.by_place()
    text = state.texts.get(making.source.removeprefix("content/"))
    asked = (*record.images, *(text.images if text else ()))
    return Explanation(
        path=path,
        what=_what(path, record, state),
        source=making.source or _image_source(path, state),
        template=making.template,
        at=making.at,
        latest=max((each.making.at for each in state.outputs.values()), default=0.0),
        seconds=making.seconds,
        markdown_seconds=text.seconds if text else None,
        cause=making.cause,
        changed=tuple(sorted(facts[place] for place in making.changed)),
        reads=tuple(sorted(facts[place] for place in record.reads)),
        text_reads=tuple(sorted(text_facts[place] for place in text.reads)) if text else (),
        images=tuple((source, target) for source, target, *_ in asked),
        is_published=_stands(path, record, memory.published),
    )


def _stands(path: str, record: OutputRecord, published: Published) -> bool:
    """Tell whether a file stands in the output folder as it was made, whenever it was put there."""
    return isinstance(published.find_kept({path: record}).files.get(path), KeptFile)


def _what(path: str, record: OutputRecord, state: State) -> What:
    if record.making.template:
        return "page"
    _, styles = state.made.get("sass", (None, []))
    _, indexes = state.made.get("search", (None, []))
    if any(sheet[0] == path for sheet in styles):
        return "style sheet"
    if path in indexes:
        return "search index"
    return "image" if _image_source(path, state) else "other"


def _image_source(path: str, state: State) -> str:
    """Return the file that a processed image is made from, from the site's root; empty when it is none."""
    return next((source for source, target in _images(state) if target == path), "")


def _images(state: State) -> Iterator[tuple[str, str]]:
    records: tuple[Mapping[str, TextRecord | OutputRecord], ...] = (state.texts, state.outputs)
    for each in records:
        for record in each.values():
            yield from ((source, target) for source, target, *_ in record.images)


def find_outputs_of(source: str, state: State, is_meant: Callable[[Fact], bool]) -> dict[str, list[Fact]]:
    """Return the outputs that a source went into, each with what it read of it. is_meant: which facts are of it."""
    found: dict[str, list[Fact]] = {
        path: [] for path, record in state.outputs.items() if record.making.source == source
    }
    images: dict[str, list[Fact]] = {
        target: [] for made_from, target in _images(state) if made_from == source and target in state.outputs
    }
    sheets: list[str] = [sheet[0] for sheet in state.made.get("sass", (None, []))[1]] if _is_sass(source) else []
    return {**found, **images, **{path: [] for path in sheets}, **_find_readers(state, is_meant)}


def _is_sass(source: str) -> bool:
    return "sass/" in source and source.endswith((".sass", ".scss", ".css"))


def _find_readers(state: State, is_meant: Callable[[Fact], bool]) -> dict[str, list[Fact]]:
    """Return the outputs that read any of the facts that are meant, each with those it read.

    A text that read one counts as such a fact: whatever shows that text, shows what became of it.
    """
    meant = {place: [fact] for place, fact in state.text_facts.by_place().items() if is_meant(fact)}
    texts = _reading(state.texts, meant)
    wanted: dict[int, list[Fact]] = {}
    for place, fact in state.output_facts.by_place().items():
        shown = texts.get(fact[1], []) if fact[0] in ("page", "section") and fact[2] in _TEXT_FIELDS else []
        if is_meant(fact) or shown:
            wanted[place] = [*([fact] if is_meant(fact) else []), *shown]
    return _reading(state.outputs, wanted)


def _reading(records: Mapping[str, Result], wanted: Mapping[int, list[Fact]]) -> dict[str, list[Fact]]:
    """Return those records that read any of the wanted places, with the facts that these stand for."""
    found: dict[str, list[Fact]] = {}
    for key, record in records.items():
        read = {fact for place in record.reads for fact in wanted.get(place, ())}
        if read:
            found[key] = sorted(read)
    return found
