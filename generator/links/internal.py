"""Rendered documents in; anchors that lead nowhere, and who links to whom, out. Broken paths are found by Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.errors import SiteError
from generator.links.location import locate_link, shown_name
from generator.model.content import Heading, InternalLink, Text
from generator.model.library import Library


def check_anchors(
    sources: Mapping[str, Sequence[InternalLink]], rendered: Mapping[str, Text], library: Library
) -> tuple[SiteError, ...]:
    """Return a problem for each link to an anchor that its target does not have.

    sources: the links to check, by the key of their document. rendered: every document that a link may lead to.
    Zola: a page may also have it as the `id` or `name` of any element, a section must have it as a heading; `#` and
    `#top` are always there.
    """
    anchors = _Anchors(rendered, library)
    return tuple(
        _problem(source, link, library, anchors)
        for source, links in sources.items()
        for link in links
        if not _is_special(link.anchor) and not anchors.has(link.target, link.anchor or "")
    )


def collect_backlinks(links: Mapping[str, Sequence[InternalLink]], library: Library) -> dict[str, tuple[str, ...]]:
    """Return, for each document that others (or it itself) link to, the keys of those, by permalink."""
    sources: dict[str, set[str]] = {}
    for source, targets in links.items():
        for link in targets:
            sources.setdefault(link.target, set()).add(source)
    return {target: tuple(sorted(keys, key=library.permalinks.__getitem__)) for target, keys in sources.items()}


def has_anchor(html: str, anchor: str) -> bool:
    """Tell whether some element has that `id` or `name`, in any case."""
    return re.search(rf"""\s(?:id|name) *= *["']*{re.escape(anchor)}["' >]""", html, re.IGNORECASE) is not None


class _Anchors:
    """Answers whether a document has an anchor; each question is worked out once."""

    def __init__(self, rendered: Mapping[str, Text], library: Library) -> None:
        self._rendered = rendered
        self._sections = library.sections
        self._headings: dict[str, frozenset[str]] = {}
        self._known: dict[tuple[str, str], bool] = {}

    def headings(self, target: str) -> frozenset[str]:
        if target not in self._headings:
            self._headings[target] = frozenset(_heading_ids(self._rendered[target].toc))
        return self._headings[target]

    def has(self, target: str, anchor: str) -> bool:
        if anchor in self.headings(target):
            return True
        if target in self._sections:
            return False
        if (target, anchor) not in self._known:
            self._known[target, anchor] = has_anchor(self._rendered[target].html, anchor)
        return self._known[target, anchor]


def _heading_ids(headings: tuple[Heading, ...]) -> Iterator[str]:
    for heading in headings:
        yield heading.id
        yield from _heading_ids(heading.children)


def _is_special(anchor: str | None) -> bool:
    return not anchor or anchor.lower() == "top"


def _problem(source: str, link: InternalLink, library: Library, anchors: _Anchors) -> SiteError:
    from difflib import get_close_matches

    near = get_close_matches(link.anchor or "", sorted(anchors.headings(link.target)), n=1)
    target = shown_name(link.target, library)
    return SiteError(
        f"Broken anchor in the link `@/{link.target}#{link.anchor}`: {target} has no such anchor",
        where=locate_link(source, link.line, link.column, library),
        hint=f"Did you mean `#{near[0]}`?" if near else None,
    )
