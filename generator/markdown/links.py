"""Links and images of one text → the URLs that Zola gives them; broken ones are collected with their place."""

from __future__ import annotations

import re
from urllib.parse import unquote

from generator.errors import Location, SiteError
from generator.markdown.context import Document, MarkdownSettings
from generator.markdown.escape import escape_attribute, escape_url
from generator.markdown.pieces import Markup
from generator.markdown.shortcodes.expansion import LineMap
from generator.model.config import MarkdownConfig
from generator.model.content import ExternalLink, InternalLink

_SCHEME = re.compile(r"[0-9A-Za-z-]+:")


class Links:
    """The links of one document, as they are found. line: 0-based, of the block that is being read."""

    def __init__(self, source: str, lines: LineMap, document: Document, settings: MarkdownSettings) -> None:
        self.internal: list[InternalLink] = []
        self.external: list[ExternalLink] = []
        self.problems: list[SiteError] = []
        self.warnings: list[str] = []
        self.line = 0
        self._document = document
        self._settings = settings
        self._source = source
        self._source_lines: list[str] | None = None
        self._lines = lines
        self._external_attributes = _join_attributes(settings.markdown)

    def open(self, url: str, title: str, text: str, offset: int) -> Markup:
        """Return the `a` tag of a link that starts at `offset` of `text`."""
        if url.startswith(("http:", "https:")):
            line, column = self._find_place(text, offset)
            self.external.append(ExternalLink(url=url, line=line, column=column))
            if self._external_attributes is not None:
                # Zola: the title goes in unescaped.
                shown_title = f'title="{title}" ' if title else ""
                return Markup(f'<a {self._external_attributes}{shown_title}href="{escape_url(url)}">')
        else:
            url = self._resolve(url, text, offset)
        shown_title = f' title="{escape_attribute(title)}"' if title else ""
        return Markup(f'<a href="{escape_url(url)}"{shown_title}>')

    @staticmethod
    def open_email(address: str) -> Markup:
        """Return the `a` tag of an e-mail address in angle brackets."""
        return Markup(f'<a href="mailto:{escape_url(address)}">')

    def resolve_image(self, url: str) -> str:
        """Return an image's source, escaped. Zola: `@/` means nothing in an image."""
        return escape_url(self._document.permalink + url if _is_colocated(url) else url)

    def _resolve(self, url: str, text: str, offset: int) -> str:
        if not url:
            self.problems.append(
                self._make_error(
                    "There is a link that is missing a URL",
                    text,
                    offset,
                    hint="Write its address between the parentheses.",
                )
            )
            return "#"
        if url.startswith("@/"):
            return self._resolve_internal(url, text, offset)
        if url == "#" or not (url.startswith("#") or _is_colocated(url)):
            return url
        if url.startswith("#") and self._document.relative_path:
            self._record(self._document.relative_path, url[1:], text, offset)
        return self._document.permalink + url

    def _resolve_internal(self, url: str, text: str, offset: int) -> str:
        path, *anchors = url.removeprefix("@/").split("#")
        target = unquote(path)
        permalink = self._settings.permalinks.get(target)
        if permalink is None:
            self._report_broken(url, text, offset)
            return url
        anchor = anchors[0] if anchors else None
        self._record(target, anchor, text, offset)
        return permalink if anchor is None else f"{permalink}#{anchor}"

    def _report_broken(self, url: str, text: str, offset: int) -> None:
        error = self._make_error(
            f"Broken relative link `{url}`",
            text,
            offset,
            hint="What follows `@/` is a file's path from `content/`, such as `@/posts/first.md`.",
        )
        if self._settings.internal_level == "warn":
            self.warnings.append(str(error))
        else:
            self.problems.append(error)

    def _record(self, target: str, anchor: str | None, text: str, offset: int) -> None:
        line, column = self._find_place(text, offset)
        self.internal.append(InternalLink(target=target, anchor=anchor, line=line, column=column))

    def _find_place(self, text: str, offset: int) -> tuple[int, int | None]:
        """Return line and column in the file of what stands at `offset` of a block's text."""
        line = self._lines.to_source(self.line + text.count("\n", 0, offset))
        start = text.rfind("\n", 0, offset) + 1
        end = text.find("\n", offset)
        column = self._source_line(line).find(text[offset : end if end >= 0 else None][:40], offset - start)
        return line + self._document.first_line, column + 1 if column >= 0 else None

    def _source_line(self, line: int) -> str:
        if self._source_lines is None:
            self._source_lines = self._source.split("\n")
        return self._source_lines[line] if line < len(self._source_lines) else ""

    def make_location(self, line: int, column: int | None = None) -> Location:
        """Return the place of a line of the text, 0-based, before it is put where the file has it."""
        source = self._lines.to_source(line)
        shown = self._source_line(source)
        return Location(file=self._document.shown, line=source + self._document.first_line, column=column, source=shown)

    def _make_error(self, message: str, text: str, offset: int, *, hint: str) -> SiteError:
        line, column = self._find_place(text, offset)
        source = self._source_line(line - self._document.first_line)
        where = Location(file=self._document.shown, line=line, column=column, source=source)
        return SiteError(message, where=where, hint=hint)


def _is_colocated(url: str) -> bool:
    return not url.startswith(("/", "..", "#")) and _SCHEME.match(url) is None


def _join_attributes(markdown: MarkdownConfig) -> str | None:
    """Return what links to `http(s)` get before their title and URL; None where they are like all others."""
    relations = [
        name
        for name, wanted in (
            ("noopener", markdown.external_links_target_blank),
            ("nofollow", markdown.external_links_no_follow),
            ("noreferrer", markdown.external_links_no_referrer),
            ("external", markdown.external_links_external),
        )
        if wanted
    ]
    if not relations and markdown.external_links_class is None:
        return None
    class_ = "" if markdown.external_links_class is None else f'class="{markdown.external_links_class}" '
    relation = f'rel="{" ".join(relations)}" ' if relations else ""
    target = 'target="_blank" ' if markdown.external_links_target_blank else ""
    return class_ + relation + target
