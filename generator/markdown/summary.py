"""The HTML before `<!-- more -->` → a page's summary, with open elements closed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.markdown.context import CUTOFF_TEMPLATE, MarkdownSettings
from generator.markdown.pieces import Markup, RawHtml
from generator.markdown.rules.state import Block

_FOOTNOTE = re.compile(r'<sup class="footnote-reference"( id=\s*.*?)?><a href=\s*.*?>\s*.*?</a></sup>')
_INLINE_TAG = re.compile(r"<(/?)(em|strong|del|a)\b[^>]*>")
_DEFAULT_CUTOFF = "&hellip;\n"
_CLOSING = {
    "bullet_list_open": "</ul>\n",
    "ordered_list_open": "</ol>\n",
    "list_item_open": "</li>\n",
    "blockquote_open": "</blockquote>\n",
    "footnote_open": "</div>\n",
    "definition_list_open": "</dl>\n",
    "definition_open": "</dd>\n",
}


def find_open_blocks(tokens: Sequence[Block]) -> list[str]:
    """Return what closes the blocks that are open after these tokens, the outermost first."""
    closing: list[str] = []
    for token in tokens:
        if token.nesting > 0:
            closing.append(_CLOSING[token.type])
        elif token.nesting < 0:
            closing.pop()
    return closing


def find_open_inlines(pieces: Iterable[str]) -> list[str]:
    """Return what closes the elements that are open after these pieces, the outermost first."""
    closing: list[str] = []
    for piece in pieces:
        if not isinstance(piece, Markup) or isinstance(piece, RawHtml):
            continue
        for tag in _INLINE_TAG.finditer(piece):
            if tag[1]:
                closing.pop()
            else:
                closing.append(f"</{tag[2]}>")
    return closing


def render_summary(html: str, closing: Sequence[str], lang: str, settings: MarkdownSettings) -> str:
    """Return the summary: no footnote marks, and a cut-off mark where it ends within a block."""
    summary = _FOOTNOTE.sub("", html).rstrip()
    if closing:
        summary += _render_cutoff(summary, lang, settings) + "".join(reversed(closing))
    return summary


def _render_cutoff(summary: str, lang: str, settings: MarkdownSettings) -> str:
    if not settings.has_template(CUTOFF_TEMPLATE):
        return _DEFAULT_CUTOFF
    return settings.render_template(CUTOFF_TEMPLATE, {"summary": summary, "lang": lang})
