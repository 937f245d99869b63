"""Models in, what templates see of them out: lazy dicts in Zola's key order, each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, ClassVar

from generator.model.content import Heading, Page, Section
from generator.model.library import Taxonomy, Term
from generator.templating.config_view import config_view, taxonomy_config_view
from generator.templating.effects import Effects
from generator.templating.lazy import LazyList
from generator.templating.site import Site
from generator.templating.tracked import TrackedView

Fields = Mapping[str, Callable[[Any], Any]]


class DocumentView(TrackedView):
    """What the views of pages and sections share."""

    __slots__ = ("document",)

    def __init__(self, document: Page | Section, views: Views) -> None:
        key = document.source.relative_path
        TrackedView.__init__(self, key, views)
        self.document = document
        self["relative_path"] = key

    def ancestors(self) -> tuple[str, ...]:
        return self.views.site.library.ancestors.get(self.key, ())

    def content(self) -> str:
        return self.views.site.rendered[self.key].html

    def toc(self) -> list[dict[str, Any]]:
        return _heading_views(self.views.site.rendered[self.key].toc)

    def word_count(self) -> int | None:
        document = self.document
        made_up = isinstance(document, Section) and not document.from_file
        return None if made_up else self.views.count_words(document)

    def reading_time(self) -> int | None:
        words = self["word_count"]
        if words is None:
            return None
        from generator.markdown.words import reading_minutes

        return reading_minutes(words)

    def translations(self) -> list[TranslationView]:
        library = self.views.site.library
        keys = library.translations.get(self.document.source.canonical, ())
        return [TranslationView(found, self.views) for key in keys if (found := library.find_document(key))]

    def backlinks(self) -> list[dict[str, Any]]:
        site = self.views.site
        found = (site.library.find_document(key) for key in site.backlinks.get(self.key, ()))
        return [{"permalink": source.permalink, "title": source.meta.title} for source in found if source]


class TranslationView(TrackedView):
    """What a document knows of one of its translations, itself among them."""

    __slots__ = ("document",)
    kind = "translation"

    def __init__(self, document: Page | Section, views: Views) -> None:
        super().__init__(document.key, views)
        self.document = document
        self["lang"] = document.lang

    fields: ClassVar[Fields] = {
        "lang": attrgetter("document.lang"),
        "permalink": attrgetter("document.permalink"),
        "title": attrgetter("document.meta.title"),
        "path": lambda view: str(view.document.source.file),
    }


class PageView(DocumentView):
    """A page with everything that its site knows of it."""

    __slots__ = ()
    kind = "page"
    document: Page

    def summary(self) -> str | None:
        return self.views.site.rendered[self.key].summary

    def updated(self) -> str | None:
        meta = self.document.meta
        return meta.updated.text if meta.updated else meta.updated_text

    def date(self) -> str | None:
        date = self.document.meta.date
        return date.text if date else None

    def date_part(self, name: str) -> int | None:
        date = self.document.meta.date
        return getattr(date, name) if date else None

    def sibling(self, place: int) -> PageView | None:
        key = self.views.site.library.siblings.get(self.key, (None, None))[place]
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
        "date": date,
        "year": lambda view: view.date_part("year"),
        "month": lambda view: view.date_part("month"),
        "day": lambda view: view.date_part("day"),
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
    fixed = frozenset({"lower", "higher"})
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
    fixed = frozenset({*PageAloneView.fixed, *_NOT_YET, "summary"})
    fields: ClassVar[Fields] = {**PageAloneView.fields, **_NOT_YET, "summary": lambda _: None}


class SectionView(DocumentView):
    """A section with its pages, which know their neighbours here."""

    __slots__ = ()
    kind = "section"
    document: Section

    def pages(self) -> LazyList:
        keys = self.views.site.library.section_pages.get(self.key, ())
        return LazyList(keys, self.views.page)

    def subsections(self) -> tuple[str, ...]:
        return self.views.site.library.subsections.get(self.key, ())

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
    fixed = frozenset({"pages"})
    fields: ClassVar[Fields] = {**SectionView.fields, "pages": lambda _: []}


class UnrenderedSectionView(SectionAloneView):
    """A section as shortcodes in its own text see it."""

    __slots__ = ()
    fixed = frozenset({"pages", "subsections", *_NOT_YET})
    fields: ClassVar[Fields] = {**SectionAloneView.fields, **_NOT_YET, "subsections": lambda _: []}


class TermView(TrackedView):
    """A term with its pages; its key is its URL."""

    __slots__ = ("term",)
    kind = "term"

    def __init__(self, term: Term, views: Views) -> None:
        super().__init__(term.permalink, views)
        self.term = term
        self["permalink"] = term.permalink

    def pages(self) -> LazyList:
        return LazyList(self.term.pages, self.views.page_alone)

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
    fixed = frozenset({"pages"})
    fields: ClassVar[Fields] = {**TermView.fields, "pages": lambda _: []}


class Views:
    """The views of one site. Those of the job at hand are made once; `begin` makes the next job's anew.

    effects: notes what is read of them.
    """

    def __init__(self, site: Site, effects: Effects | None = None) -> None:
        self.site = site
        self.effects = Effects() if effects is None else effects
        self._configs: dict[str, dict[str, Any]] = {}
        self._words: dict[str, int] = {}
        self._terms: dict[str, Term] = {}
        self._made: dict[tuple[type[TrackedView], str], Any] = {}

    def __reduce__(self) -> tuple[type[Views], tuple[Site, Effects]]:
        """Go to a worker process without what was made here."""
        return Views, (self.site, self.effects)

    def begin(self) -> None:
        """Start a job: what it reads is noted, although another has read it before."""
        self._made.clear()

    def config(self, lang: str) -> dict[str, Any]:
        view = self._configs.get(lang)
        if view is None:
            view = self._configs[lang] = config_view(self.site.config, lang)
        return view

    def page(self, key: str) -> PageView:
        """Return a page that knows its neighbours."""
        view: PageView | None = self._made.get((PageView, key))
        if view is None:
            view = self._made[PageView, key] = PageView(self.site.library.pages[key], self)
        return view

    def page_alone(self, key: str) -> PageView:
        """Return a page that does not know its neighbours."""
        view: PageView | None = self._made.get((PageAloneView, key))
        if view is None:
            view = self._made[PageAloneView, key] = PageAloneView(self.site.library.pages[key], self)
        return view

    def section(self, key: str) -> SectionView:
        """Return a section with its pages."""
        return self._section(SectionView, key)

    def section_alone(self, key: str) -> SectionView:
        """Return a section without its pages."""
        return self._section(SectionAloneView, key)

    def _section(self, kind: type[SectionView], key: str) -> SectionView:
        view: SectionView | None = self._made.get((kind, key))
        if view is None:
            view = self._made[kind, key] = kind(self.site.library.sections[key], self)
        return view

    def unrendered(self, document: Page | Section) -> DocumentView:
        """Return a document as it is before its text is rendered."""
        if isinstance(document, Section):
            return UnrenderedSectionView(document, self)
        return UnrenderedPageView(document, self)

    def terms(self, taxonomy: Taxonomy) -> LazyList:
        """Return all terms of a taxonomy with their pages."""
        self.effects.read("terms", taxonomy.lang, taxonomy.config.name)
        return LazyList([term.permalink for term in taxonomy.terms], self._term_of_url)

    def term(self, term: Term) -> TermView:
        """Return a term with its pages."""
        view: TermView | None = self._made.get((TermView, term.permalink))
        if view is None:
            view = self._made[TermView, term.permalink] = TermView(term, self)
        return view

    def term_alone(self, term: Term) -> TermView:
        """Return a term without its pages."""
        return TermAloneView(term, self)

    def find_term(self, url: str) -> Term | None:
        """Return the term that stands at that URL."""
        if not self._terms:
            taxonomies = (kind for kinds in self.site.library.taxonomies.values() for kind in kinds.values())
            self._terms = {term.permalink: term for taxonomy in taxonomies for term in taxonomy.terms}
        return self._terms.get(url)

    def _term_of_url(self, url: str) -> TermView:
        term = self.find_term(url)
        if term is None:
            raise LookupError(url)
        return self.term(term)

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
            # Its patterns take 4 ms to compile; many builds count no words.
            from generator.markdown.words import count_words

            words = self._words[document.key] = count_words(document.body())
        return words


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
