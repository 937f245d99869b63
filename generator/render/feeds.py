"""A feed's job in, the pages that it lists and its date out."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.config import SiteConfig
from generator.model.content import Page
from generator.model.library import Library
from generator.render.jobs import FeedJob
from generator.templating.contexts import Context, feed_context
from generator.templating.views import Views


def render_context(job: FeedJob, views: Views) -> Context:
    """Return what the feed's template is given."""
    site = views.site
    pages = dated_pages(_candidates(job, site.config, site.library))
    taxonomy = site.library.taxonomies[job.lang][job.taxonomy] if job.taxonomy else None
    return feed_context(
        views,
        job.lang,
        feed_url=site.config.make_permalink(job.path),
        pages=[page.key for page in pages[: site.config.feed_limit]],
        last_updated=last_updated(pages),
        section=site.library.sections[job.section] if job.section else None,
        taxonomy=taxonomy,
        term=taxonomy.terms[job.index] if taxonomy else None,
    )


def _candidates(job: FeedJob, config: SiteConfig, library: Library) -> Iterable[Page]:
    if job.section:
        return (library.pages[key] for key in library.section_pages[job.section])
    if job.taxonomy:
        return (library.pages[key] for key in library.taxonomies[job.lang][job.taxonomy].terms[job.index].pages)
    pages = library.pages.values()
    return (page for page in pages if page.lang == job.lang) if config.other_languages else pages


def dated_pages(pages: Iterable[Page]) -> list[Page]:
    """Return the pages that have a date, the newest first, ties by permalink."""
    dated = [(page.meta.date.instant, page) for page in pages if page.meta.date]
    dated.sort(key=lambda item: item[1].permalink.encode())
    dated.sort(key=lambda item: item[0], reverse=True)
    return [page for _, page in dated]


def last_updated(pages: list[Page]) -> str | None:
    """Return the feed's date. Zola: the greatest *text* among all `updated` and the newest page's `date`."""
    texts = [text for page in pages if (text := _updated_text(page)) is not None]
    if pages and pages[0].meta.date:
        texts.append(pages[0].meta.date.text)
    return max(texts, default=None)


def _updated_text(page: Page) -> str | None:
    return page.meta.updated.text if page.meta.updated else page.meta.updated_text
