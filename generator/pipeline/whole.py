"""The build on one screen, when there is something to do: load, plan, render; what comes out is written by others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.assets.static import static_files
from generator.engine.stage import Stages
from generator.incremental.facts import Facts
from generator.incremental.generated import Generated, generate
from generator.incremental.glance import Inputs
from generator.incremental.later import Later
from generator.incremental.memory import Memory
from generator.incremental.outputs import render_outputs
from generator.model.content import Page, Section
from generator.model.output import OutputFile, PendingFile, Shelve, SiteOutput
from generator.pipeline.images import process_images
from generator.pipeline.load import Loaded, load_site
from generator.pipeline.remember import Finished, remember, report_on
from generator.pipeline.timings import list_timings
from generator.pipeline.unready import find_unready
from generator.render.jobs import Job
from generator.render.output import OutputStage
from generator.render.plan import Plan, plan
from generator.templating.effects import Effects
from generator.templating.engine import extend_engine
from generator.templating.functions.files import SiteFiles
from generator.templating.views import Views
from generator.write.collisions import PlannedFile, join_files

if TYPE_CHECKING:
    from generator.highlight import Highlighter


def build_whole(
    inputs: Inputs, memory: Memory, run: Stages, target: Path, shelve: Shelve, *, drafts: bool
) -> SiteOutput:
    """Build a site, taking from its memory what still holds. Raises: SiteErrors of the first stage that has any."""
    config = inputs.config
    loaded = load_site(inputs, memory, run, drafts=drafts)
    run.watch.begin("planning")
    known = memory.known
    planned = known.plan if known is not None and loaded.bodies.touched is not None else plan(loaded.site)
    generated = generate(loaded.site, loaded.bodies.texts, memory, run.watch)
    views = Views(loaded.site, loaded.stage.effects)
    engine = extend_engine(loaded.stage.engine, views, effects=views.effects, generated=generated.contents)
    stage = OutputStage(views=views, engine=engine, effects=views.effects, plan=planned)
    now = _facts(stage, loaded, generated)
    run.watch.begin("rendering templates")
    outputs = render_outputs(planned.jobs, stage, memory, now, run, loaded.bodies.touched, shelve)
    run.watch.begin("processing images")
    images = process_images(loaded, outputs, memory, run)
    run.watch.begin("gathering files")
    static = static_files(config)
    sheets = _stylesheets(loaded.highlighter)
    own = {file.path for file in static.files}
    later = Later(outputs, stage, memory, images=images.files, covered=own)
    pending = later.files()
    files, collisions = join_files(
        generated.files.values(),
        _steps(planned, {**outputs.files, **pending}),
        (sheet for sheet in sheets if sheet.path not in own),  # Zola: the site's own sheet is kept
        images.files.values(),
        static.files,
    )
    there = {path: file for path, file in files.items() if not isinstance(file, PendingFile)}
    done = Finished(
        inputs=inputs,
        loaded=loaded,
        generated=generated,
        outputs=outputs,
        later=later if pending else None,
        images=images,
        stage=stage,
        sheets=sheets,
    )
    return SiteOutput(
        root=config.root,
        roots=config.roots,
        files=there,
        folders=static.folders,
        config_output_dir=target,
        preserve_dotfiles=config.preserve_dotfiles_in_output,
        report=report_on(loaded, (*generated.warnings, *outputs.warnings, *static.warnings, *collisions)),
        timings=partial(list_timings, done),
        published=partial(remember, memory, done, there),
        unready=find_unready(loaded.site.library) if config.mode == "serve" else {},
        pending=pending,
        find_image=later.find_image,
    )


def _steps(planned: Plan, made: Mapping[str, PlannedFile]) -> Iterator[PlannedFile]:
    """Yield the files of a plan in its order. made: by path, those of jobs, but for what static files cover."""
    for step in planned.steps:
        if not isinstance(step, Job):
            yield step
        elif step.path in made:
            yield made[step.path]


def _facts(stage: OutputStage, loaded: Loaded, generated: Generated) -> Facts:
    library = loaded.site.library
    documents: tuple[Page | Section, ...] = (*library.pages.values(), *library.sections.values())
    files = SiteFiles(loaded.site.config, Effects(), generated.contents, documents)
    return Facts(stage.views, stage.engine, loaded.templates, files, text_marks=loaded.bodies.texts.marks)


def _stylesheets(highlighter: Highlighter | None) -> list[OutputFile]:
    """Return the style sheets of code in colour."""
    sheets = highlighter.stylesheets() if highlighter else {}
    return [OutputFile(path=name, data=text.encode()) for name, text in sheets.items()]
