"""A text with shortcode calls → the text that Markdown is to read, and the HTML to put into it afterwards.

Calls of Markdown shortcodes are replaced by their output; calls of HTML ones by marks that Markdown leaves alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from generator.errors import SiteError, locate, raise_all
from generator.markdown.context import Document, MarkdownSettings
from generator.markdown.shortcodes.grammar import Call, Literal, parse_shortcodes

_AS_WRITTEN = ((0, 0, True),)


class LineMap(Struct, frozen=True):
    """Lines of a text → lines of its source, 0-based. Each entry: a line from which on, the source line, and whether
    the lines after it advance with it (text as written) or all stand for that one (a shortcode's output)."""

    entries: tuple[tuple[int, int, bool], ...] = _AS_WRITTEN

    def to_source(self, line: int) -> int:
        """Return the line of the source that a line of the text came from."""
        if self.entries is _AS_WRITTEN:
            return line
        index = bisect_left(self.entries, (line,))
        if index == len(self.entries) or self.entries[index][0] > line:
            index -= 1
        start, source, advances = self.entries[index]
        return source + line - start if advances else source


class Expansion(Struct, frozen=True, kw_only=True):
    """A text ready for Markdown. outputs: HTML, by the number in its mark. marks: finds those; None without any."""

    text: str
    outputs: tuple[str, ...] = ()
    marks: re.Pattern[str] | None = None
    lines: LineMap = field(default_factory=LineMap)

    def insert(self, text: str) -> str:
        """Return `text` with outputs in the place of their marks."""
        if self.marks is None:
            return text
        return self.marks.sub(lambda mark: self.outputs[int(mark[1])], text)

    def split(self, text: str) -> list[str]:
        """Return text and outputs by turns, text first and last."""
        if self.marks is None:
            return [text]
        parts = self.marks.split(text)
        parts[1::2] = [self.outputs[int(number)] for number in parts[1::2]]
        return parts

    def is_single(self, text: str) -> bool:
        """Return whether `text` is one mark and nothing else."""
        return self.marks is not None and self.marks.fullmatch(text) is not None


def expand_shortcodes(text: str, document: Document, settings: MarkdownSettings) -> Expansion:
    """Return `text` with its shortcodes rendered. Raises: SiteError for unknown, unclosed or failing ones."""
    if "{{" not in text and "{%" not in text:
        return Expansion(text=text)
    return _Expander(text, document, settings).expand()


class _Expander:
    def __init__(self, text: str, document: Document, settings: MarkdownSettings) -> None:
        self._text = text
        self._document = document
        self._settings = settings
        self._problems: list[SiteError] = []

    def expand(self) -> Expansion:
        parts = parse_shortcodes(self._text, self._make_error)
        raise_all(self._find_unknown(_find_calls(parts)))
        rendered = [part.text if isinstance(part, Literal) else self._render(part) for part in parts]
        raise_all(self._problems)
        return self._join(parts, rendered)

    def _make_error(self, message: str, offset: int, hint: str) -> SiteError:
        place = locate(self._document.shown, self._text, offset)
        where = replace(place, line=(place.line or 1) + self._document.first_line - 1)
        return SiteError(message, where=where, hint=hint or None)

    def _find_unknown(self, calls: Iterable[Call]) -> Iterator[SiteError]:
        for call in calls:
            if call.name not in self._settings.shortcodes:
                yield self._make_error(
                    f"There is no shortcode named `{call.name}`",
                    call.offset,
                    f"Add `templates/shortcodes/{call.name}.html` or `.md`, or escape the call: `{{{{/* … */}}}}`.",
                )

    def _render(self, call: Call) -> str:
        """Render a call, inner ones first; whatever their kind, their output is text of the body."""
        values = dict(call.arguments)
        if call.body is not None:
            body = (part.text if isinstance(part, Literal) else self._render(part) for part in call.body)
            values["body"] = "".join(body).rstrip()
        values["nth"] = call.nth
        values.update(self._document.shortcode_context)
        try:
            output = self._settings.render_template(self._settings.shortcodes[call.name].template, values)
        except SiteError as error:
            self._problems.append(self._explain(call, error))
            return ""
        return output.replace("\r\n", "\n")

    def _explain(self, call: Call, error: SiteError) -> SiteError:
        problem = self._make_error(f"Failed to render {call.name} shortcode", call.offset, error.hint or "")
        reason = f"{error.where}: {error.message}" if error.where else error.message
        problem.reasons = (reason, *error.reasons)
        return problem

    def _join(self, parts: list[Literal | Call], rendered: list[str]) -> Expansion:
        is_html = [isinstance(part, Call) and not self._settings.shortcodes[part.name].is_markdown for part in parts]
        mark = "@@shortcode-"
        while any(mark in text for text, html in zip(rendered, is_html, strict=True) if not html):
            mark += "-"
        outputs: list[str] = []
        texts: list[str] = []
        for text, html in zip(rendered, is_html, strict=True):
            texts.append(f"{mark}{len(outputs)}@@" if html else text)
            if html:
                outputs.append(text)
        return Expansion(
            text="".join(texts),
            outputs=tuple(outputs),
            marks=re.compile(rf"{mark}(\d+)@@") if outputs else None,
            lines=self._map_lines(parts, texts),
        )

    def _map_lines(self, parts: list[Literal | Call], texts: list[str]) -> LineMap:
        entries = []
        line = source_line = offset = 0
        for part, text in zip(parts, texts, strict=True):
            source_line += self._text.count("\n", offset, part.offset)
            offset = part.offset
            entries.append((line, source_line, isinstance(part, Literal)))
            line += text.count("\n")
        return LineMap(tuple(entries))


def _find_calls(parts: Iterable[Literal | Call]) -> Iterator[Call]:
    for part in parts:
        if isinstance(part, Call):
            yield part
            yield from _find_calls(part.body or ())
