"""Settings in, a site with all its texts out: read, parse, resolve, render Markdown, check the links inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.config.load import place_problem
from generator.content.checks import check_documents
from generator.content.parse import default_section, parse_document
from generator.data.problems import FieldError
from generator.engine.stage import Stages
from generator.errors import raise_all
from generator.graph.resolve import resolve
from generator.incremental.bodies import Bodies, render_bodies
from generator.incremental.documents import Documents, read_documents
from generator.incremental.facts import Facts
from generator.incremental.glance import Inputs
from generator.incremental.marks import Mark
from generator.incremental.memory import Memory
from generator.incremental.texts import Texts, internal_links
from generator.links.internal import check_anchors, collect_backlinks
from generator.model.config import SiteConfig
from generator.model.content import InternalLink, Page, Section, SourceFile
from generator.model.library import Library, index_key
from generator.render.bodies import BodyStage, prepare_bodies
from generator.templating.effects import Effects
from generator.templating.functions.files import SiteFiles
from generator.templating.site import Site
from generator.tera import FolderStore, TemplateTimer

if TYPE_CHECKING:
    from generator.highlight import Highlighter


# To read a front matter, beside rendering a page.
_PARSING_COST = 0.05


class Loaded(Struct, frozen=True, kw_only=True):
    """A site whose texts are rendered, what rendered them, and what is to be kept of it.

    templates: sources by name. warnings: of texts and their links.
    """

    site: Site
    documents: Documents
    bodies: Bodies
    stage: BodyStage
    templates: Mapping[str, str]
    highlighter: Highlighter | None
    warnings: tuple[str, ...]


def load_site(inputs: Inputs, memory: Memory, run: Stages, *, drafts: bool) -> Loaded:
    """Load a site. Raises: SiteErrors with all problems of the first step that has any."""
    config, templates = inputs.config, inputs.templates
    run.watch.begin("reading pages")
    highlighter = memory.known.highlighter if memory.known else _find_highlighter(config)
    documents = _read(inputs, memory, run, drafts=drafts)
    run.watch.begin("ordering pages")
    library = _resolve(documents, memory, config, drafts=drafts)
    run.watch.begin("reading templates")
    compiled = FolderStore(memory.templates, memory.seal) if memory.templates else None
    timer = TemplateTimer() if run.watch.times_templates else None
    stage = prepare_bodies(config, library, templates, highlighter, compiled, timer)
    now = Facts(stage.views, stage.engine, templates, SiteFiles(config, Effects()), text_marks=_no_marks)
    run.watch.begin("rendering Markdown")
    bodies = render_bodies(library, stage, memory, now, run, documents)
    run.watch.begin("checking links")
    backlinks = _backlinks(bodies, library, memory)
    broken = check_anchors(_links_to_check(bodies.texts, backlinks, config), bodies.texts, library)
    if config.link_checker.internal_level == "error":
        raise_all(broken)
    site = Site(config=config, library=library, rendered=bodies.texts, backlinks=backlinks)
    warnings = chain(map(str, broken), *filter(None, map(attrgetter("warnings"), bodies.texts.records.values())))
    return Loaded(
        site=site,
        documents=documents,
        bodies=bodies,
        stage=stage,
        templates=templates,
        highlighter=highlighter,
        warnings=tuple(warnings),
    )


def _find_highlighter(config: SiteConfig) -> Highlighter | None:
    if config.markdown.highlighting is None:
        return None
    from generator.highlight import load_highlighter  # only sites with code in colour pay for loading it

    limit_s = config.limits.highlight_seconds
    try:
        return load_highlighter(config.markdown.highlighting, config.file.parent, limit_s=limit_s)
    except FieldError as error:
        raise place_problem(error, config) from None


def _read(inputs: Inputs, memory: Memory, run: Stages, *, drafts: bool) -> Documents:
    parse, config = partial(_parse, drafts=drafts), inputs.config
    return read_documents(
        inputs.sources,
        config,
        memory.state.documents,
        lambda missing: run.map(parse, missing, config, cost=_PARSING_COST),
        held=memory.known.documents if memory.known else None,
        doubtful=inputs.doubtful,
    )


def _parse(source: SourceFile, config: SiteConfig, *, drafts: bool) -> Page | Section:
    return parse_document(source, config, drafts=drafts)


def _resolve(documents: Documents, memory: Memory, config: SiteConfig, *, drafts: bool) -> Library:
    if memory.known is not None and documents.touched is not None:
        return memory.known.library.with_documents({key: documents.documents[key] for key in documents.touched})
    return resolve(config, _published(documents.documents.values(), config, drafts=drafts))


def _published(documents: Iterable[Page | Section], config: SiteConfig, *, drafts: bool) -> list[Page | Section]:
    """Return the documents to publish, a root section for every language among them."""
    wanted = [document for document in documents if drafts or not document.meta.draft]
    raise_all(check_documents(wanted, config))
    there = {document.key for document in wanted}
    missing = (code for code in config.languages if index_key("", code, config) not in there)
    return [*wanted, *(default_section(config, code) for code in missing)]


def _no_marks(key: str) -> Mapping[str, Mark]:
    raise LookupError(f"the text of {key} was read while texts are being rendered")


Links = dict[str, Sequence[InternalLink]]


def _all_links(texts: Texts) -> Links:
    return {key: internal_links(record) for key, record in texts.records.items() if record.internal_links}


def _backlinks(bodies: Bodies, library: Library, memory: Memory) -> Mapping[str, tuple[str, ...]]:
    if memory.known is not None and bodies.touched is not None and not bodies.relinked:
        return memory.known.backlinks
    return collect_backlinks(_all_links(bodies.texts), library)


def _links_to_check(texts: Texts, backlinks: Mapping[str, Sequence[str]], config: SiteConfig) -> Links:
    """Return the links that may have broken since the last build, which checked them all.

    Where broken ones are only warned of, each build warns again.
    """
    if config.link_checker.internal_level == "warn":
        return _all_links(texts)
    fresh = texts.fresh
    links: Links = {key: internal_links(texts.records[key]) for key in fresh}
    for key in {source for target in fresh for source in backlinks.get(target, ())} - fresh.keys():
        links[key] = [link for link in internal_links(texts.records[key]) if link.target in fresh]
    return links


def count(library: Library) -> dict[str, int]:
    """Return how many pages, orphans and sections there are, as Zola counts them."""
    return {"pages": len(library.pages), "orphans": len(library.orphans), "sections": len(library.sections) - 1}
