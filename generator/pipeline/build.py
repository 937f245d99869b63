"""The build on one screen: load, plan, render; what comes out is written, or served, by others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from generator.assets.images import make_image
from generator.assets.static import static_files
from generator.config.load import load_config
from generator.engine.stage import Stages
from generator.errors import raise_all
from generator.highlight import Highlighter
from generator.incremental.facts import Facts
from generator.incremental.generated import Generated, generate
from generator.incremental.images import image_requests
from generator.incremental.memory import Memory, open_memory
from generator.incremental.outputs import (
    Outputs,
    image_input,
    keep_or_make,
    render_outputs,
    with_states,
)
from generator.incremental.published import NOT_PUBLISHED, InMemory, Made
from generator.incremental.state import OutputRecord, State, without_outputs
from generator.incremental.texts import LostTextError
from generator.links.external import check_external_links
from generator.model.config import SiteConfig
from generator.model.content import ImageRequest
from generator.model.options import BuildOptions
from generator.model.output import BuildReport, CopiedFile, KeptFile, OutputFile, SiteOutput
from generator.pipeline.load import Loaded, count, load_site
from generator.render.jobs import Job
from generator.render.output import OutputStage
from generator.render.plan import plan
from generator.templating.effects import Effects
from generator.templating.engine import extend_engine
from generator.templating.functions.files import SiteFiles
from generator.templating.views import Views
from generator.write.collisions import join_files

Files = Mapping[str, OutputFile | CopiedFile | KeptFile]


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
        memory = replace(opened, published=InMemory(), keep=partial(self._keep, opened))
        if self._last is None or self._last[0] != opened.version:
            return memory
        _, state, published = self._last
        return replace(memory, state=state, published=published)

    def _keep(self, opened: Memory, state: State, files: Mapping[str, OutputFile]) -> None:
        if self._last is None:
            # The next preview begins with these texts; what it shows of them, it makes itself.
            opened.keep(without_outputs(state), files)
        self._last = opened.version, state, InMemory(files)


def check_site(options: BuildOptions) -> BuildReport:
    """Load a site and check its links; no page is rendered by a template. Raises: SiteErrors as build_site does."""
    config = load_config(replace(options, mode="check"))
    loaded = load_site(config, Memory(), Stages(options.jobs), drafts=options.drafts)
    if options.skip_external_links:
        return _report(loaded)
    broken = check_external_links(loaded.site.rendered, loaded.site.library, config.link_checker)
    if config.link_checker.external_level == "error":
        raise_all(broken)
    return _report(loaded, map(str, broken))


def _build(options: BuildOptions, recall: Callable[[SiteConfig, Path], Memory]) -> SiteOutput:
    config = load_config(options)
    run, target = Stages(options.jobs), options.output_dir or config.root / config.output_dir
    memory = recall(config, target)
    loaded = load_site(config, memory, run, drafts=options.drafts)
    planned = plan(loaded.site)
    generated = generate(loaded.site, loaded.bodies.texts, memory)
    views = Views(loaded.site, loaded.stage.effects)
    engine = extend_engine(loaded.stage.engine, views, effects=views.effects, generated=generated.contents)
    stage = OutputStage(views=views, engine=engine, effects=views.effects, plan=planned)
    now = _facts(stage, loaded, generated)
    jobs = {step.path: step for step in planned.steps if isinstance(step, Job)}
    outputs = render_outputs(jobs, stage, memory, now, run)
    images = _images(loaded, outputs, memory, run)
    static = static_files(config)
    files, collisions = join_files(
        generated.files.values(),
        (outputs.files[step.path] if isinstance(step, Job) else step for step in planned.steps),
        _stylesheets(loaded.highlighter),
        images.files.values(),
        static.files,
    )
    kept = _Kept(loaded=loaded, generated=generated, outputs=outputs, images=images)
    return SiteOutput(
        root=config.root,
        files=files,
        folders=static.folders,
        config_output_dir=target,
        preserve_dotfiles=config.preserve_dotfiles_in_output,
        report=_report(loaded, (*generated.warnings, *outputs.warnings, *static.warnings, *collisions)),
        published=partial(_remember, memory, kept, files),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Images:
    """Processed images by path, made or kept, and their records."""

    files: Mapping[str, Made]
    records: Mapping[str, OutputRecord]


def _images(loaded: Loaded, outputs: Outputs, memory: Memory, run: Stages) -> _Images:
    """Return every image that a text or a template asked for, once."""
    root, pixels = loaded.site.config.root, loaded.site.config.limits.image_pixels
    asked = chain(*(image_requests(record.images, root) for record in loaded.bodies.texts.records.values()))
    requests = {request.target: request for request in (*asked, *outputs.images)}
    inputs = {path: image_input(request, root) for path, request in requests.items()}
    kept, records = keep_or_make(inputs, memory)
    made = run.map(_process_image, [request for path, request in requests.items() if path not in kept], pixels)
    return _Images(files={**kept, **{file.path: file for file in made}}, records=records)


def _process_image(request: ImageRequest, most_pixels: int) -> OutputFile:
    return OutputFile(path=request.target, data=make_image(request, most_pixels=most_pixels))


def _facts(stage: OutputStage, loaded: Loaded, generated: Generated) -> Facts:
    files = SiteFiles(loaded.site.config, Effects(), generated.contents)
    return Facts(stage.views, stage.engine, loaded.templates, files, text_marks=loaded.bodies.texts.marks)


def _stylesheets(highlighter: Highlighter | None) -> list[OutputFile]:
    sheets = highlighter.stylesheets() if highlighter else {}
    return [OutputFile(path=name, data=text.encode()) for name, text in sheets.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What of a build the next one may use."""

    loaded: Loaded
    generated: Generated
    outputs: Outputs
    images: _Images


def _remember(memory: Memory, kept: _Kept, files: Files) -> None:
    """Leave for the next build what this one made, now that it stands in its folder."""
    bodies = kept.loaded.bodies
    memory.texts.put_all((key, bodies.texts.records[key].given, text) for key, text in bodies.texts.fresh.items())
    memory.texts.drop_others(bodies.texts.records)
    searched = {path: OutputRecord(None, [], NOT_PUBLISHED, [], []) for path in kept.generated.files}
    records = {**searched, **kept.outputs.records, **kept.images.records}
    # What static files cover is not what was made for that path, and is made again next time.
    own = {path: record for path, record in records.items() if not isinstance(files.get(path), CopiedFile)}
    fresh = [path for path in own if not isinstance(files[path], KeptFile)]
    state = State(
        documents=kept.loaded.documents.records,
        texts=dict(bodies.texts.records),
        text_facts=bodies.facts,
        outputs=with_states(own, memory.published, fresh),
        output_facts=kept.outputs.facts,
        made=kept.generated.made,
    )
    memory.keep(state, {path: file for path in own if isinstance(file := files[path], OutputFile)})


def _report(loaded: Loaded, warnings: Iterable[str] = ()) -> BuildReport:
    library = loaded.site.library
    return BuildReport(
        **count(library),
        ignored=tuple(library.pages[key].source.shown for keys in library.ignored_pages.values() for key in keys),
        orphan_paths=tuple(library.pages[key].path for key in library.orphans),
        warnings=(*loaded.warnings, *warnings),
    )
