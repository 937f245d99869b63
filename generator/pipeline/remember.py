"""A finished build in, what the next one may use of it left in the site's memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.incremental.generated import Generated
from generator.incremental.glance import Glance, Inputs, make_glance, outside_facts
from generator.incremental.later import Later
from generator.incremental.memory import Known, Memory
from generator.incremental.outputs import Outputs, with_states
from generator.incremental.published import NOT_PUBLISHED
from generator.incremental.state import OutputRecord, State, without_unread
from generator.model.output import BuildReport, CopiedFile, KeptFile, OutputFile, ShelvedFile, find_copied
from generator.pipeline.images import Images
from generator.pipeline.load import Loaded, count
from generator.render.output import OutputStage

Files = Mapping[str, OutputFile | ShelvedFile | CopiedFile | KeptFile]


class Finished(Struct, frozen=True, kw_only=True):
    """A build that is published. sheets: of code in colour, those that the site has of its own among them.

    later: makes what is pending; None when nothing is.
    """

    inputs: Inputs
    loaded: Loaded
    generated: Generated
    outputs: Outputs
    later: Later | None
    images: Images
    stage: OutputStage
    sheets: Sequence[OutputFile]


def remember(memory: Memory, done: Finished, files: Files) -> None:
    """Leave for the next build what this one made, now that it stands in its folder."""
    bodies = done.loaded.bodies
    memory.texts.settle()
    records = _published_records(done, files, memory)
    state = State(
        documents=done.loaded.documents.records,
        texts=dict(bodies.texts.records),
        text_facts=bodies.facts,
        outputs=records,
        output_facts=done.outputs.facts,
        made=done.generated.made,
    )
    if done.later is None:
        # What is made later knows its facts by their places now.
        state = without_unread(state)
    known = Known(
        state=state,
        sources=done.inputs.sources,
        documents=done.loaded.documents.documents,
        library=done.loaded.site.library,
        backlinks=done.loaded.site.backlinks,
        plan=done.stage.plan,
        highlighter=done.loaded.highlighter,
        index=memory.index,
        later=done.later,
    )
    made = {path: file for path in records if isinstance(file := files[path], OutputFile)}
    memory.keep(known, lambda: _glance_of(done, files, state, memory), made)


def _glance_of(done: Finished, files: Files, state: State, memory: Memory) -> Glance:
    return make_glance(
        done.inputs,
        documents=state.documents,
        outside=outside_facts(state.text_facts, state.output_facts),
        images=done.images.inputs,
        outputs=state.outputs,
        contents=done.generated.styles,
        indexes=done.generated.indexes,
        copies=[step for step in done.stage.plan.steps if isinstance(step, CopiedFile) and files[step.path] is step],
        covered=[path for path in _all_records(done, files, memory) if isinstance(files.get(path), CopiedFile)],
        report=report_on(done.loaded, (*done.generated.warnings, *done.outputs.warnings)),
    )


def _published_records(done: Finished, files: Files, memory: Memory) -> dict[str, OutputRecord]:
    """Return the records of all generated files that now stand in the output."""
    records = _all_records(done, files, memory)
    # What static files cover is not what was made for that path, and is made again next time.
    for path in find_copied(files):
        records.pop(path, None)
    return with_states(records, files, memory.published)


def _all_records(done: Finished, files: Files, memory: Memory) -> dict[str, OutputRecord]:
    no_reads = (*done.generated.files, *(sheet.path for sheet in done.sheets))
    plain = {path: _plain_record(files.get(path), path, memory) for path in no_reads}
    return {**plain, **done.outputs.records, **done.images.records}


def _plain_record(file: object, path: str, memory: Memory) -> OutputRecord:
    """Return the record of a file that no template made."""
    known = memory.state.outputs.get(path) if isinstance(file, KeptFile) else None
    return replace(known, state=NOT_PUBLISHED) if known else OutputRecord(None, [], NOT_PUBLISHED, [], [])


def report_on(loaded: Loaded, warnings: Iterable[str] = ()) -> BuildReport:
    library = loaded.site.library
    return BuildReport(
        **count(library),
        ignored=tuple(library.pages[key].source.shown for keys in library.ignored_pages.values() for key in keys),
        orphan_paths=tuple(library.pages[key].path for key in library.orphans),
        warnings=(*loaded.warnings, *warnings),
    )
