"""What a site is read from in, what its links are worth out."""

from __future__ import annotations

import os
from collections.abc import Iterator

from generator.assets.static import static_files
from generator.engine.stage import Stages
from generator.errors import raise_all
from generator.incremental.glance import Inputs
from generator.incremental.memory import Memory
from generator.links.external import check_external_links
from generator.model.content import Page, Section
from generator.model.output import BuildReport
from generator.pipeline.load import Loaded, load_site
from generator.pipeline.remember import report_on
from generator.text.windows import check_names


def check_links(inputs: Inputs, run: Stages, *, drafts: bool, outside: bool) -> BuildReport:
    """Load a site and check its links inside, and outside where that is wanted. Raises: SiteErrors for broken ones."""
    loaded = load_site(inputs, Memory(), run, drafts=drafts)
    names = tuple(check_names(_find_paths(loaded)))
    if not outside:
        return report_on(loaded, names)
    run.watch.begin("asking other sites for the pages that are linked to")
    checker = inputs.config.link_checker
    broken = check_external_links(loaded.site.rendered, loaded.site.library, checker)
    if checker.external_level == "error":
        raise_all(broken)
    return report_on(loaded, (*names, *map(str, broken)))


def _find_paths(loaded: Loaded) -> Iterator[str]:
    """Yield the paths of files that the site is written in, and of those that it publishes pages and copies as."""
    library, root = loaded.site.library, loaded.site.config.root
    documents: list[Page | Section] = [*library.pages.values(), *library.sections.values()]
    for document in documents:
        yield document.source.shown
        yield from (os.path.relpath(file, root) for file in document.assets)
        yield document.path.strip("/")
    yield from (f"static/{file.path}" for file in static_files(loaded.site.config).files)
