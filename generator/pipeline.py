"""The build on one screen: read, parse, resolve, render; what comes out is written, or served, by others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from generator.assets.images import make_image
from generator.assets.sass import compile_sass
from generator.assets.static import static_files
from generator.config.load import load_config
from generator.content.checks import check_documents
from generator.content.parse import default_section, parse_document
from generator.content.walk import walk
from generator.engine.stage import Stages
from generator.errors import raise_all
from generator.graph.resolve import resolve
from generator.highlight import Highlighter, load_highlighter
from generator.links.external import check_external_links
from generator.links.internal import check_anchors, collect_backlinks
from generator.model.config import SiteConfig
from generator.model.content import ImageRequest, Page, Section, SourceFile
from generator.model.library import index_key
from generator.model.options import BuildOptions
from generator.model.output import BuildReport, CopiedFile, OutputFile, SiteOutput
from generator.render.bodies import BodyStage, prepare_bodies, render_body
from generator.render.jobs import Job
from generator.render.output import OutputStage, render_job
from generator.render.plan import plan
from generator.render.search import search_index
from generator.templating.engine import extend_engine
from generator.templating.environment import load_templates
from generator.templating.site import Site
from generator.templating.views import Views


def build_site(options: BuildOptions) -> SiteOutput:
    """Build a site in memory. Raises: SiteErrors with all problems of the first stage that has any."""
    run = Stages(options.jobs)
    loaded = _load(load_config(options), options, run)
    site, config = loaded.site, loaded.site.config
    planned = plan(site)
    generated = (*compile_sass(config), *search_index(site))
    effects = loaded.bodies.effects
    views = Views(site, effects)
    engine = extend_engine(loaded.bodies.engine, views, effects=effects, generated=generated)
    stage = OutputStage(views=views, engine=engine, effects=effects, plan=planned)
    jobs = [step for step in planned.steps if isinstance(step, Job)]
    outputs = run.map(render_job, jobs, stage)
    rendered = dict(zip(jobs, outputs, strict=True))
    static = static_files(config)
    files = _by_path(
        generated,
        (rendered[step] if isinstance(step, Job) else step for step in planned.steps),
        _stylesheets(loaded.highlighter),
        run.map(_process_image, _wanted_images(site, outputs), None),
        static.files,
    )
    return SiteOutput(
        root=config.root,
        files=files,
        folders=static.folders,
        config_output_dir=config.root / config.output_dir,
        preserve_dotfiles=config.preserve_dotfiles_in_output,
        report=_report(loaded, static.warnings),
    )


def check_site(options: BuildOptions) -> BuildReport:
    """Load a site and check its links; no page is rendered by a template. Raises: SiteErrors as build_site does."""
    config = load_config(replace(options, mode="check"))
    loaded = _load(config, options, Stages(options.jobs))
    if options.skip_external_links:
        return _report(loaded, ())
    broken = check_external_links(loaded.site.rendered, loaded.site.library, config.link_checker)
    if config.link_checker.external_level == "error":
        raise_all(broken)
    return _report(loaded, map(str, broken))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """A site whose texts are rendered, and what rendered them."""

    site: Site
    bodies: BodyStage
    highlighter: Highlighter | None
    warnings: tuple[str, ...]


def _load(config: SiteConfig, options: BuildOptions, run: Stages) -> _Loaded:
    highlighting = config.markdown.highlighting
    highlighter = load_highlighter(highlighting, config.file.parent) if highlighting else None
    templates = load_templates(config)
    library = resolve(config, _read_documents(config, options, run))
    bodies = prepare_bodies(config, library, templates, highlighter)
    keys = (*library.pages, *library.sections)
    rendered = dict(zip(keys, run.map(render_body, keys, bodies), strict=True))
    broken = check_anchors(rendered, library)
    if config.link_checker.internal_level == "error":
        raise_all(broken)
    site = Site(config=config, library=library, rendered=rendered, backlinks=collect_backlinks(rendered, library))
    warnings = chain(map(str, broken), *(text.warnings for text in rendered.values()))
    return _Loaded(site=site, bodies=bodies, highlighter=highlighter, warnings=tuple(warnings))


def _read_documents(config: SiteConfig, options: BuildOptions, run: Stages) -> list[Page | Section]:
    """Return all documents to publish, a root section for every language among them."""
    sources = walk(config, drafts=options.drafts)
    parsed = run.map(partial(_parse, drafts=options.drafts), sources, config)
    documents = [document for document in parsed if options.drafts or not document.meta.draft]
    raise_all(check_documents(documents, config))
    there = {document.key for document in documents}
    missing = (code for code in config.languages if index_key("", code, config) not in there)
    return [*documents, *(default_section(config, code) for code in missing)]


def _parse(source: SourceFile, config: SiteConfig, *, drafts: bool) -> Page | Section:
    return parse_document(source, config, drafts=drafts)


def _by_path(*groups: Iterable[OutputFile | CopiedFile]) -> dict[str, OutputFile | CopiedFile]:
    """Join what a site is made of; where two have one path, the later group's holds, as Zola writes it last."""
    return {file.path: file for file in chain.from_iterable(groups)}


def _stylesheets(highlighter: Highlighter | None) -> list[OutputFile]:
    sheets = highlighter.stylesheets() if highlighter else {}
    return [OutputFile(path=name, data=text.encode()) for name, text in sheets.items()]


def _wanted_images(site: Site, outputs: Iterable[OutputFile]) -> list[ImageRequest]:
    """Return every image that a text or a template asked for, once."""
    asked = (*(text.images for text in site.rendered.values()), *(output.images for output in outputs))
    return list({request.target: request for request in chain.from_iterable(asked)}.values())


def _process_image(request: ImageRequest, _: None) -> OutputFile:
    return OutputFile(path=request.target, data=make_image(request))


def _report(loaded: _Loaded, warnings: Iterable[str]) -> BuildReport:
    library = loaded.site.library
    return BuildReport(
        pages=len(library.pages),
        orphans=len(library.orphans),
        sections=len(library.sections) - 1,
        ignored=tuple(library.pages[key].source.shown for keys in library.ignored_pages.values() for key in keys),
        orphan_paths=tuple(library.pages[key].path for key in library.orphans),
        warnings=(*loaded.warnings, *warnings),
    )
