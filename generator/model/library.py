"""The site as a whole: documents by their key, and tables of how they stand to each other."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from generator.model.config import SiteConfig, TaxonomyConfig
from generator.model.content import Page, Section


class Term(Struct, frozen=True, kw_only=True):
    """One term of a taxonomy. pages: keys, by date, the newest first, undated last."""

    name: str
    slug: str
    path: str
    permalink: str
    pages: tuple[str, ...]


class Taxonomy(Struct, frozen=True, kw_only=True):
    """A taxonomy of one language with its terms, by slug then name. path: URL path of its list."""

    config: TaxonomyConfig
    lang: str
    path: str
    permalink: str
    terms: tuple[Term, ...]


class Pager(Struct, frozen=True, kw_only=True):
    """One page of a paginated list. index: 1-based. path: URL path. pages: keys of those it shows."""

    index: int
    path: str
    permalink: str
    pages: tuple[str, ...]


class Paginator(Struct, frozen=True, kw_only=True):
    """A list of pages cut into pagers, at least one.

    paginate_by: pages on one pager. permalink: of the first pager. base_url: what the others' numbers follow.
    total_pages: those of the list, shown or not.
    """

    paginate_by: int
    paginate_path: str
    permalink: str
    base_url: str
    total_pages: int
    pagers: tuple[Pager, ...]


class Library(Struct, frozen=True, kw_only=True):
    """Documents and their relations, each relation a table keyed by document (`relative_path`).

    section_pages: sorted keys of pages in a section; ignored_pages: those that lack its sort key.
    ancestors: keys of the sections above, the root first. siblings: page → (lower, higher), either may be None.
    translations: canonical path → keys of all languages, in the order of languages. permalinks: key → URL of every
    document. taxonomies: language → name → Taxonomy. page_templates: page → template that its sections give it.
    orphans: keys of pages in no section. unrendered: keys of pages that no section lists for want of a sort key.
    """

    pages: Mapping[str, Page]
    sections: Mapping[str, Section]
    section_pages: Mapping[str, tuple[str, ...]]
    ignored_pages: Mapping[str, tuple[str, ...]]
    subsections: Mapping[str, tuple[str, ...]]
    ancestors: Mapping[str, tuple[str, ...]]
    siblings: Mapping[str, tuple[str | None, str | None]]
    translations: Mapping[str, tuple[str, ...]]
    permalinks: Mapping[str, str]
    taxonomies: Mapping[str, Mapping[str, Taxonomy]]
    page_templates: Mapping[str, str] = field(default_factory=dict)
    orphans: tuple[str, ...] = ()
    unrendered: frozenset[str] = frozenset()

    def with_documents(self, changed: Mapping[str, Page | Section]) -> Library:
        """Return the library with these in the place of documents that stood to all others as they do."""
        pages = {key: page for key, page in changed.items() if isinstance(page, Page) and key in self.pages}
        sections = {key: each for key, each in changed.items() if isinstance(each, Section) and key in self.sections}
        return replace(self, pages={**self.pages, **pages}, sections={**self.sections, **sections})

    def find_document(self, key: str) -> Page | Section | None:
        """Return the page or section of that key."""
        return self.pages.get(key) or self.sections.get(key)


def index_key(folder: str, lang: str, config: SiteConfig) -> str:
    """Return the key that a folder's section has in a language, whether there is one or not."""
    name = "_index.md" if lang == config.default_language else f"_index.{lang}.md"
    return f"{folder}/{name}" if folder else name
