"""What is to be rendered: one small value for each output file, by kind."""

from __future__ import annotations

from msgspec import Struct


class Job(Struct, frozen=True, kw_only=True):
    """One output file. path: POSIX, below the output folder."""

    path: str


class PageJob(Job, frozen=True, kw_only=True):
    """A page by its own template."""

    key: str


class SectionJob(Job, frozen=True, kw_only=True):
    """A section; pager: 1-based number of the part that this file shows, None where it is whole."""

    key: str
    pager: int | None = None


class RedirectJob(Job, frozen=True, kw_only=True):
    """A page that sends the browser on. url: where to."""

    url: str


class TermListJob(Job, frozen=True, kw_only=True):
    """All terms of a language's taxonomy."""

    lang: str
    taxonomy: str


class TermJob(Job, frozen=True, kw_only=True):
    """One term; index: its place in the taxonomy. pager: as in SectionJob."""

    lang: str
    taxonomy: str
    index: int
    pager: int | None = None


class FeedJob(Job, frozen=True, kw_only=True):
    """A feed of the site, of a section, or of a term (`taxonomy` with `index`). template: its file name."""

    lang: str
    template: str
    section: str | None = None
    taxonomy: str | None = None
    index: int = 0


class SitemapJob(Job, frozen=True, kw_only=True):
    """A sitemap: all entries, or those from `start` on when there are too many for one file."""

    start: int = 0


class SitemapIndexJob(Job, frozen=True, kw_only=True):
    """The list of the sitemaps that a large site is split into. sitemaps: their file names."""

    sitemaps: tuple[str, ...]


class NotFoundJob(Job, frozen=True, kw_only=True):
    """The page for addresses that do not exist."""


class RobotsJob(Job, frozen=True, kw_only=True):
    """robots.txt."""
