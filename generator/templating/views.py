"""Models in, what templates see of them out: lazy dicts in Zola's key order, each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, ClassVar

from generator.markdown.words import count_words, reading_minutes
from generator.model.content import Heading, Page, Section
from generator.model.library import Taxonomy, Term
from generator.templating.config_view import config_view, taxonomy_config_view
from generator.templating.lazy import LazyDict
from generator.templating.site import Site

Fields = Mapping[str, Callable[[Any], Any]]


class DocumentView(LazyDict):
    """What the views of pages and sections share."""

    __slots__ = ("document", "views")

    def __init__(self, document: Page | Section, views: Views) -> None:
        self.document = document
        self.views = views
        self["relative_path"] = document.key

    def ancestors(self) -> tuple[str, ...]:
        return self.views.site.library.ancestors.get(self.document.key, ())

    def content(self) -> str:
        return self.views.site.rendered[self.document.key].html

    def toc(self) -> list[dict[str, Any]]:
        return _heading_views(self.views.site.rendered[self.document.key].toc)

    def word_count(self) -> int | None:
        document = self.document
        made_up = isinstance(document, Section) and not document.from_file
        return None if made_up else self.views.count_words(document)

    def reading_time(self) -> int | None:
        words = self["word_count"]
        return None if words is None else reading_minutes(words)

    def translations(self) -> list[dict[str, Any]]:
        library = self.views.site.library
        keys = library.translations.get(self.document.source.canonical, ())
        return [_translation_view(found) for key in keys if (found := library.find_document(key))]

    def backlinks(self) -> list[dict[str, Any]]:
        site = self.views.site
        found = (site.library.find_document(key) for key in site.backlinks.get(self.document.key, ()))
        return [{"permalink": source.permalink, "title": source.meta.title} for source in found if source]


class PageView(DocumentView):
    """A page with everything that its site knows of it."""

    __slots__ = ()
    document: Page

    def summary(self) -> str | None:
        return self.views.site.rendered[self.document.key].summary

    def updated(self) -> str | None:
        meta = self.document.meta
        return meta.updated.text if meta.updated else meta.updated_text

    def date(self, part: str) -> Any:
        date = self.document.meta.date
        return getattr(date, part) if date else None

    def sibling(self, place: int) -> PageView | None:
        key = self.views.site.library.siblings.get(self.document.key, (None, None))[place]
        return None if key is None else self.views.page_alone(key)

    fields: ClassVar[Fields] = {
        "relative_path": attrgetter("document.key"),
        "colocated_path": attrgetter("document.source.colocated_path"),
        "content": DocumentView.content,
        "permalink": attrgetter("document.permalink"),
        "slug": attrgetter("document.slug"),
        "ancestors": DocumentView.ancestors,
        "title": attrgetter("document.meta.title"),
        "description": attrgetter("document.meta.description"),
        "updated": updated,
        "date": lambda view: view.date("text"),
        "year": lambda view: view.date("year"),
        "month": lambda view: view.date("month"),
        "day": lambda view: view.date("day"),
        "taxonomies": attrgetter("document.meta.taxonomies"),
        "authors": attrgetter("document.meta.authors"),
        "extra": attrgetter("document.meta.extra"),
        "path": attrgetter("document.path"),
        "components": attrgetter("document.components"),
        "summary": summary,
        "toc": DocumentView.toc,
        "word_count": DocumentView.word_count,
        "reading_time": DocumentView.reading_time,
        "assets": attrgetter("document.asset_paths"),
        "draft": attrgetter("document.meta.draft"),
        "lang": attrgetter("document.lang"),
        "lower": lambda view: view.sibling(0),
        "higher": lambda view: view.sibling(1),
        "translations": DocumentView.translations,
        "backlinks": DocumentView.backlinks,
    }


class PageAloneView(PageView):
    """A page in a list or beside another page. Zola: it does not know its neighbours there."""

    __slots__ = ()
    fields: ClassVar[Fields] = {**PageView.fields, "lower": lambda _: None, "higher": lambda _: None}


# What no document has before the Markdown of all is rendered.
_NOT_YET: Fields = {
    "content": lambda _: "",
    "toc": lambda _: [],
    "translations": lambda _: [],
    "backlinks": lambda _: [],
}


class UnrenderedPageView(PageAloneView):
    """A page as shortcodes in its own text see it."""

    __slots__ = ()
    fields: ClassVar[Fields] = {**PageAloneView.fields, **_NOT_YET, "summary": lambda _: None}


class SectionView(DocumentView):
    """A section with its pages, which know their neighbours here."""

    __slots__ = ()
    document: Section

    def pages(self) -> list[PageView]:
        keys = self.views.site.library.section_pages.get(self.document.key, ())
        return [self.views.page(key) for key in keys]

    def subsections(self) -> tuple[str, ...]:
        return self.views.site.library.subsections.get(self.document.key, ())

    fields: ClassVar[Fields] = {
        "relative_path": attrgetter("document.key"),
        "colocated_path": attrgetter("document.source.colocated_path"),
        "content": DocumentView.content,
        "permalink": attrgetter("document.permalink"),
        "draft": attrgetter("document.meta.draft"),
        "ancestors": DocumentView.ancestors,
        "title": attrgetter("document.meta.title"),
        "description": attrgetter("document.meta.description"),
        "extra": attrgetter("document.meta.extra"),
        "path": attrgetter("document.path"),
        "components": attrgetter("document.components"),
        "toc": DocumentView.toc,
        "word_count": DocumentView.word_count,
        "reading_time": DocumentView.reading_time,
        "lang": attrgetter("document.lang"),
        "assets": attrgetter("document.asset_paths"),
        "pages": pages,
        "subsections": subsections,
        "translations": DocumentView.translations,
        "backlinks": DocumentView.backlinks,
        "generate_feeds": attrgetter("document.meta.generate_feeds"),
        "transparent": attrgetter("document.meta.transparent"),
        "paginate_by": attrgetter("document.meta.paginate_by"),
        "paginate_reversed": attrgetter("document.meta.paginate_reversed"),
    }


class SectionAloneView(SectionView):
    """A section without its pages: beside a paginator, or when only metadata was asked for."""

    __slots__ = ()
    fields: ClassVar[Fields] = {**SectionView.fields, "pages": lambda _: []}


class UnrenderedSectionView(SectionAloneView):
    """A section as shortcodes in its own text see it."""

    __slots__ = ()
    fields: ClassVar[Fields] = {**SectionAloneView.fields, **_NOT_YET, "subsections": lambda _: []}


class TermView(LazyDict):
    """A term with its pages."""

    __slots__ = ("term", "views")

    def __init__(self, term: Term, views: Views) -> None:
        self.term = term
        self.views = views
        self["name"] = term.name

    def pages(self) -> list[PageView]:
        return [self.views.page_alone(key) for key in self.term.pages]

    fields: ClassVar[Fields] = {
        "name": attrgetter("term.name"),
        "slug": attrgetter("term.slug"),
        "path": attrgetter("term.path"),
        "permalink": attrgetter("term.permalink"),
        "pages": pages,
        "page_count": lambda view: len(view.term.pages),
    }


class TermAloneView(TermView):
    """A term without its pages, whose number it still tells."""

    __slots__ = ()
    fields: ClassVar[Fields] = {**TermView.fields, "pages": lambda _: []}


class Views:
    """The views of one site, each made once and shared by all templates that read it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._configs: dict[str, dict[str, Any]] = {}
        self._pages: dict[str, PageView] = {}
        self._pages_alone: dict[str, PageView] = {}
        self._sections: dict[str, SectionView] = {}
        self._sections_alone: dict[str, SectionView] = {}
        self._terms: dict[tuple[str, str], dict[str, TermView]] = {}
        self._words: dict[str, int] = {}

    def __reduce__(self) -> tuple[type[Views], tuple[Site]]:
        """Go to a worker process without what was made here."""
        return Views, (self.site,)

    def config(self, lang: str) -> dict[str, Any]:
        view = self._configs.get(lang)
        if view is None:
            view = self._configs[lang] = config_view(self.site.config, lang)
        return view

    def page(self, key: str) -> PageView:
        """Return a page that knows its neighbours."""
        view = self._pages.get(key)
        if view is None:
            view = self._pages[key] = PageView(self.site.library.pages[key], self)
        return view

    def page_alone(self, key: str) -> PageView:
        """Return a page that does not know its neighbours."""
        view = self._pages_alone.get(key)
        if view is None:
            view = self._pages_alone[key] = PageAloneView(self.site.library.pages[key], self)
        return view

    def section(self, key: str) -> SectionView:
        """Return a section with its pages."""
        view = self._sections.get(key)
        if view is None:
            view = self._sections[key] = SectionView(self.site.library.sections[key], self)
        return view

    def section_alone(self, key: str) -> SectionView:
        """Return a section without its pages."""
        view = self._sections_alone.get(key)
        if view is None:
            view = self._sections_alone[key] = SectionAloneView(self.site.library.sections[key], self)
        return view

    def unrendered(self, document: Page | Section) -> DocumentView:
        """Return a document as it is before its text is rendered."""
        if isinstance(document, Section):
            return UnrenderedSectionView(document, self)
        return UnrenderedPageView(document, self)

    def terms(self, taxonomy: Taxonomy) -> list[TermView]:
        """Return all terms of a taxonomy with their pages."""
        return list(self._terms_by_name(taxonomy).values())

    def term(self, taxonomy: Taxonomy, term: Term) -> TermView:
        """Return a term of that taxonomy with its pages."""
        return self._terms_by_name(taxonomy)[term.name]

    def term_alone(self, term: Term) -> TermView:
        """Return a term without its pages."""
        return TermAloneView(term, self)

    def taxonomy(self, taxonomy: Taxonomy) -> dict[str, Any]:
        """Return a taxonomy with its terms, as `get_taxonomy` gives it."""
        return {
            "kind": taxonomy_config_view(taxonomy.config),
            "lang": taxonomy.lang,
            "permalink": taxonomy.permalink,
            "items": self.terms(taxonomy),
        }

    def count_words(self, document: Page | Section) -> int:
        """Return how many words the text of a document has."""
        words = self._words.get(document.key)
        if words is None:
            words = self._words[document.key] = count_words(document.body())
        return words

    def _terms_by_name(self, taxonomy: Taxonomy) -> dict[str, TermView]:
        place = (taxonomy.lang, taxonomy.config.name)
        views = self._terms.get(place)
        if views is None:
            views = self._terms[place] = {term.name: TermView(term, self) for term in taxonomy.terms}
        return views


def _heading_views(headings: Iterable[Heading]) -> list[dict[str, Any]]:
    return [
        {
            "level": heading.level,
            "id": heading.id,
            "permalink": heading.permalink,
            "title": heading.title,
            "children": _heading_views(heading.children),
        }
        for heading in headings
    ]


def _translation_view(document: Page | Section) -> dict[str, Any]:
    return {
        "lang": document.lang,
        "permalink": document.permalink,
        "title": document.meta.title,
        "path": str(document.source.file),
    }
