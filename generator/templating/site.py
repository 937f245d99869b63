"""Everything of a built site that templates may ask for, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from generator.model.config import SiteConfig
from generator.model.content import Text
from generator.model.library import Library


class Site(Struct, frozen=True, kw_only=True):
    """A site between its Markdown and its output.

    rendered: by document key; empty while Markdown is being rendered. backlinks: document key → keys of documents
    that link to it, by permalink.
    """

    config: SiteConfig
    library: Library
    rendered: Mapping[str, Text] = field(default_factory=dict)
    backlinks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
