"""What was parsed in, what is published out: drafts and the folders that a draft section hides are left out."""

from __future__ import annotations

from collections.abc import Iterable

from generator.errors import SiteError
from generator.model.content import Page, Section, SourceFile

ParseResult = Page | Section | SiteError
Parsed = tuple[SourceFile, ParseResult]


def folder_of(relative_path: str) -> str:
    """Return the folder below `content/` that holds a file, "" for the root."""
    return relative_path.rpartition("/")[0]


def without_drafts(parsed: Iterable[Parsed]) -> tuple[Parsed, ...]:
    """Leave out draft pages, draft sections and all below a draft section's folder.

    Zola: pages beside a draft `_index.md` are hidden in every language; other languages' index files beside it stay.
    """
    parsed = tuple(parsed)
    hidden = {
        folder_of(source.relative_path)
        for source, document in parsed
        if isinstance(document, Section) and document.meta.draft
    }
    return tuple(item for item in parsed if not _is_draft(item[1]) and not _is_hidden(item[0], hidden))


def _is_draft(document: ParseResult) -> bool:
    return not isinstance(document, SiteError) and document.meta.draft


def _is_hidden(source: SourceFile, hidden: set[str]) -> bool:
    if not hidden:
        return False
    folder = folder_of(source.relative_path)
    if source.is_section:
        if not folder:
            return False
        folder = folder_of(folder)
    while True:
        if folder in hidden:
            return True
        if not folder:
            return False
        folder = folder_of(folder)
