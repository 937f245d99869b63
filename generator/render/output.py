"""A job in, its output file out: the template for its kind, rendered with what that kind is given."""

from __future__ import annotations

import time

from msgspec import Struct

from generator.assets.minify import minify_html
from generator.errors import SiteError
from generator.model.content import Page, Section
from generator.model.output import OutputFile
from generator.render import feeds
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
from generator.render.plan import Plan
from generator.render.sitemap import SITEMAP_LIMIT
from generator.templating.contexts import (
    Context,
    alias_context,
    not_found_context,
    page_context,
    robots_context,
    section_context,
    section_pager_context,
    sitemap_context,
    sitemap_index_context,
    taxonomy_context,
    term_context,
    term_pager_context,
)
from generator.templating.effects import Effects
from generator.templating.environment import find_taxonomy_template, render_template
from generator.templating.loading import ALIAS_TEMPLATE
from generator.templating.views import Views
from generator.tera import Tera


class OutputStage(Struct, frozen=True, kw_only=True):
    """What all jobs of a build share. effects: where the engine's functions leave what they ask for."""

    views: Views
    engine: Tera
    effects: Effects
    plan: Plan


def render_job(job: Job, stage: OutputStage) -> OutputFile:
    """Render one output file. Raises: SiteError that names the page at hand."""
    started = time.perf_counter()
    stage.views.begin()
    template, context, source = _prepare(job, stage)
    stage.effects.read("template", template)
    try:
        text = render_template(stage.engine, stage.views.site.config, template, context)
    except SiteError as error:
        raise error.during(f"rendering {source} with the template `{template}`") from error
    if stage.views.site.config.minify_html and job.path.endswith("html"):
        text = minify_html(text)
    images, reads = stage.effects.drain()
    return OutputFile(
        path=job.path,
        data=text.encode(),
        source=source,
        images=images,
        reads=reads,
        template=template,
        seconds=time.perf_counter() - started,
        parts=stage.effects.drain_timer(),
    )


def job_input(job: Job, stage: OutputStage) -> object:
    """Return all that a job renders with, besides the site's settings and what its template reads of the site."""
    stage.views.begin()
    template, context, _ = _prepare(job, stage)
    stage.effects.drain()
    return template, {name: value for name, value in context.items() if name != "config"}


def _prepare(job: Job, stage: OutputStage) -> tuple[str, Context, str]:
    """Return the job's template, what it is given, and what the job is called in messages."""
    views = stage.views
    match job:
        case PageJob():
            page = views.site.library.pages[job.key]
            return page_template(page, views), page_context(views, page), page.source.shown
        case SectionJob():
            section = views.site.library.sections[job.key]
            return section_template(section), _section_context(job, section, stage), section.source.shown
        case RedirectJob():
            return ALIAS_TEMPLATE, alias_context(job.url), f"the redirect {job.path}"
        case TermListJob():
            taxonomy = views.site.library.taxonomies[job.lang][job.taxonomy]
            template = _taxonomy_template(job.taxonomy, "list", stage)
            return template, taxonomy_context(views, taxonomy), f"the taxonomy `{job.taxonomy}`"
        case TermJob():
            template = _taxonomy_template(job.taxonomy, "single", stage)
            return template, *_term(job, stage)
        case FeedJob():
            return job.template, feeds.render_context(job, views), f"the feed {job.path}"
        case SitemapJob():
            entries = stage.plan.entries[job.start : job.start + SITEMAP_LIMIT]
            return "sitemap.xml", sitemap_context(entries), job.path
        case SitemapIndexJob():
            urls = [views.site.config.make_permalink(name).removesuffix("/") for name in job.sitemaps]
            return "split_sitemap_index.xml", sitemap_index_context(urls), job.path
        case NotFoundJob():
            return "404.html", not_found_context(views), job.path
        case RobotsJob():
            return "robots.txt", robots_context(views), job.path
    raise TypeError(f"no rendering for {job}")


def page_template(page: Page, views: Views) -> str:
    """Return the name of a page's template: its own, its sections', or `page.html`."""
    if page.meta.template is not None:
        return page.meta.template
    return views.site.library.page_templates.get(page.key, "page.html")


def section_template(section: Section) -> str:
    """Return the name of a section's template: its own, or by whether it is the root."""
    if section.meta.template is not None:
        return section.meta.template
    return "section.html" if section.source.folder else "index.html"


def _taxonomy_template(taxonomy: str, kind: str, stage: OutputStage) -> str:
    stage.effects.read("template", f"{taxonomy}/{kind}.html")
    return find_taxonomy_template(taxonomy, kind, stage.engine, stage.views.site.config.theme)


def _section_context(job: SectionJob, section: Section, stage: OutputStage) -> Context:
    if job.pager is None:
        return section_context(stage.views, section)
    paginator = stage.plan.section_paginators[job.key]
    return section_pager_context(stage.views, section, paginator, paginator.pagers[job.pager - 1])


def _term(job: TermJob, stage: OutputStage) -> tuple[Context, str]:
    taxonomy = stage.views.site.library.taxonomies[job.lang][job.taxonomy]
    term = taxonomy.terms[job.index]
    source = f"the term `{term.name}` of `{job.taxonomy}`"
    if job.pager is None:
        return term_context(stage.views, taxonomy, term), source
    paginator = stage.plan.term_paginators[job.lang, job.taxonomy, job.index]
    pager = paginator.pagers[job.pager - 1]
    return term_pager_context(stage.views, taxonomy, term, paginator, pager), source
