"""Settings in, what a build reads besides them out."""

from __future__ import annotations

import os
import stat
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.content.folders import compose
from generator.content.walk import walk
from generator.incremental.glance import Inputs
from generator.incremental.memory import Memory
from generator.incremental.styles import styles_mark
from generator.model.config import SiteConfig
from generator.model.content import SourceFile
from generator.templating.loading import load_templates


def read_inputs(config: SiteConfig, *, drafts: bool, memory: Memory | None = None) -> Inputs:
    """Find a site's documents and read its templates. Raises: SiteErrors.

    memory: may know the documents, and which alone are to be looked at.
    """
    sources, doubtful = _find_known(config, memory) if memory else (None, None)
    return Inputs(
        config=config,
        sources=walk(config, drafts=drafts) if sources is None else sources,
        doubtful=doubtful,
        templates=load_templates(config),
        styles=styles_mark(config),
    )


Sources = tuple[SourceFile, ...]


def _find_known(config: SiteConfig, memory: Memory) -> tuple[Sources, Sources] | tuple[None, None]:
    """Return the documents of the last build, and those in doubt; nothing where others may have come or gone."""
    if memory.known is None or memory.doubtful is None:
        return None, None
    sources = memory.known.sources
    found = tuple(_find_doubtful(memory.doubtful, sources, config.content_dir))
    doubtful = tuple(source for source in found if source is not None)
    return (sources, doubtful) if len(doubtful) == len(found) else (None, None)


def _find_doubtful(paths: frozenset[Path], sources: Sources, top: Path) -> Iterator[SourceFile | None]:
    """Yield the documents that these paths are; None for one by which there may be others than before."""
    for path in paths:
        if path.is_relative_to(top):
            yield _find_source(path, sources, top)
        elif top.is_relative_to(path):
            yield None


def _find_source(path: Path, sources: Sequence[SourceFile], top: Path) -> SourceFile | None:
    key = compose(path.relative_to(top).as_posix())
    place = bisect_left(sources, key, key=lambda source: source.relative_path)
    source = sources[place] if place < len(sources) else None
    # A section may have become a draft, by which all in its folder goes.
    if source is None or source.file != path or source.is_section:
        return None
    try:
        return source if stat.S_ISREG(os.lstat(path).st_mode) else None
    except OSError:
        return None
