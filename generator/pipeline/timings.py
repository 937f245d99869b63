"""A finished build in, how long it took for each thing that it made out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.output import KeptFile, Timing
from generator.pipeline.remember import Finished
from generator.templating.site import Site


def list_timings(done: Finished) -> tuple[Timing, ...]:
    """Return the times of texts, files and images that were made, and not taken from the last build."""
    return (*_texts(done), *_files(done), *_images(done))


def _texts(done: Finished) -> Iterator[Timing]:
    texts = done.loaded.bodies.texts
    for key, parts in texts.fresh.items():
        shown = _shown(key, done.loaded.site)
        yield Timing(work="Markdown", name=shown, source=shown, seconds=texts.records[key].seconds, parts=parts)


def _shown(key: str, site: Site) -> str:
    document = site.library.pages.get(key) or site.library.sections[key]
    return document.source.shown


def _files(done: Finished) -> Iterator[Timing]:
    for path in done.outputs.fresh:
        file = done.outputs.files[path]
        if not isinstance(file, KeptFile):
            yield Timing(work="template", name=path, source=file.source, seconds=file.seconds, parts=file.parts)


def _images(done: Finished) -> Iterator[Timing]:
    for file in done.images.fresh:
        yield Timing(work="image", name=file.path, seconds=file.seconds)
