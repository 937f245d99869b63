"""Jobs in, their files out: those that stand in the output as they would be made again are kept there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from generator.engine.stage import Stages
from generator.incremental.facts import Facts
from generator.incremental.images import image_requests, plain_images
from generator.incremental.marks import Mark, mark
from generator.incremental.memory import Memory
from generator.incremental.names import FactList
from generator.incremental.published import NOT_PUBLISHED, Made, Published
from generator.incremental.recall import FactTable, find_changed, keep_valid
from generator.incremental.state import OutputRecord
from generator.model.content import ImageRequest
from generator.render.jobs import Job
from generator.render.output import OutputStage, job_input, render_job


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Files by path, with what is to be kept of them. facts: what they read. images: what they ask for.

    fresh: paths of those that were made in this build.
    """

    files: Mapping[str, Made]
    records: Mapping[str, OutputRecord]
    facts: FactList
    images: tuple[ImageRequest, ...]
    warnings: tuple[str, ...]
    fresh: tuple[str, ...]


def render_outputs(jobs: Mapping[str, Job], stage: OutputStage, memory: Memory, now: Facts, run: Stages) -> Outputs:
    """Return every job's file, kept or rendered. jobs: by path. Raises: SiteErrors as rendering does."""
    given = {path: mark(job_input(job, stage)) for path, job in jobs.items()}
    known = memory.state.outputs
    valid = keep_valid(known, given, find_changed(memory.state.output_facts, now))
    kept = {path: file for path, record in valid.items() if (file := memory.published.find(path, record))}
    missing = [job for path, job in jobs.items() if path not in kept]
    fresh = {file.path: file for file in run.map(render_job, missing, stage)}
    root = stage.views.site.config.root
    table = FactTable(now)
    records: dict[str, OutputRecord] = {}
    files: dict[str, Made] = {}
    images: dict[str, ImageRequest] = {}
    for path, given_now in given.items():
        if path not in kept:
            file = files[path] = fresh[path]
            records[path] = OutputRecord(
                given=given_now,
                reads=table.places(file.reads),
                state=NOT_PUBLISHED,
                images=plain_images(file.images, root),
                warnings=list(file.warnings),
            )
        else:
            files[path] = kept[path]
            reads = table.places_again(memory.state.output_facts, valid[path].reads)
            records[path] = replace(valid[path], reads=reads)
        for request in image_requests(records[path].images, root):
            images[request.target] = request
    warnings = tuple(warning for record in records.values() for warning in record.warnings)
    return Outputs(
        files=files,
        records=records,
        facts=table.facts(),
        images=tuple(images.values()),
        warnings=warnings,
        fresh=tuple(fresh),
    )


def keep_or_make(inputs: Mapping[str, Mark], memory: Memory) -> tuple[dict[str, Made], dict[str, OutputRecord]]:
    """Return those of some files that stand as they were made from the same input, and records of all of them."""
    kept: dict[str, Made] = {}
    records: dict[str, OutputRecord] = {}
    for path, given in inputs.items():
        record = memory.state.outputs.get(path)
        file = memory.published.find(path, record) if record is not None and record.given == given else None
        if record is not None and file is not None:
            kept[path] = file
            records[path] = replace(record, reads=[])
        else:
            records[path] = OutputRecord(given=given, reads=[], state=NOT_PUBLISHED, images=[], warnings=[])
    return kept, records


def with_states(records: Mapping[str, OutputRecord], published: Published) -> dict[str, OutputRecord]:
    """Return the records with the state of what has just been published; what is not there is left out."""
    done: dict[str, OutputRecord] = dict(records)
    for path, record in records.items():
        if record.state == NOT_PUBLISHED:
            state = published.state(path)
            if state is None:
                del done[path]
            else:
                done[path] = replace(record, state=state)
    return done
