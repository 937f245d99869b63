"""One document's Markdown → HTML, summary, table of contents and links, as Zola 0.22 makes them."""

from generator.markdown.context import Document, MarkdownSettings, Shortcode
from generator.markdown.fence import parse_fence
from generator.markdown.render import render_filter, render_markdown
from generator.markdown.words import count_words, reading_minutes

__all__ = [
    "Document",
    "MarkdownSettings",
    "Shortcode",
    "count_words",
    "parse_fence",
    "reading_minutes",
    "render_filter",
    "render_markdown",
]
