"""What is to be rendered: one small value for each output file, by kind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One output file. path: POSIX, below the output folder."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJob(Job):
    """A page by its own template."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionJob(Job):
    """A section; pager: 1-based number of the part that this file shows, None where it is whole."""

    key: str
    pager: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectJob(Job):
    """A page that sends the browser on. url: where to."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermListJob(Job):
    """All terms of a language's taxonomy."""

    lang: str
    taxonomy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermJob(Job):
    """One term; index: its place in the taxonomy. pager: as in SectionJob."""

    lang: str
    taxonomy: str
    index: int
    pager: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedJob(Job):
    """A feed of the site, of a section, or of a term (`taxonomy` with `index`). template: its file name."""

    lang: str
    template: str
    section: str | None = None
    taxonomy: str | None = None
    index: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapJob(Job):
    """A sitemap: all entries, or those from `start` on when there are too many for one file."""

    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapIndexJob(Job):
    """The list of the sitemaps that a large site is split into. sitemaps: their file names."""

    sitemaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundJob(Job):
    """The page for addresses that do not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsJob(Job):
    """robots.txt."""
