"""The build on one screen: load, plan, render; what comes out is written, or served, by others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.assets.static import static_files
from generator.config.load import load_config
from generator.engine.stage import Stages
from generator.errors import raise_all
from generator.highlight import Highlighter
from generator.incremental.facts import Facts
from generator.incremental.generated import Generated, generate
from generator.incremental.glance import Glance, is_unchanged, kept_files, report_of
from generator.incremental.memory import Memory, open_memory
from generator.incremental.outputs import render_outputs
from generator.incremental.published import InMemory
from generator.incremental.state import State, without_outputs
from generator.incremental.texts import LostTextError
from generator.links.external import check_external_links
from generator.model.config import SiteConfig
from generator.model.content import Page, Section
from generator.model.options import BuildOptions
from generator.model.output import BuildReport, CopiedFile, OutputFile, SiteOutput
from generator.pipeline.images import process_images
from generator.pipeline.load import Loaded, load_site, read_inputs
from generator.pipeline.remember import Finished, remember, report_on
from generator.render.jobs import Job
from generator.render.output import OutputStage
from generator.render.plan import plan
from generator.templating.effects import Effects
from generator.templating.engine import extend_engine
from generator.templating.functions.files import SiteFiles
from generator.templating.views import Views
from generator.write.collisions import join_files


def build_site(options: BuildOptions) -> SiteOutput:
    """Build a site in memory. Raises: SiteErrors with all problems of the first stage that has any."""
    try:
        return _build(options, partial(open_memory, options=options))
    except LostTextError:
        # What the last build left is not whole: begin anew, and leave a whole one.
        return _build(options, partial(open_memory, options=options, anew=True))


class Preview:
    """Builds one site again and again, for a preview that holds it in memory: only what an edit changes is redone."""

    def __init__(self) -> None:
        self._last: tuple[bytes, State, InMemory] | None = None

    def build(self, options: BuildOptions) -> SiteOutput:
        """Build the site as it is now; every file is there, none in an output folder. Raises: as build_site does."""
        try:
            return self._build(options)
        except LostTextError:
            self._last = None
            return self._build(options)

    def _build(self, options: BuildOptions) -> SiteOutput:
        output = _build(options, partial(self._recall, options=options))
        output.published()
        return output

    def _recall(self, config: SiteConfig, target: Path, *, options: BuildOptions) -> Memory:
        opened = open_memory(config, target, options=options)
        memory = replace(opened, published=InMemory(), keep=partial(self._keep, opened), load_glance=lambda: None)
        if self._last is None or self._last[0] != opened.version:
            return memory
        _, state, published = self._last
        return replace(memory, load_state=lambda: state, published=published)

    def _keep(self, opened: Memory, state: State, glance: Glance, files: Mapping[str, OutputFile]) -> None:
        if self._last is None:
            # The next preview begins with these texts; what it shows of them, it makes itself.
            opened.keep(without_outputs(state), glance, files)
        self._last = opened.version, state, InMemory(files)


def check_site(options: BuildOptions) -> BuildReport:
    """Load a site and check its links; no page is rendered by a template. Raises: SiteErrors as build_site does."""
    config = load_config(replace(options, mode="check"))
    inputs = read_inputs(config, drafts=options.drafts)
    loaded = load_site(inputs, Memory(), Stages(options.jobs), drafts=options.drafts)
    if options.skip_external_links:
        return report_on(loaded)
    broken = check_external_links(loaded.site.rendered, loaded.site.library, config.link_checker)
    if config.link_checker.external_level == "error":
        raise_all(broken)
    return report_on(loaded, map(str, broken))


def _build(options: BuildOptions, recall: Callable[[SiteConfig, Path], Memory]) -> SiteOutput:
    config = load_config(options)
    run, target = Stages(options.jobs), options.output_dir or config.root / config.output_dir
    memory = recall(config, target)
    inputs = read_inputs(config, drafts=options.drafts)
    glance = memory.load_glance()
    if glance is not None and is_unchanged(glance, inputs, memory.published):
        return _found_again(glance, config, target)
    loaded = load_site(inputs, memory, run, drafts=options.drafts)
    planned = plan(loaded.site)
    generated = generate(loaded.site, loaded.bodies.texts, memory)
    views = Views(loaded.site, loaded.stage.effects)
    engine = extend_engine(loaded.stage.engine, views, effects=views.effects, generated=generated.contents)
    stage = OutputStage(views=views, engine=engine, effects=views.effects, plan=planned)
    now = _facts(stage, loaded, generated)
    jobs = {step.path: step for step in planned.steps if isinstance(step, Job)}
    outputs = render_outputs(jobs, stage, memory, now, run)
    images = process_images(loaded, outputs, memory, run)
    static, sheets = static_files(config), _stylesheets(loaded.highlighter)
    files, collisions = join_files(
        generated.files.values(),
        (outputs.files[step.path] if isinstance(step, Job) else step for step in planned.steps),
        sheets,
        images.files.values(),
        static.files,
    )
    copies = [step for step in planned.steps if isinstance(step, CopiedFile)]
    done = Finished(
        inputs=inputs, loaded=loaded, generated=generated, outputs=outputs, images=images, copies=copies, sheets=sheets
    )
    return SiteOutput(
        root=config.root,
        files=files,
        folders=static.folders,
        config_output_dir=target,
        preserve_dotfiles=config.preserve_dotfiles_in_output,
        report=report_on(loaded, (*generated.warnings, *outputs.warnings, *static.warnings, *collisions)),
        published=partial(remember, memory, done, files),
    )


def _found_again(glance: Glance, config: SiteConfig, target: Path) -> SiteOutput:
    """Return the site as the last build left it; static files are as they are now."""
    static = static_files(config)
    files, collisions = join_files(kept_files(glance, config.root), static.files)
    report = report_of(glance)
    return SiteOutput(
        root=config.root,
        files=files,
        folders=static.folders,
        config_output_dir=target,
        preserve_dotfiles=config.preserve_dotfiles_in_output,
        report=replace(report, warnings=(*report.warnings, *static.warnings, *collisions)),
    )


def _facts(stage: OutputStage, loaded: Loaded, generated: Generated) -> Facts:
    library = loaded.site.library
    documents: tuple[Page | Section, ...] = (*library.pages.values(), *library.sections.values())
    files = SiteFiles(loaded.site.config, Effects(), generated.contents, documents)
    return Facts(stage.views, stage.engine, loaded.templates, files, text_marks=loaded.bodies.texts.marks)


def _stylesheets(highlighter: Highlighter | None) -> list[OutputFile]:
    sheets = highlighter.stylesheets() if highlighter else {}
    return [OutputFile(path=name, data=text.encode()) for name, text in sheets.items()]
