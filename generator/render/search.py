"""A Site in, its search files out: which documents of each language readers find."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.content import Page, Section
from generator.model.output import OutputFile
from generator.search.index import SearchItem, search_files, searched_languages
from generator.templating.site import Site


def search_index(site: Site) -> tuple[OutputFile, ...]:
    """Return the search files that the config asks for. Raises: SiteError for a language without an index."""
    languages = searched_languages(site.config)
    return search_files(
        site.config, {lang: [_item(site, found) for found in found_documents(site, lang)] for lang in languages}
    )


def found_documents(site: Site, lang: str) -> Iterator[Page | Section]:
    """Yield what is in a language's index. Zola: sections, rendered or not, and the pages they list; never orphans."""
    for key, section in site.library.sections.items():
        if section.lang != lang or not section.meta.in_search_index:
            continue
        if section.meta.redirect_to is None:
            yield section
        for page_key in site.library.section_pages[key]:
            page = site.library.pages[page_key]
            if page.meta.in_search_index:
                yield page


def _item(site: Site, document: Page | Section) -> SearchItem:
    date = document.meta.date if isinstance(document, Page) else None
    return SearchItem(
        permalink=document.permalink,
        path=document.path,
        title=document.meta.title,
        description=document.meta.description,
        date=date.instant if date else None,
        html=site.rendered[document.key].html,
    )
