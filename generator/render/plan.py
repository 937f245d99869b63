"""A Site in, its plan out: every file to render, and every asset that goes beside a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.errors import SiteError, raise_all
from generator.graph.pagination import paginate_section, paginate_term
from generator.model.config import SiteConfig
from generator.model.content import Page, Section
from generator.model.library import Paginator, Taxonomy
from generator.model.output import CopiedFile
from generator.render.destination import alias_destination, destination
from generator.render.jobs import (
    FeedJob,
    Job,
    NotFoundJob,
    PageJob,
    RedirectJob,
    RobotsJob,
    SectionJob,
    SitemapIndexJob,
    SitemapJob,
    TermJob,
    TermListJob,
)
from generator.render.sitemap import SITEMAP_LIMIT, Entry, sitemap_entries
from generator.templating.site import Site

TermPlace = tuple[str, str, int]


class Plan(Struct, frozen=True, kw_only=True):
    """What a site's output is made of.

    steps: jobs and assets; where two have one path, the later one holds, as when Zola writes them in this order.
    jobs: what is to be rendered, by path.
    section_paginators: by section key. term_paginators: by language, taxonomy and the term's place.
    entries: of the sitemap.
    """

    steps: tuple[Job | CopiedFile, ...]
    jobs: Mapping[str, Job]
    section_paginators: dict[str, Paginator]
    term_paginators: dict[TermPlace, Paginator]
    entries: tuple[Entry, ...]


def plan(site: Site) -> Plan:
    """Lay out a site's files. Raises: SiteErrors for paths that leave the output folder."""
    planner = _Planner(site)
    steps = tuple(planner.steps())
    raise_all(planner.problems)
    return Plan(
        steps=steps,
        jobs={step.path: step for step in steps if isinstance(step, Job)},
        section_paginators=planner.section_paginators,
        term_paginators=planner.term_paginators,
        entries=planner.entries,
    )


