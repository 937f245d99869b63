"""A site's library in, those of its pages that are not for readers yet out: drafts, and dates that are ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from generator.model.content import Page, Section
from generator.model.library import Library
from generator.model.output import Unready
from generator.render.destination import destination


def find_unready(library: Library) -> dict[str, Unready]:
    """Return why, by output path; a date counts when it is ahead now."""
    now = datetime.now(UTC)
    found = dict(_unready_pages(library, now))
    for section in library.sections.values():
        if section.meta.draft:
            found[_path(section)] = Unready(draft=True)
    return found


def _unready_pages(library: Library, now: datetime) -> Iterator[tuple[str, Unready]]:
    for page in library.pages.values():
        date = page.meta.date
        # Years are compared sooner; that of another time zone may be the next, or the last.
        ahead = date.instant if date is not None and date.year >= now.year - 1 and date.instant > now else None
        if page.meta.draft or ahead is not None:
            yield _path(page), Unready(draft=page.meta.draft, date=ahead)


def _path(document: Page | Section) -> str:
    return destination(document.path, "index.html", shown=document.source.shown)
