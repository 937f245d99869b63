"""A link's document and line in, the place that an author is shown out."""

from __future__ import annotations

from generator.errors import Location
from generator.model.content import Page, Section
from generator.model.library import Library


def shown_name(key: str, library: Library) -> str:
    """Return a document's file as problems name it."""
    document = library.find_document(key)
    return document.source.shown if document else f"content/{key}"


def locate_link(key: str, line: int | None, column: int | None, library: Library) -> Location:
    """Return the place of a link in a document. line: 1-based, of the file; None where unknown."""
    file = shown_name(key, library)
    document = library.find_document(key)
    if document is None or line is None:
        return Location(file=file)
    return Location(file=file, line=line, column=column, source=_find_line(document, line))


def _find_line(document: Page | Section, line: int) -> str | None:
    index = line - document.body_line
    lines = document.body().split("\n", index + 1) if index >= 0 else []
    return lines[index].rstrip("\r") if index < len(lines) else None