class _Planner:
    """Walks a site once, collecting what cannot be placed."""

    def __init__(self, site: Site) -> None:
        self.config = site.config
        self.library = site.library
        self.problems: list[SiteError] = []
        self.section_paginators: dict[str, Paginator] = {}
        self.term_paginators: dict[TermPlace, Paginator] = {}
        self.entries: tuple[Entry, ...] = ()

    def steps(self) -> Iterator[Job | CopiedFile]:
        """Yield everything in the order in which Zola writes it."""
        yield from self._aliases()
        for section in self.library.sections.values():
            yield from self._tried(self._section(section))
        for key in self.library.pages:
            if key not in self.library.unrendered:
                yield from self._tried(self._page(self.library.pages[key]))
        if self.config.generate_sitemap:
            yield from self._sitemaps()
        yield from self._site_feeds()
        yield NotFoundJob(path="404.html")
        if self.config.generate_robots_txt:
            yield RobotsJob(path="robots.txt")
        for taxonomies in self.library.taxonomies.values():
            for taxonomy in taxonomies.values():
                if taxonomy.config.render and taxonomy.terms:
                    yield from self._tried(self._taxonomy(taxonomy))

    def _tried(self, steps: Iterator[Job | CopiedFile]) -> Iterator[Job | CopiedFile]:
        try:
            yield from steps
        except SiteError as problem:
            self.problems.append(problem)

    def _aliases(self) -> Iterator[Job]:
        documents: tuple[Page | Section, ...] = (*self.library.pages.values(), *self.library.sections.values())
        for document in documents:
            for alias in document.meta.aliases:
                try:
                    path = alias_destination(alias, shown=document.source.shown)
                    yield RedirectJob(path=path, url=document.permalink)
                except SiteError as problem:
                    self.problems.append(problem)

    def _page(self, page: Page) -> Iterator[Job | CopiedFile]:
        if page.meta.render:
            yield PageJob(path=destination(page.path, "index.html", shown=page.source.shown), key=page.key)
            yield from self._assets(page, page.path)

    def _section(self, section: Section) -> Iterator[Job | CopiedFile]:
        folder = section_folder(section, self.config)
        shown = section.source.shown
        if section.meta.generate_feeds:
            for name in self._feed_names(section.lang):
                path = destination(section.path, name, shown=shown)
                yield FeedJob(path=path, lang=section.lang, template=name, section=section.key)
        yield from self._assets(section, folder)
        if not section.meta.render:
            return
        index = destination(folder, "index.html", shown=shown)
        if section.meta.redirect_to is not None:
            yield RedirectJob(path=index, url=redirect_url(section.meta.redirect_to, self.config))
        elif (paginator := paginate_section(section, self.library)) is not None:
            self.section_paginators[section.key] = paginator
            for number, path in self._pager_paths(paginator, folder, shown):
                yield SectionJob(path=path, key=section.key, pager=number)
            yield self._first_pager_redirect(paginator, folder, shown)
        else:
            yield SectionJob(path=index, key=section.key)

    def _assets(self, document: Page | Section, folder: str) -> Iterator[CopiedFile]:
        home = document.source.file.parent
        for asset in document.assets:
            name = asset.relative_to(home).as_posix()
            path = destination(folder, name, shown=document.source.shown)
            yield CopiedFile(path=path, file=asset, hard_link=self.config.hard_link_static)

    def _pager_paths(self, paginator: Paginator, folder: str, shown: str) -> Iterator[tuple[int, str]]:
        yield 1, destination(folder, "index.html", shown=shown)
        for pager in paginator.pagers[1:]:
            place = f"{folder}/{paginator.paginate_path}/{pager.index}"
            yield pager.index, destination(place, "index.html", shown=shown)

    def _first_pager_redirect(self, paginator: Paginator, folder: str, shown: str) -> RedirectJob:
        path = destination(f"{folder}/{paginator.paginate_path}/1", "index.html", shown=shown)
        return RedirectJob(path=path, url=paginator.permalink)

    def _feed_names(self, lang: str) -> tuple[str, ...]:
        return self.config.languages[lang].feed_filenames

    def _site_feeds(self) -> Iterator[Job]:
        default = self.config.default_language
        if self.config.generate_feeds:
            for name in self._feed_names(default):
                yield FeedJob(path=name, lang=default, template=name)
        for lang in self.config.other_languages:
            if self.config.languages[lang].generate_feeds:
                for name in self._feed_names(lang):
                    yield FeedJob(path=f"{lang}/{name}", lang=lang, template=name)

    def _sitemaps(self) -> Iterator[Job]:
        self.entries = sitemap_entries(self.config, self.library)
        if len(self.entries) < SITEMAP_LIMIT:
            yield SitemapJob(path="sitemap.xml")
            return
        starts = range(0, len(self.entries), SITEMAP_LIMIT)
        names = tuple(f"sitemap{number}.xml" for number in range(1, len(starts) + 1))
        for start, name in zip(starts, names, strict=True):
            yield SitemapJob(path=name, start=start)
        yield SitemapIndexJob(path="sitemap.xml", sitemaps=names)

    def _taxonomy(self, taxonomy: Taxonomy) -> Iterator[Job]:
        lang, name = taxonomy.lang, taxonomy.config.name
        shown = f"{self.config.file.name} (taxonomy `{name}`)"
        path = destination(taxonomy.path, "index.html", shown=shown)
        yield TermListJob(path=path, lang=lang, taxonomy=name)
        for index in range(len(taxonomy.terms)):
            yield from self._term(taxonomy, index, shown)

    def _term(self, taxonomy: Taxonomy, index: int, shown: str) -> Iterator[Job]:
        lang, name, term = taxonomy.lang, taxonomy.config.name, taxonomy.terms[index]
        paginator = paginate_term(taxonomy, term, self.library)
        if paginator is None:
            path = destination(term.path, "index.html", shown=shown)
            yield TermJob(path=path, lang=lang, taxonomy=name, index=index)
        else:
            self.term_paginators[lang, name, index] = paginator
            for number, path in self._pager_paths(paginator, term.path, shown):
                yield TermJob(path=path, lang=lang, taxonomy=name, index=index, pager=number)
            yield self._first_pager_redirect(paginator, term.path, shown)
        if taxonomy.config.feed:
            for feed in self._feed_names(lang):
                path = destination(term.path, feed, shown=shown)
                yield FeedJob(path=path, lang=lang, template=feed, taxonomy=name, index=index)


def section_folder(section: Section, config: SiteConfig) -> str:
    """Return the folder of a section's output. Zola: its source folder, below the language."""
    parts = (section.lang if section.lang != config.default_language else "", section.source.folder)
    return "/".join(part for part in parts if part)


def redirect_url(target: str, config: SiteConfig) -> str:
    """Return where a section's `redirect_to` leads."""
    return target if target.startswith(("http:", "https:")) else config.make_permalink(target)
