"""Block tokens → a document's HTML in Zola's shapes, with its headings, links and summary."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from generator.errors import SiteError
from generator.markdown.blocks import Blocks
from generator.markdown.context import ANCHOR_TEMPLATE, Document, MarkdownSettings
from generator.markdown.escape import escape_attribute, unescape_markdown
from generator.markdown.fence import parse_fence
from generator.markdown.footnotes import PARAGRAPH_CLOSE
from generator.markdown.headings import HeadingIds, default_anchor, find_opening_tag, nest_headings, open_heading
from generator.markdown.inline import render_inline
from generator.markdown.pieces import CONTINUE_READING, Markup, plain_text
from generator.markdown.rules.state import Block
from generator.markdown.summary import find_open_blocks, find_open_inlines, render_summary
from generator.markdown.surroundings import Surroundings
from generator.model.code import Fence
from generator.model.content import Heading, Rendered

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_TASK = re.compile(r"\[([ \t\x0b\x0cxX])\][ \t\x0b\x0c]+")
_CHECKBOX = Markup('<input disabled="" type="checkbox"/>\n')
_CHECKED = Markup('<input disabled="" type="checkbox" checked=""/>\n')


class Renderer:
    """One document on its way to HTML. `pieces` is what was put out so far."""

    def __init__(self, blocks: Blocks, around: Surroundings, document: Document, settings: MarkdownSettings) -> None:
        self._tokens: Sequence[Block] = blocks.tokens
        self._around = around
        self._document = document
        self._settings = settings
        self._insert = around.expansion.insert
        self._ids = HeadingIds(_explicit_ids(blocks.tokens), settings.slugify_anchors)
        self._headings: list[Heading] = []
        self._pieces: list[str] = []
        # Pieces around a note that is kept for the end of the document, and its label.
        self._outer: list[tuple[list[str], str]] = []
        self._summary: str | None = None

    def render(self) -> Rendered:
        for index, token in enumerate(self._tokens):
            _HANDLERS[token.type](self, index)
        self._pieces.append(self._around.footnotes.render_section())
        links = self._around.links
        return Rendered(
            html="".join(self._pieces),
            summary=self._summary,
            toc=nest_headings(self._headings),
            internal_links=tuple(links.internal),
            external_links=tuple(links.external),
            warnings=tuple(links.warnings),
        )

    def _start_line(self) -> None:
        """Zola: a block starts on a line of its own, but for headings, code and HTML."""
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self._pieces.append("\n")

    def _open(self, tag: str) -> None:
        self._start_line()
        self._pieces.append(tag)

    def _put_inline(self, content: str, line: int, index: int, closing: Sequence[str] = ()) -> None:
        """Put out inline text that stands in the token at `index`; `closing` closes what only this block opens."""
        pieces = self._read_inline(content, line)
        if self._around.summary_ended and self._summary is None:
            self._cut_summary(index, pieces, closing)
        self._pieces += pieces

    def _read_inline(self, content: str, line: int) -> list[str]:
        self._around.links.line = line
        return render_inline(content, self._around)

    def _cut_summary(self, index: int, pieces: Sequence[str] = (), closing: Sequence[str] = ()) -> None:
        """Make the summary of all that was put out before, and of `pieces` up to the mark of its end."""
        at = next((i for i, piece in enumerate(pieces) if piece is CONTINUE_READING), len(pieces))
        open_elements = [*find_open_blocks(self._tokens[:index]), *closing, *find_open_inlines(pieces[:at])]
        html = "".join([*self._pieces, *pieces[:at]])
        if self._outer:
            # A note that goes to the bottom: what was put out before it is all there is to sum up.
            html, open_elements = "".join(self._outer[0][0]), []
        self._summary = render_summary(html, open_elements, self._document.lang, self._settings)

    def paragraph(self, index: int) -> None:
        token = self._tokens[index]
        tight = token.parent is not None and token.parent.tight
        task, content = self._split_task(index, token.content)
        bare = tight or self._around.expansion.is_single(token.content)
        if not bare:
            self._open("<p>")
        self._pieces += task
        self._put_inline(content, token.map[0], index, () if bare else (PARAGRAPH_CLOSE,))
        if not bare:
            self._pieces.append(PARAGRAPH_CLOSE)

    def _split_task(self, index: int, content: str) -> tuple[list[str], str]:
        """Return the checkbox of a list item's first text, if it starts with one, and the rest."""
        match = _TASK.match(content)
        if match is None or not index:
            return [], content
        is_term = self._tokens[index - 1].type == "definition_list_open"
        item = self._tokens[index - 1 - is_term]
        if item.type != "list_item_open" or item.map[0] != self._tokens[index].map[0]:
            return [], content
        return [_CHECKED if match[1] in "xX" else _CHECKBOX], content[match.end() :]

    def task(self, index: int) -> None:
        self._pieces.append(_CHECKED if self._tokens[index].meta else _CHECKBOX)

    def heading(self, index: int) -> None:
        token = self._tokens[index]
        level, attributes = token.meta
        task, content = self._split_task(index, token.content)
        pieces = task + self._read_inline(content, token.map[0])
        title = plain_text(pieces)
        identifier = self._insert(attributes.id) if attributes.id is not None else self._ids.make(title)
        before, after = self._make_anchor(identifier, level)
        self._pieces.append(open_heading(level, identifier, attributes.classes) + before)
        if self._around.summary_ended and self._summary is None:
            self._cut_summary(index, pieces)
        self._pieces += pieces
        self._pieces.append(f"{after}</h{level}>\n")
        permalink = f"{self._document.permalink}#{identifier}"
        self._headings.append(Heading(level=level, id=identifier, permalink=permalink, title=title))

    def _make_anchor(self, identifier: str, level: int) -> tuple[str, str]:
        """Return what stands before and after a heading's text."""
        place = self._document.insert_anchor_links
        if place == "none":
            return "", ""
        anchor = self._render_anchor(identifier, level)
        if place == "left":
            return anchor, ""
        if place == "right":
            return "", anchor
        tag = find_opening_tag(anchor)
        return (tag, "</a>") if tag else ("", "")

    def _render_anchor(self, identifier: str, level: int) -> str:
        if not self._settings.has_template(ANCHOR_TEMPLATE):
            return default_anchor(identifier)
        values = {"id": identifier, "level": level, "lang": self._document.lang}
        return self._settings.render_template(ANCHOR_TEMPLATE, values)

    def code(self, index: int) -> None:
        token = self._tokens[index]
        info = self._insert(unescape_markdown(token.info.strip()))
        fence = parse_fence(info) if token.type == "fence" else Fence()
        code = self._insert(token.content)
        self._pieces.append(self._render_code(code, fence, token.map[0]))

    def _render_code(self, code: str, fence: Fence, line: int) -> str:
        if self._settings.highlight is None:
            named = fence.language is not None and fence.language != "plain"
            language = f' data-lang="{escape_attribute(fence.language or "")}"' if named else ""
            return f"<pre><code{language}>{escape_attribute(code)}</code></pre>\n"
        highlighted = self._settings.highlight(code, fence)
        if highlighted.warning:
            self._warn(highlighted.warning, line)
        if not highlighted.known and fence.language is not None:
            self._report_unknown_language(fence.language, line)
        return highlighted.html

    def _report_unknown_language(self, language: str, line: int) -> None:
        message = f"Language `{language}` not found for syntax highlighting"
        if not self._settings.error_on_missing_language:
            self._warn(message, line)
            return
        where = self._around.links.make_location(line)
        hint = "Name another language, or set `error_on_missing_language` to false."
        self._around.links.problems.append(SiteError(message, where=where, hint=hint))

    def _warn(self, message: str, line: int) -> None:
        self._around.links.warnings.append(f"{self._around.links.make_location(line)}: {message}")

    def html(self, index: int) -> None:
        """Zola: of an HTML block, only the line that ends the summary is replaced, but that one whole."""
        content = self._tokens[index].content
        unindented = content.lstrip(" ")
        if indent := content[: len(content) - len(unindented)]:
            self._pieces.append(indent)
        for line in _LINE.findall(unindented) if "<!--" in unindented else (unindented,):
            if self._around.take_summary_end(line):
                self._cut_summary(index)
                self._pieces.append(CONTINUE_READING)
            elif inserted := self._insert(line):
                self._pieces.append(inserted)

    def rule(self, _index: int) -> None:
        self._open("<hr />\n")

    def quote(self, index: int) -> None:
        kind = self._tokens[index].info
        self._open(f'<blockquote class="markdown-alert-{kind}">\n' if kind else "<blockquote>\n")

    def ordered_list(self, index: int) -> None:
        start = self._tokens[index].meta
        self._open("<ol>\n" if start == 1 else f'<ol start="{start}">\n')

    def term(self, index: int) -> None:
        token = self._tokens[index]
        task, content = self._split_task(index, token.content)
        self._open("<dt>")
        self._pieces += task
        self._put_inline(content, token.map[0], index, ("</dt>\n",))
        self._pieces.append("</dt>\n")

    def table(self, index: int) -> None:
        alignments, ((head_line, head), *rows) = self._tokens[index].meta
        styles = [f' style="text-align: {side}"' if side else "" for side in alignments]
        self._pieces.append("<table><thead><tr>")
        self._put_cells("th", head, head_line, styles, index)
        self._pieces.append("</tr></thead><tbody>\n")
        for line, cells in rows:
            self._pieces.append("<tr>")
            self._put_cells("td", cells, line, styles, index)
            self._pieces.append("</tr>\n")
        self._pieces.append("</tbody></table>\n")

    def _put_cells(self, tag: str, cells: Sequence[str], line: int, styles: Sequence[str], index: int) -> None:
        row_end = "</tr></thead><tbody>\n" if tag == "th" else "</tr>\n"
        closing = ("</tbody></table>\n", row_end, f"</{tag}>")
        for cell, style in zip(cells, styles, strict=True):
            if not cell:
                self._pieces.append(f"<{tag}{style}></{tag}>")
                continue
            self._pieces.append(f"<{tag}{style}>")
            self._put_inline(cell, line, index, closing)
            self._pieces.append(f"</{tag}>")

    def open_footnote(self, index: int) -> None:
        label = self._insert(self._tokens[index].meta)
        if self._around.footnotes.at_bottom:
            self._outer.append((self._pieces, label))
            self._pieces = [self._around.footnotes.open_at_bottom(label)]
        else:
            self._open(self._around.footnotes.open_in_place(label))

    def close_footnote(self, _index: int) -> None:
        if self._around.footnotes.at_bottom:
            pieces = self._pieces
            self._pieces, label = self._outer.pop()
            self._around.footnotes.keep(label, pieces)
        else:
            self._pieces.append("</div>\n")


