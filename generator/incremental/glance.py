"""The shortest way to find that nothing changed: what a build read from outside, and what it published."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from generator.incremental.documents import same_source, source_state
from generator.incremental.fact_table import FactTable
from generator.incremental.images import image_input, image_requests
from generator.incremental.marks import Mark, mark
from generator.incremental.published import Published
from generator.incremental.state import DocumentRecord, FileState, OutputRecord
from generator.model.config import SiteConfig
from generator.model.content import SourceFile
from generator.model.output import BuildReport, CopiedFile, KeptFile, OutputFile
from generator.templating.effects import Effects, Fact

Source = tuple[str, FileState, bytes, tuple[str, ...]]


class Glance(msgspec.Struct, frozen=True, array_like=True):
    """What a build read and published.

    sources: (path below content/, state, digest, names of assets). templates, styles: marks of all of them.
    outside: other facts that were read. images: requests with the marks of what they were made from.
    outputs: generated files with their states. contents: those of style sheets. indexes: paths of search indexes.
    copies: (path, file from the site's root, hard_link) of assets. covered: paths of generated files in whose place
    copies stood. report: its fields.
    """

    sources: list[Source]
    templates: Any
    styles: Any
    outside: list[tuple[tuple[str, ...], Any]]
    images: list[tuple[Any, Any]]
    outputs: list[tuple[str, FileState]]
    contents: list[tuple[str, bytes]]
    indexes: list[str]
    copies: list[tuple[str, str, bool]]
    covered: list[str]
    report: tuple[int, int, int, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


class Inputs(Struct, frozen=True, kw_only=True):
    """What of the site a glance is held against.

    sources: by their paths. doubtful: those that may have changed since the last build, where the others are those that
    it read; None where all may. styles: mark of all that style sheets are made of.
    """

    config: SiteConfig
    sources: tuple[SourceFile, ...]
    doubtful: tuple[SourceFile, ...] | None = None
    templates: Mapping[str, str]
    styles: Mark


def templates_mark(templates: Mapping[str, str]) -> Mark:
    """Return the mark of all templates."""
    return mark(sorted(templates.items()))


def outside_facts(*tables: FactTable) -> list[tuple[Fact, Mark]]:
    """Return those facts that do not follow from documents, templates and settings."""
    return list({fact: then for table in tables for fact, then in table.outside()}.items())


def is_unchanged(glance: Glance, inputs: Inputs, published: Published) -> bool:
    """Tell whether a build would make what stands there, to the byte."""
    return (
        glance.styles == inputs.styles
        and glance.templates == templates_mark(inputs.templates)
        and _same_sources(glance.sources, inputs.sources)
        and all(published.state(path) == state for path, state in glance.outputs)
        and _same_outside(glance, inputs.config, published)
        and _same_images(glance, inputs.config)
    )


def _same_sources(known: list[Source], sources: Sequence[SourceFile]) -> bool:
    if len(known) != len(sources):
        return False
    now = time.time_ns()
    for (path, state, digest, assets), source in zip(known, sources, strict=True):
        if source.relative_path != path:
            return False
        record = DocumentRecord(state, digest, assets, [])
        if not same_source(record, source, source_state(source, now)):
            return False
    return True


def _same_outside(glance: Glance, config: SiteConfig, published: Published) -> bool:
    if not glance.outside:
        return True
    if any(fact[0] != "file" for fact, _ in glance.outside):
        return False
    # Only sites whose templates read files need what follows.
    from generator.incremental.facts import mark_file
    from generator.templating.functions.files import SiteFiles

    generated = [OutputFile(path=path, data=data) for path, data in glance.contents]
    generated += [OutputFile(path=path, data=published.read(path)) for path in glance.indexes]
    files = SiteFiles(config, Effects(), generated)
    return all(mark_file(fact[1], files) == then for fact, then in glance.outside)


def _same_images(glance: Glance, config: SiteConfig) -> bool:
    return all(
        image_input(request, config.root) == given
        for values, given in glance.images
        for request in image_requests([values], config.root)
    )


def is_covered(glance: Glance, static: Iterable[CopiedFile]) -> bool:
    """Tell whether static files still stand wherever they kept a generated file from being published."""
    return not glance.covered or {file.path for file in static}.issuperset(glance.covered)


def kept_files(glance: Glance, root: Path) -> list[KeptFile | CopiedFile]:
    """Return all files of the site but static ones."""
    copies = [CopiedFile(path=path, file=root / file, hard_link=link) for path, file, link in glance.copies]
    return [*(KeptFile(path=path) for path, _ in glance.outputs), *copies]


def make_glance(
    inputs: Inputs,
    *,
    documents: Mapping[str, DocumentRecord],
    outside: Iterable[tuple[Fact, Mark]],
    images: Sequence[tuple[Any, Mark]],
    outputs: Mapping[str, OutputRecord],
    contents: Iterable[OutputFile],
    indexes: Iterable[str],
    copies: Iterable[CopiedFile],
    covered: Iterable[str],
    report: BuildReport,
) -> Glance:
    """Return what a finished build is recognised by."""
    root = inputs.config.root
    records = [(source.relative_path, documents[source.relative_path]) for source in inputs.sources]
    return Glance(
        sources=[(path, record.state, record.digest, record.assets) for path, record in records],
        templates=templates_mark(inputs.templates),
        styles=inputs.styles,
        outside=list(outside),
        images=list(images),
        outputs=[(path, record.state) for path, record in outputs.items()],
        contents=[(file.path, file.data) for file in contents],
        indexes=list(indexes),
        copies=[(copy.path, os.path.relpath(copy.file, root), copy.hard_link) for copy in copies],
        covered=list(covered),
        report=(
            report.pages,
            report.orphans,
            report.sections,
            report.ignored,
            report.orphan_paths,
            report.warnings,
        ),
    )


def report_of(glance: Glance) -> BuildReport:
    """Return what the build that was found again reported."""
    pages, orphans, sections, ignored, orphan_paths, warnings = glance.report
    return BuildReport(
        pages=pages,
        orphans=orphans,
        sections=sections,
        ignored=ignored,
        orphan_paths=orphan_paths,
        warnings=warnings,
    )
