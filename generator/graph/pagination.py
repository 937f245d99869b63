"""A section or a term in, its pagers out: which pages each shows, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.content import Page, Section
from generator.model.library import Library, Pager, Paginator, Taxonomy, Term


def paginate_section(section: Section, library: Library) -> Paginator | None:
    """Cut a section's pages into pagers; None when it has no `paginate_by`."""
    if not section.meta.paginate_by:
        return None
    keys = library.section_pages.get(section.key, ())
    return _paginate(
        keys[::-1] if section.meta.paginate_reversed else keys,
        library.pages,
        by=section.meta.paginate_by,
        subpath=section.meta.paginate_path,
        permalink=section.permalink,
        path=section.path,
        # Zola: every language's root section counts its pagers from the site's root.
        base_path=section.path if section.source.folder else "/",
    )


def paginate_term(taxonomy: Taxonomy, term: Term, library: Library) -> Paginator | None:
    """Cut a term's pages into pagers; None when its taxonomy has no `paginate_by`."""
    kind = taxonomy.config
    if not kind.paginate_by:
        return None
    return _paginate(
        term.pages,
        library.pages,
        by=kind.paginate_by,
        subpath="page" if kind.paginate_path is None else kind.paginate_path,
        permalink=term.permalink,
        path=term.path,
        base_path=term.path,
    )


def _paginate(
    keys: tuple[str, ...],
    pages: Mapping[str, Page],
    *,
    by: int,
    subpath: str,
    permalink: str,
    path: str,
    base_path: str,
) -> Paginator:
    tail = f"{subpath}/" if subpath else ""
    shown = tuple(key for key in keys if pages[key].meta.render)
    chunks = [shown[start : start + by] for start in range(0, len(shown), by)] or [()]
    pagers = [Pager(index=1, path=path, permalink=permalink, pages=chunks[0])]
    for index, chunk in enumerate(chunks[1:], 2):
        end = f"{tail}{index}/"
        pagers.append(Pager(index=index, path=base_path + end, permalink=permalink + end, pages=chunk))
    return Paginator(
        paginate_by=by,
        paginate_path=subpath,
        permalink=permalink,
        base_url=permalink + tail,
        total_pages=len(keys),
        pagers=tuple(pagers),
    )
