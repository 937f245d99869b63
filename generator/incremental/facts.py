"""Facts that renders noted in; their marks, as the site is now, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.incremental.marks import ABSENT, VOLATILE, Mark, mark
from generator.model.content import Page, Section
from generator.templating.effects import Effects, Fact
from generator.templating.environment import find_template
from generator.templating.functions.files import SiteFiles
from generator.templating.functions.time import build_moment
from generator.templating.functions.urls import GetTaxonomyUrl
from generator.templating.views import PageView, SectionView, TermView, TranslationView, Views
from generator.tera import CallError, Tera

_TEXT_FIELDS = ("content", "summary", "toc")
_BODY_FIELDS = ("word_count", "reading_time")
_UNKNOWN: Any = object()


class Facts:
    """Answers what each fact is now; each is looked at once.

    views: of the site; used for looking alone. templates: sources by name. text_marks: of a document's content,
    summary and table of contents.
    """

    def __init__(
        self,
        views: Views,
        engine: Tera,
        templates: Mapping[str, str],
        files: SiteFiles,
        text_marks: Callable[[str], Mapping[str, Mark]],
    ) -> None:
        self._views = Views(views.site, Effects())
        self._engine = engine
        self._templates = templates
        self._files = files
        self._text_marks = text_marks
        site = views.site
        self._home = site.config.make_permalink("/")
        self._urls = GetTaxonomyUrl(config=site.config, taxonomies=site.library.taxonomies, effects=Effects())
        self._known: dict[Fact, Mark] = {}
        # Of the document that was looked at last: most facts come with others of the same one.
        self._view: PageView | SectionView | None = None
        self._sources: dict[str, Mark] = {}

    def mark(self, fact: Fact) -> Mark:
        """Return what a fact is now."""
        found: Mark = self._known.get(fact, _UNKNOWN)
        if found is _UNKNOWN:
            found = self._known[fact] = self._look(fact)
        return found

    def _look(self, fact: Fact) -> Mark:
        match fact:
            case ("page", key, field):
                page = self._views.site.library.pages.get(key)
                return ABSENT if page is None else self._document(page, field)
            case ("section", key, field):
                section = self._views.site.library.sections.get(key)
                return ABSENT if section is None else self._document(section, field)
            case ("translation", key, field):
                document = self._views.site.library.find_document(key)
                return ABSENT if document is None else mark(self._translation(document, field))
            case ("term", url, field):
                term = self._views.find_term(url)
                return ABSENT if term is None else mark(TermView.fields[field](TermView(term, self._views)))
            case ("terms", lang, name):
                taxonomy = self._views.site.library.taxonomies.get(lang, {}).get(name)
                return ABSENT if taxonomy is None else mark([(term.permalink, term.name) for term in taxonomy.terms])
            case ("term_url", lang, name, slug):
                return mark(self._urls.find_url(lang, name, slug))
            case ("link", key):
                # A text that links to it is kept without the site's address, which does not change within a state.
                return self._views.site.library.permalinks.get(key, ABSENT).removeprefix(self._home)
            case ("file", path):
                return mark_file(path, self._files)
            case ("template", name):
                return self._template(name)
            case ("now",):
                return build_moment()
        return VOLATILE

    def _document(self, document: Page | Section, field: str) -> Mark:
        if field in _TEXT_FIELDS:
            return self._text_marks(document.key)[field]
        if field in _BODY_FIELDS:
            return document.digest
        if self._view is None or self._view.document is not document:
            kind: Any = PageView if isinstance(document, Page) else SectionView
            self._view = kind(document, self._views)
        return mark(self._view.fields[field](self._view))

    def _translation(self, document: Page | Section, field: str) -> object:
        return TranslationView.fields[field](TranslationView(document, self._views))

    def _template(self, name: str) -> Mark:
        """The template that a name finds, and all that it may read."""
        found = find_template(name, self._engine, self._views.site.config.theme)
        if found is None:
            return ABSENT
        sources = [(each, self._source(each)) for each in sorted(self._engine.dependencies(found))]
        return mark((found, sources))

    def _source(self, name: str) -> Mark:
        if name not in self._sources:
            self._sources[name] = mark(self._templates[name]) if name in self._templates else ABSENT
        return self._sources[name]


def mark_file(path: str, files: SiteFiles) -> Mark:
    """Return the mark of the file that a path finds, and where it finds it: images are read there again."""
    try:
        found = files.find(path)
        return ABSENT if found is None else mark((files.show(found), found.name, files.digest(found, "sha256")))
    except (CallError, OSError) as error:
        return mark(str(error))
