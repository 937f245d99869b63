"""Jobs in, their files out: those that stand in the output as they would be made again are kept there."""

from __future__ import annotations

import time
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.engine.stage import Stages
from generator.incremental.fact_table import FactTable, Notes, find_changed, keep_valid
from generator.incremental.facts import Facts
from generator.incremental.images import image_requests, plain_images
from generator.incremental.index import Index
from generator.incremental.marks import Mark, digest, mark
from generator.incremental.memory import Memory
from generator.incremental.published import NOT_PUBLISHED, Made, Published
from generator.incremental.state import Cause, Making, OutputRecord, State
from generator.model.content import ImageRequest
from generator.model.output import OutputFile, Shelve
from generator.render.jobs import FeedJob, Job, SitemapJob
from generator.render.output import OutputStage, job_input, render_job

# So many of the facts that had changed are kept as the reason.
_MOST_CAUSES = 8
# What a file takes that was never made, and for each page one that lists all.
_USUAL_COST_S, _LISTED_COST_S = 0.001, 0.00005


class Outputs(Struct, frozen=True, kw_only=True):
    """Files by path, with what is to be kept of them. facts: what they read. images: what they ask for.

    fresh: paths of those that were made in this build. pending: jobs of those that are still to be made, the quickest
    first; costs: how many seconds each of those may take; recorder: what records them then.
    """

    files: Mapping[str, Made]
    records: Mapping[str, OutputRecord]
    facts: FactTable
    images: tuple[ImageRequest, ...]
    warnings: tuple[str, ...]
    fresh: tuple[str, ...]
    pending: Mapping[str, Job]
    costs: Mapping[str, float]
    recorder: Recorder


def render_outputs(
    jobs: Mapping[str, Job],
    stage: OutputStage,
    memory: Memory,
    now: Facts,
    run: Stages,
    touched: frozenset[str] | None,
    shelve: Shelve,
) -> Outputs:
    """Return every job's file, kept or rendered. jobs: by path. touched: of Bodies. Raises: SiteErrors.

    shelve: puts away what has been rendered.

    Where the memory sets a time to do without them in, and rendering would take longer, they are left pending.
    """
    state = memory.state
    doubtful = state.outputs.keys() & jobs.keys() if touched is None else ()
    given = {path: mark(job_input(jobs[path], stage)) for path in doubtful}
    changed = find_changed(state.output_facts, now, touched)
    index = memory.index
    readers = index.find_readers(changed.owners) if index else None
    valid = keep_valid(state.outputs, jobs, given, changed.marks, readers)
    kept = memory.published.find_kept(valid)
    costs = {path: _expected_cost(jobs[path], memory, stage) for path in jobs if path not in kept.files}
    seconds = sum(costs.values())
    is_late = memory.patience_s is not None and seconds > memory.patience_s
    missing = [] if is_late else [jobs[path] for path in costs]
    # One feed of all pages is worth a worker.
    cost = seconds / _USUAL_COST_S / max(1, len(costs))
    recorder = Recorder(stage.views.site.config.root, state, given, changed.marks, now, index)
    fresh: dict[str, Made] = {}
    made: dict[str, OutputRecord] = {}
    for job, output in run.each(make_output, missing, stage, cost=cost):
        made[job.path] = recorder.record(output)
        # Its notes are in the record, and may take more room than its bytes.
        fresh[job.path] = shelve(replace(output.file, reads=(), images=()))
    records = {**kept.records, **made}
    notable = records if index is None else records.keys() & index.notable
    noted = [records[path] for path in jobs if path in notable] if notable else []
    wanted = (image_requests(record.images, recorder.root) for record in noted if record.images)
    return Outputs(
        files={**kept.files, **fresh},
        records=records,
        facts=recorder.facts(),
        images=tuple({request.target: request for request in chain.from_iterable(wanted)}.values()),
        warnings=tuple(warning for record in noted for warning in record.warnings),
        fresh=tuple(fresh),
        pending={path: jobs[path] for path in sorted(costs, key=costs.__getitem__)} if is_late else {},
        costs=costs,
        recorder=recorder,
    )


def _expected_cost(job: Job, memory: Memory, stage: OutputStage) -> float:
    """Return how many seconds a file will take, by how long it took when it was last made."""
    record = memory.state.outputs.get(job.path)
    if record is not None and record.making.seconds:
        return record.making.seconds
    if memory.known is not None and memory.known.later is not None and job.path in memory.known.later.costs:
        return memory.known.later.costs[job.path]
    is_list = isinstance(job, (FeedJob, SitemapJob))
    return len(stage.views.site.library.pages) * _LISTED_COST_S if is_list else _USUAL_COST_S


class FreshOutput(NamedTuple):
    """A file that has just been rendered. given: mark of what with. digest: of its bytes."""

    file: OutputFile
    given: Mark
    digest: bytes


def make_output(job: Job, stage: OutputStage) -> FreshOutput:
    """Render a file, and find what it is recorded by. Raises: SiteError as rendering does."""
    given = mark(job_input(job, stage))
    file = render_job(job, stage)
    return FreshOutput(file, given, digest(file.data))


class Recorder:
    """Makes the records of files that were rendered in a build.

    root: the site's folder. given: marks of the inputs of those files that there are records of, if all are in doubt.
    index: takes what is recorded.
    """

    def __init__(
        self,
        root: Path,
        state: State,
        given: Mapping[str, Mark],
        changed: Mapping[int, Mark],
        now: Facts,
        index: Index | None,
    ) -> None:
        self.root = root
        self._index = index
        self._known = state.outputs
        self._given = given
        self._changed = changed
        self._notes = Notes(state.output_facts, changed, now)
        self._moment = time.time()

    def record(self, output: FreshOutput) -> OutputRecord:
        """Return the record of a file that is not published yet."""
        file = output.file
        record = OutputRecord(
            given=output.given,
            reads=self._notes.places(file.reads),
            state=NOT_PUBLISHED,
            images=plain_images(file.images, self.root),
            warnings=list(file.warnings),
            making=_making(file, self._moment, _find_cause(file.path, self._known, self._given, self._changed)),
            digest=output.digest,
        )
        if self._index is not None:
            self._index.add(file.path, file.reads, record)
        return record

    def facts(self) -> FactTable:
        """Return the facts that all files read, those that were recorded so far among them."""
        return self._notes.table()


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
    kept = memory.published.find_kept(valid)
    records = {
        path: replace(kept.records[path], reads=[])
        if path in kept.records
        else OutputRecord(given=given, reads=[], state=NOT_PUBLISHED, images=[], warnings=[])
        for path, given in inputs.items()
    }
    return kept.files, records


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
                found = record.digest or (digest(file.data) if isinstance(file, OutputFile) else b"")
                done[path] = replace(record, state=state, digest=found)
    return done
