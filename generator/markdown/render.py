"""One document's text → Rendered; the way in for the build and for the `markdown` filter."""

from __future__ import annotations

from generator.errors import raise_all
from generator.markdown.blocks import parse_blocks
from generator.markdown.context import Document, MarkdownSettings
from generator.markdown.footnotes import Footnotes
from generator.markdown.links import Links
from generator.markdown.renderer import Renderer
from generator.markdown.shortcodes.expansion import expand_shortcodes
from generator.markdown.surroundings import Surroundings
from generator.model.content import Rendered


def render_markdown(text: str, document: Document, settings: MarkdownSettings) -> Rendered:
    """Render a document's text, its shortcodes included.

    Raises: SiteError (several as SiteErrors), with the line of the file: broken links, unknown or failing shortcodes.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    expansion = expand_shortcodes(text, document, settings)
    options = settings.markdown
    blocks = parse_blocks(expansion.text, definition_lists=options.definition_list, alerts=options.github_alerts)
    links = Links(text, expansion.lines, document, settings)
    around = Surroundings(
        markdown=options,
        references=blocks.references,
        footnotes=Footnotes(blocks.footnotes, at_bottom=options.bottom_footnotes),
        links=links,
        expansion=expansion,
    )
    rendered = Renderer(blocks, around, document, settings).render()
    raise_all(links.problems)
    return rendered


def render_filter(text: str, *, inline: bool, settings: MarkdownSettings) -> str:
    """Render what a template hands to the `markdown` filter; with `inline`, without the paragraph around it.

    Zola: such a text belongs to no page, so links relative to one stay as they are, and its shortcodes see nothing
    but their arguments. Raises: SiteError.
    """
    html = render_markdown(text, Document(), settings).html
    if not inline:
        return html
    while html.startswith("<p>"):
        html = html.removeprefix("<p>")
    while html.endswith("</p>\n"):
        html = html.removesuffix("</p>\n")
    return html
