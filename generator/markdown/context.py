"""What rendering one text needs to know: the site's settings, the same for a whole build, and the document at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from generator.model.code import Fence, HighlightedCode
from generator.model.config import AnchorPlace, LinkLevel, MarkdownConfig

ANCHOR_TEMPLATE = "anchor-link.html"
CUTOFF_TEMPLATE = "summary-cutoff.html"

RenderTemplate = Callable[[str, Mapping[str, Any]], str]
Highlight = Callable[[str, Fence], HighlightedCode]


class Shortcode(Struct, frozen=True, kw_only=True):
    """A template under `shortcodes/`. is_markdown: its output is Markdown, put in before the text is parsed."""

    template: str
    is_markdown: bool = False


class MarkdownSettings(Struct, frozen=True, kw_only=True):
    """What every text of a build shares.

    slugify_anchors: a heading's text → its id. permalinks: relative path (`posts/a.md`) → URL.
    render_template: template name, context → text; raises SiteError. has_template: whether the site or its theme
    gives a template of that name; asked for `anchor-link.html` and `summary-cutoff.html`, which else have
    built-in contents. highlight: code, fence → HTML; None leaves code blocks plain.
    """

    markdown: MarkdownConfig
    slugify_anchors: Callable[[str], str]
    permalinks: Mapping[str, str]
    render_template: RenderTemplate
    has_template: Callable[[str], bool] = lambda name: False
    shortcodes: Mapping[str, Shortcode] = field(default_factory=dict)
    highlight: Highlight | None = None
    internal_level: LinkLevel = "error"
    error_on_missing_language: bool = False


class Document(Struct, frozen=True, kw_only=True):
    """One text's surroundings.

    relative_path: from `content/`; "" for a text of no document. shown: as errors name its file.
    first_line: 1-based line of the file on which the text starts. shortcode_context: what shortcodes see besides
    their arguments (config, lang, page or section); wins over them.
    """

    relative_path: str = ""
    shown: str = ""
    first_line: int = 1
    lang: str = ""
    permalink: str = ""
    insert_anchor_links: AnchorPlace = "none"
    shortcode_context: Mapping[str, Any] = field(default_factory=dict)
