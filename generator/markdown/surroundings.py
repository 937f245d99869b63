"""What inline text asks of its document: definitions, links, footnotes, shortcode outputs and the site's options."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it.common.utils import normalizeReference
from msgspec import Struct

from generator.markdown.footnotes import Footnotes
from generator.markdown.links import Links
from generator.markdown.shortcodes.expansion import Expansion
from generator.model.config import MarkdownConfig

_LEAST_EXPANSION = 100_000
_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)


class Surroundings(Struct, kw_only=True):
    """One document around its inline text.

    references: normalised label → URL and title. summary_ended: `<!-- more -->` was met. verbatim: text goes through
    as it is, but for what HTML escapes. expansion_left: characters that definitions of links may still put in.
    """

    markdown: MarkdownConfig
    references: Mapping[str, tuple[str, str]]
    footnotes: Footnotes
    links: Links
    expansion: Expansion
    summary_ended: bool = False
    verbatim: bool = False
    expansion_left: int = 0

    def __post_init__(self) -> None:
        self.expansion_left = max(len(self.expansion.text), _LEAST_EXPANSION)
        self.verbatim = not self.markdown.render_emoji and self.expansion.marks is None

    def find_definition(self, label: str) -> tuple[str, str] | None:
        """Return URL and title of the link definition of that label.

        Zola: what definitions expand to is limited, since a long URL used often would grow a text beyond all bounds.
        """
        found = self.references.get(normalizeReference(label))
        if found is None or self.expansion_left <= 0:
            return None
        self.expansion_left -= len(found[0]) + len(found[1])
        return found

    def take_summary_end(self, html: str) -> bool:
        """Return whether `html` holds the first mark of the summary's end."""
        if self.summary_ended or "<!--" not in html or not _MORE.search(html):
            return False
        self.summary_ended = True
        return True
