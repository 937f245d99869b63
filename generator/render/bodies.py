"""A document in, what Markdown makes of its text out: the site's side of the Markdown room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from generator.highlight import Highlighter
from generator.markdown.context import Document, MarkdownSettings
from generator.markdown.render import render_filter, render_markdown
from generator.model.config import AnchorPlace, SiteConfig
from generator.model.content import Page, Rendered, Section
from generator.model.library import Library, index_key
from generator.templating.contexts import shortcode_context
from generator.templating.effects import Effects
from generator.templating.engine import make_engine
from generator.templating.environment import find_shortcodes, render_template
from generator.templating.site import Site
from generator.templating.views import Views
from generator.tera import Tera
from generator.text.slug import slugify_anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyStage:
    """What all documents share while their texts are rendered. views: of the site as it is before that."""

    settings: MarkdownSettings
    views: Views
    engine: Tera
    effects: Effects


def prepare_bodies(
    config: SiteConfig, library: Library, templates: Mapping[str, str], highlighter: Highlighter | None
) -> BodyStage:
    """Compile the templates and set up what texts are rendered with. Raises: TeraError for broken templates."""
    highlighting = config.markdown.highlighting
    settings = partial(
        MarkdownSettings,
        markdown=config.markdown,
        slugify_anchors=partial(slugify_anchor, mode=config.slugify.anchors),
        permalinks=library.permalinks,
        has_template=templates.__contains__,
        shortcodes=find_shortcodes(templates),
        highlight=highlighter.highlight if highlighter else None,
        internal_level=config.link_checker.internal_level,
        error_on_missing_language=highlighting is not None and highlighting.error_on_missing_language,
    )

    def render_text(inner: Tera, text: str) -> str:
        renderer = partial(render_template, inner, config)
        return render_filter(text, inline=False, settings=settings(render_template=renderer))

    effects = Effects()
    engine = make_engine(config, library, templates, effects=effects, render_markdown=render_text)
    return BodyStage(
        settings=settings(render_template=partial(render_template, engine, config)),
        views=Views(Site(config=config, library=library)),
        engine=engine,
        effects=effects,
    )


def render_body(key: str, stage: BodyStage) -> Rendered:
    """Render the text of the page or section of that key. Raises: SiteError with its place in the file."""
    site = stage.views.site
    document = site.library.pages.get(key) or site.library.sections[key]
    rendered = render_markdown(
        document.body(),
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
    return replace(rendered, images=stage.effects.drain())


def anchor_place(document: Page | Section, config: SiteConfig, library: Library) -> AnchorPlace:
    """Return where a document's headings get their links: as its own section says, or else the config."""
    if isinstance(document, Section):
        section: Section | None = document
    else:
        section = library.sections.get(index_key(document.source.folder, document.lang, config))
    return (section and section.meta.insert_anchor_links) or config.markdown.insert_anchor_links
