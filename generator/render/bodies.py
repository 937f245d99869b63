"""A document in, what Markdown makes of its text out: the site's side of the Markdown room."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from generator.markdown.context import Document, MarkdownSettings
from generator.model.config import AnchorPlace, SiteConfig
from generator.model.content import Page, Rendered, Section
from generator.model.library import Library, index_key
from generator.templating.contexts import shortcode_context
from generator.templating.effects import Effects
from generator.templating.engine import make_engine
from generator.templating.environment import find_shortcodes, render_template
from generator.templating.site import Site
from generator.templating.views import Views
from generator.tera import BytecodeStore, TemplateTimer, Tera
from generator.text.slug import slugify_anchor

if TYPE_CHECKING:
    from generator.highlight import Highlighter


class BodyStage(Struct, frozen=True, kw_only=True):
    """What all documents share while their texts are rendered. views: of the site as it is before that."""

    settings: MarkdownSettings
    views: Views
    engine: Tera
    effects: Effects


class NotedLinks(Mapping[str, str]):
    """Documents' URLs by key; notes which are asked for, found or not."""

    def __init__(self, permalinks: Mapping[str, str], effects: Effects) -> None:
        self._permalinks = permalinks
        self._effects = effects

    def __getitem__(self, key: str) -> str:
        self._effects.read("link", key)
        return self._permalinks[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._permalinks)

    def __len__(self) -> int:
        return len(self._permalinks)


def prepare_bodies(
    config: SiteConfig,
    library: Library,
    templates: Mapping[str, str],
    highlighter: Highlighter | None,
    cache: BytecodeStore | None = None,
    timer: TemplateTimer | None = None,
) -> BodyStage:
    """Compile the templates and set up what texts are rendered with. Raises: SiteErrors for broken templates."""
    effects = Effects(timer=timer)
    if library.pages:
        # Before workers are forked, each of which would load it for itself.
        import generator.markdown.render  # noqa: F401
    highlighting = config.markdown.highlighting
    settings = partial(
        MarkdownSettings,
        markdown=config.markdown,
        slugify_anchors=partial(slugify_anchor, mode=config.slugify.anchors),
        permalinks=NotedLinks(library.permalinks, effects),
        has_template=partial(_has_template, effects, frozenset(templates)),
        shortcodes=find_shortcodes(templates),
        highlight=highlighter.highlight if highlighter else None,
        internal_level=config.link_checker.internal_level,
        error_on_missing_language=highlighting is not None and highlighting.error_on_missing_language,
    )

    render_text = partial(_render_text, effects, config, settings)
    engine = make_engine(config, library, templates, effects=effects, render_markdown=render_text, cache=cache)
    return BodyStage(
        settings=settings(render_template=partial(_render, effects, config, engine)),
        views=Views(Site(config=config, library=library), effects),
        engine=engine,
        effects=effects,
    )


# These are no closures, so that a stage can be sent to workers of another machine.


def _has_template(effects: Effects, names: Container[str], name: str) -> bool:
    effects.read("template", name)
    return name in names


def _render(effects: Effects, config: SiteConfig, engine: Tera, name: str, context: Mapping[str, Any]) -> str:
    effects.read("template", name)
    return render_template(engine, config, name, context)


def _render_text(
    effects: Effects, config: SiteConfig, settings: Callable[..., MarkdownSettings], engine: Tera, text: str
) -> str:
    from generator.markdown.render import render_filter

    render = partial(_render, effects, config, engine)
    return render_filter(text, inline=False, settings=settings(render_template=render))


def render_body(key: str, stage: BodyStage) -> Rendered:
    """Render the text of the page or section of that key. Raises: SiteError with its place in the file."""
    site = stage.views.site
    document = site.library.pages.get(key) or site.library.sections[key]
    if isinstance(document, Section) and not document.from_file:
        return Rendered(html="", is_portable=True)
    from generator.markdown.render import render_markdown

    started = time.perf_counter()
    stage.views.begin()
    body = document.body()
    rendered = render_markdown(
        body,
        Document(
            relative_path=key,
            shown=document.source.shown,
            first_line=document.body_line,
            lang=document.lang,
            permalink=document.permalink,
            insert_anchor_links=anchor_place(document, site.config, site.library),
            shortcode_context=shortcode_context(stage.views, document),
        ),
        stage.settings,
    )
    images, reads = stage.effects.drain()
    return replace(
        rendered,
        images=images,
        reads=reads,
        is_portable=all(kind == "link" for kind, *_ in reads) and not _names_address(body, site.config),
        seconds=time.perf_counter() - started,
        parts=stage.effects.drain_timer(),
    )


_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9+.-]+://([A-Za-z0-9:/._~-]+?)/*")


def _names_address(body: str, config: SiteConfig) -> bool:
    """Tell whether a text may name the site's address itself, or shows it in another way than as it is written.

    Where it is kept, a zero character stands for the address.
    """
    found = _PLAIN_ADDRESS.fullmatch(config.base_url)
    return found is None or found[1] in body or "\0" in body


def anchor_place(document: Page | Section, config: SiteConfig, library: Library) -> AnchorPlace:
    """Return where a document's headings get their links: as its own section says, or else the config."""
    if isinstance(document, Section):
        section: Section | None = document
    else:
        section = library.sections.get(index_key(document.source.folder, document.lang, config))
    return (section and section.meta.insert_anchor_links) or config.markdown.insert_anchor_links
