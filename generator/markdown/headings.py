"""Headings: the attributes at a line's end, ids that no two share, anchors, and the table of contents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from generator.markdown.escape import escape_attribute
from generator.model.content import Heading

_ATTRIBUTES = re.compile(r"\{([^{}<>\\\n]*)\}[ \t]*\Z")
_ANCHOR_TAG = re.compile(r"(<\s*a[^>]*>).*?<\s*/\s*a>")


class HeadingAttributes(Struct, frozen=True, kw_only=True):
    """What `{#id .class}` gives a heading; other keys are read and dropped, as Zola does."""

    id: str | None = None
    classes: tuple[str, ...] = ()


NO_ATTRIBUTES = HeadingAttributes()


def split_attributes(line: str) -> tuple[str, HeadingAttributes]:
    """Return a heading's text without the attributes that end it, and those."""
    if not line.rstrip(" \t").endswith("}"):
        return line, NO_ATTRIBUTES
    match = _ATTRIBUTES.search(line, line.rfind("{"))
    if match is None:
        return line, NO_ATTRIBUTES
    words = [word for word in match[1].split() if len(word) > 1]
    ids = [word[1:] for word in words if word.startswith("#")]
    classes = tuple(word[1:] for word in words if word.startswith("."))
    return line[: match.start()], HeadingAttributes(id=ids[-1] if ids else None, classes=classes)


class HeadingIds:
    """Ids of one page. Those the author set are taken from the start, whatever comes first."""

    def __init__(self, explicit: Iterable[str], slugify: Callable[[str], str]) -> None:
        self._taken = set(explicit)
        self._slugify = slugify
        # The number last given out for a name; counting on keeps thousands of equal headings linear.
        self._counts: dict[str, int] = {}

    def make(self, title: str) -> str:
        """Return a free id for a heading of that text."""
        name = self._slugify(title)
        found = name
        count = self._counts.get(name, 0)
        while found in self._taken:
            count += 1
            found = f"{name}-{count}"
        self._counts[name] = count
        self._taken.add(found)
        return found


def open_heading(level: int, identifier: str, classes: tuple[str, ...]) -> str:
    """Return a heading's opening tag."""
    shown = f' class="{escape_attribute(" ".join(classes))}"' if classes else ""
    return f'<h{level} id="{escape_attribute(identifier)}"{shown}>'


def default_anchor(identifier: str) -> str:
    """Return the link that leads to a heading, where the site has no template for it."""
    shown = escape_attribute(identifier)
    return f'<a class="zola-anchor" href="#{shown}" aria-label="Anchor link for: {shown}">🔗</a>'


def find_opening_tag(anchor: str) -> str | None:
    """Return the opening tag of the first `a` element in an anchor's HTML."""
    match = _ANCHOR_TAG.search(anchor)
    return match[1] if match else None


class _Node(Struct):
    heading: Heading
    children: list[_Node] = field(default_factory=list)


def nest_headings(headings: Iterable[Heading]) -> tuple[Heading, ...]:
    """Return the table of contents: each heading under the last one of a lower level."""
    roots: list[_Node] = []
    open_nodes: list[_Node] = []
    for heading in headings:
        while open_nodes and open_nodes[-1].heading.level >= heading.level:
            open_nodes.pop()
        node = _Node(heading)
        (open_nodes[-1].children if open_nodes else roots).append(node)
        open_nodes.append(node)
    return tuple(map(_freeze, roots))


def _freeze(node: _Node) -> Heading:
    if not node.children:
        return node.heading
    return replace(node.heading, children=tuple(map(_freeze, node.children)))
