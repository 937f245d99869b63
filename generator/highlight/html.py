"""Painted tokens in, a code block's HTML out, in the shape that Zola's highlighter gives it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from generator.highlight.themes import Atoms, Style
from generator.model.code import Fence


class Paint(Struct, frozen=True, kw_only=True):
    """How tokens of one kind are dressed: the opening tag, the styles behind it, the selectors that coloured it.

    decorated: a line goes under or through the text, so that spaces are not drawn into it.
    """

    opening: str
    styles: tuple[Style, ...]
    targets: tuple[Atoms, ...] = ()
    decorated: bool = False


class Palette(Protocol):
    """A theme, or a light and a dark one, in the form that its colours take in HTML.

    blank: the paint of what has no style of its own. pre: the attributes of `<pre>`. marked_line: the
    attributes of a marked line's span, its class among them. line_number: those of a line number, after its class.
    """

    blank: Paint
    pre: str
    marked_line: str
    line_number: str

    def paint(self, scopes: Sequence[str]) -> Paint:
        """Return how a token under `scopes`, the outermost first, is dressed."""
        ...

    def merge(self, first: Paint, second: Paint) -> Paint | None:
        """Return the paint of two neighbours in one span, None when they stay apart."""
        ...


Piece = tuple[Paint, str]


def render_block(lines: Sequence[Sequence[Piece]], fence: Fence, language: str, palette: Palette) -> str:
    """Return the block's HTML. lines: all of them, with the empty one after the last line feed."""
    attributes = "".join(f' data-{_name_attribute(key)}="{value}"' for key, value in fence.attributes)
    shown = lines[:-1] if lines and not lines[-1] else lines
    width = max(len(str(fence.first_line)), len(str(max(fence.first_line + len(lines), 0))))
    rendered = [
        _render_line(line, index, fence, palette, width)
        for index, line in enumerate(shown)
        if not _is_within(index + 1, fence.hidden)
    ]
    code = "\n".join(rendered)
    return f'<pre {palette.pre}><code data-lang="{language}"{attributes}>{code}</code></pre>'


def split_lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the pieces of each line; a piece that goes over several lines is cut."""
    line: list[Piece] = []
    lines = [line]
    for paint, text in pieces:
        if "\n" not in text:
            line.append((paint, text))
            continue
        first, *others = text.split("\n")
        if first:
            line.append((paint, first))
        for other in others:
            line = [(paint, other)] if other else []
            lines.append(line)
    return lines


def escape(text: str) -> str:
    """Return `text` as HTML text, with both quotes escaped as Zola's highlighter escapes them."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")


def _render_line(line: Sequence[Piece], index: int, fence: Fence, palette: Palette, width: int) -> str:
    marked = _is_within(index + 1, fence.marked)
    number = _render_number(fence.first_line + index, width, palette) if fence.line_numbers else ""
    spans = "".join([f"{paint.opening}{escape(text)}</span>" for paint, text in _join_pieces(line, palette)])
    attributes = palette.marked_line if marked else 'class="giallo-l"'
    return f"<span {attributes}>{number}{spans}</span>"


def _render_number(number: int, width: int, palette: Palette) -> str:
    return f'<span aria-hidden="true" class="giallo-ln"{palette.line_number}>{number:>{width}}</span>'


def _join_pieces(line: Sequence[Piece], palette: Palette) -> list[Piece]:
    """Put white space before what follows it, then neighbours of one style together."""
    joined: list[Piece] = []
    before: Paint | None = None
    for paint, text in _attach_spaces(line, palette.blank):
        together = palette.merge(before, paint) if before else None
        if together:
            joined[-1] = (together, joined[-1][1] + text)
        else:
            joined.append((paint, text))
        before = together or paint
    return joined


def _attach_spaces(line: Sequence[Piece], blank: Paint) -> Iterable[Piece]:
    spaces = ""
    last = len(line) - 1
    for at, (paint, text) in enumerate(line):
        if text.isspace() and at < last and not paint.decorated:
            spaces += text
            continue
        if spaces and paint.decorated:
            yield blank, spaces
            yield paint, text
        else:
            yield paint, spaces + text
        spaces = ""


def _is_within(number: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return bool(ranges) and any(first <= number <= last for first, last in ranges)


def _name_attribute(key: str) -> str:
    return "".join(char if char.isalnum() or char == "-" else "-" for char in key.lower())