def _explicit_ids(tokens: Sequence[Block]) -> list[str]:
    attributes = (token.meta[1] for token in tokens if token.type == "heading")
    return [found.id for found in attributes if found.id is not None]


def _opener(tag: str) -> Callable[[Renderer, int], None]:
    def put(renderer: Renderer, _index: int) -> None:
        renderer._open(tag)

    return put


def _closer(tag: str) -> Callable[[Renderer, int], None]:
    def put(renderer: Renderer, _index: int) -> None:
        renderer._pieces.append(tag)

    return put


_HANDLERS: Mapping[str, Callable[[Renderer, int], None]] = {
    "paragraph": Renderer.paragraph,
    "heading": Renderer.heading,
    "task": Renderer.task,
    "fence": Renderer.code,
    "code_block": Renderer.code,
    "html_block": Renderer.html,
    "hr": Renderer.rule,
    "table": Renderer.table,
    "blockquote_open": Renderer.quote,
    "blockquote_close": _closer("</blockquote>\n"),
    "bullet_list_open": _opener("<ul>\n"),
    "bullet_list_close": _closer("</ul>\n"),
    "ordered_list_open": Renderer.ordered_list,
    "ordered_list_close": _closer("</ol>\n"),
    "list_item_open": _opener("<li>"),
    "list_item_close": _closer("</li>\n"),
    "footnote_open": Renderer.open_footnote,
    "footnote_close": Renderer.close_footnote,
    "definition_list_open": _opener("<dl>\n"),
    "definition_list_close": _closer("</dl>\n"),
    "term": Renderer.term,
    "definition_open": _opener("<dd>"),
    "definition_close": _closer("</dd>\n"),
}
