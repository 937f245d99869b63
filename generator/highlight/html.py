"""Painted tokens in, a code block's HTML out, in the shape that Zola's highlighter gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from msgspec import Struct

from generator.highlight.themes import Atoms, Style
from generator.model.code import Fence

_LINE = 'class="giallo-l"'


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
    if fence.line_numbers or fence.marked or fence.hidden:
        code = "\n".join(_render_lines(shown, len(lines), fence, palette))
    else:
        code = "\n".join([f"<span {_LINE}>{_render_spans(line, palette)}</span>" for line in shown])
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


@lru_cache(maxsize=8192)  # Words of code come again and again.
def escape(text: str) -> str:
    """Return `text` as HTML text, with both quotes escaped as Zola's highlighter escapes them."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")


def _render_lines(lines: Sequence[Sequence[Piece]], total: int, fence: Fence, palette: Palette) -> Iterator[str]:
    """Yield the lines that are not hidden. total: how many there are with an empty last one."""
    width = max(len(str(fence.first_line)), len(str(max(fence.first_line + total, 0))))
    for index, line in enumerate(lines):
        if _is_within(index + 1, fence.hidden):
            continue
        number = _render_number(fence.first_line + index, width, palette) if fence.line_numbers else ""
        attributes = palette.marked_line if _is_within(index + 1, fence.marked) else _LINE
        yield f"<span {attributes}>{number}{_render_spans(line, palette)}</span>"


def _render_number(number: int, width: int, palette: Palette) -> str:
    return f'<span aria-hidden="true" class="giallo-ln"{palette.line_number}>{number:>{width}}</span>'


def _render_spans(line: Sequence[Piece], palette: Palette) -> str:
    """Put white space before what follows it, then neighbours of one style into one span."""
    spans: list[str] = []
    merge = palette.merge
    span: Paint | None = None
    content = ""
    for paint, text in _attach_spaces(line, palette.blank):
        together = merge(span, paint) if span else None
        if together:
            span = together
            content += text
            continue
        if span:
            spans.append(f"{span.opening}{escape(content)}</span>")
        span, content = paint, text
    if span:
        spans.append(f"{span.opening}{escape(content)}</span>")
    return "".join(spans)


def _attach_spaces(line: Sequence[Piece], blank: Paint) -> list[Piece]:
    attached: list[Piece] = []
    spaces, last = "", blank
    for paint, text in line:
        if text.isspace() and not paint.decorated:
            spaces += text
            last = paint
        elif not spaces:
            attached.append((paint, text))
        else:
            attached += ((blank, spaces), (paint, text)) if paint.decorated else ((paint, spaces + text),)
            spaces = ""
    if spaces:
        attached.append((last, spaces))
    return attached


def _is_within(number: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return bool(ranges) and any(first <= number <= last for first, last in ranges)


def _name_attribute(key: str) -> str:
    return "".join(char if char.isalnum() or char == "-" else "-" for char in key.lower())
