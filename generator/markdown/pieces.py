"""Pieces of a rendered line: plain strings are escaped text, `Markup` is what surrounds it."""

from __future__ import annotations

from collections.abc import Iterable

from generator.markdown.escape import escape_attribute, unescape_text


class Markup(str):
    """HTML that is no text. text: what a heading's title and an image's alternative keep of it."""

    text = ""


class RawHtml(Markup):
    """HTML as the author or a shortcode wrote it. alternative: what an image's `alt` keeps of it."""

    alternative = ""


class Break(Markup):
    """A line break, soft or hard."""


def make_markup(html: str, text: str) -> Markup:
    """Return markup that carries text of its own, such as a code span."""
    piece = Markup(html)
    piece.text = text
    return piece


def make_raw(html: str, alternative: str = "") -> RawHtml:
    """Return HTML that goes through as it is."""
    piece = RawHtml(html)
    piece.alternative = alternative
    return piece


SOFT_BREAK = Break("\n")
HARD_BREAK = Break("<br />\n")
LINK_CLOSE = Markup("</a>")
# By the number of marks, what opens and closes.
EMPHASIS = {1: (Markup("<em>"), Markup("</em>")), 2: (Markup("<strong>"), Markup("</strong>"))}
# Where the summary ends; takes the place of `<!-- more -->`.
CONTINUE_READING = RawHtml('<span id="continue-reading"></span>')


def plain_text(pieces: Iterable[str]) -> str:
    """Return the text of a heading, as its id and the table of contents have it: no breaks, no HTML."""
    return "".join(piece.text if isinstance(piece, Markup) else unescape_text(piece) for piece in pieces)


def alternative_text(pieces: Iterable[str]) -> str:
    """Return the text of an image's description."""
    return "".join(map(_alternative, pieces))


def _alternative(piece: str) -> str:
    if isinstance(piece, RawHtml):
        return piece.alternative
    if isinstance(piece, Break):
        return " "
    return piece.text if isinstance(piece, Markup) else unescape_text(piece)


def image(source: str, alternative: str, title: str, *, lazy: bool) -> Markup:
    """Return an `img` tag; `source` is escaped already."""
    alt = escape_attribute(alternative)
    shown_title = f' title="{escape_attribute(title)}"' if title else ""
    if lazy:
        html = f'<img src="{source}"{shown_title} alt="{alt}" loading="lazy" decoding="async" />'
    else:
        html = f'<img src="{source}" alt="{alt}"{shown_title} />'
    return make_markup(html, alternative)
