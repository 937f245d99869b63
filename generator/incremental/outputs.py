"""Jobs in, their files out: those that stand in the output as they would be made again are kept there."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from msgspec.structs import replace

from generator.engine.stage import Stages
from generator.incremental.fact_table import FactTable, Notes, find_changed, keep_valid
from generator.incremental.facts import Facts
from generator.incremental.images import image_requests, plain_images
from generator.incremental.marks import Mark, mark
from generator.incremental.memory import Memory
from generator.incremental.published import NOT_PUBLISHED, Made, Published, find_kept
from generator.incremental.state import Cause, Making, OutputRecord
from generator.model.content import ImageRequest
from generator.model.output import OutputFile
from generator.render.jobs import Job
from generator.render.output import OutputStage, job_input, render_job

# So many of the facts that had changed are kept as the reason.
_MOST_CAUSES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Files by path, with what is to be kept of them. facts: what they read. images: what they ask for.

    fresh: paths of those that were made in this build.
    """

    files: Mapping[str, Made]
    records: Mapping[str, OutputRecord]
    facts: FactTable
    images: tuple[ImageRequest, ...]
    warnings: tuple[str, ...]
    fresh: tuple[str, ...]


def render_outputs(
    jobs: Mapping[str, Job],
    stage: OutputStage,
    memory: Memory,
    now: Facts,
    run: Stages,
    touched: frozenset[str] | None,
) -> Outputs:
    """Return every job's file, kept or rendered. jobs: by path. touched: of Bodies. Raises: SiteErrors."""
    state = memory.state
    given = {path: mark(job_input(job, stage)) for path, job in jobs.items()} if touched is None else {}
    changed = find_changed(state.output_facts, now, touched)
    valid = keep_valid(state.outputs, jobs, given, changed)
    kept = find_kept(valid, memory.published)
    missing = [job for path, job in jobs.items() if path not in kept]
    fresh = {file.path: file for file in run.map(render_job, missing, stage)}
    notes, moment = Notes(state.output_facts, changed, now), time.time()
    root = stage.views.site.config.root

    def record(path: str) -> OutputRecord:
        file = fresh[path]
        return OutputRecord(
            given=given[path] if touched is None else mark(job_input(jobs[path], stage)),
            reads=notes.places(file.reads),
            state=NOT_PUBLISHED,
            images=plain_images(file.images, root),
            warnings=list(file.warnings),
            making=_making(file, moment, _find_cause(path, state.outputs, given, changed)),
        )

    records = {path: kept[path][1] if path in kept else record(path) for path in jobs}
    wanted = (image_requests(record.images, root) for record in records.values() if record.images)
    return Outputs(
        files={**{path: file for path, (file, _) in kept.items()}, **fresh},
        records=records,
        facts=notes.table(),
        images=tuple({request.target: request for request in chain.from_iterable(wanted)}.values()),
        warnings=tuple(warning for record in records.values() for warning in record.warnings),
        fresh=tuple(fresh),
    )


def _find_cause(
    path: str, known: Mapping[str, OutputRecord], given: Mapping[str, Mark], changed: Mapping[int, Mark]
) -> tuple[Cause, list[int]]:
    """Return why a file is made that was not kept, and the first facts that changed, by their places."""
    record = known.get(path)
    if record is None:
        return ("new" if known else "first"), []
    places = sorted(changed.keys() & set(record.reads))
    if places:
        return "facts", places[:_MOST_CAUSES]
    return ("given" if given.get(path, record.given) != record.given else "published"), []


def _making(file: OutputFile, moment: float, cause: tuple[Cause, list[int]]) -> Making:
    why, changed = cause
    return Making(
        source=file.source, template=file.template, at=moment, seconds=file.seconds, cause=why, changed=changed
    )


def keep_or_make(inputs: Mapping[str, Mark], memory: Memory) -> tuple[dict[str, Made], dict[str, OutputRecord]]:
    """Return those of some files that stand as they were made from the same input, and records of all of them."""
    known = memory.state.outputs
    valid = {path: known[path] for path, given in inputs.items() if path in known and known[path].given == given}
    kept = find_kept(valid, memory.published)
    records = {
        path: replace(kept[path][1], reads=[])
        if path in kept
        else OutputRecord(given=given, reads=[], state=NOT_PUBLISHED, images=[], warnings=[])
        for path, given in inputs.items()
    }
    return {path: file for path, (file, _) in kept.items()}, records


def with_states(
    records: Mapping[str, OutputRecord], files: Mapping[str, object], published: Published
) -> dict[str, OutputRecord]:
    """Return the records with what is to be known of what has just been published; what is not there is left out."""
    done: dict[str, OutputRecord] = dict(records)
    for path, record in records.items():
        if record.state == NOT_PUBLISHED:
            state = published.state(path)
            if state is None:
                del done[path]
            else:
                file = files.get(path)
                digest = published.digest(file) if isinstance(file, OutputFile) else record.digest
                done[path] = replace(record, state=state, digest=digest)
    return done
