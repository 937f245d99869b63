"""What a site is read from in, what its links are worth out."""

from __future__ import annotations

from generator.engine.stage import Stages
from generator.errors import raise_all
from generator.incremental.glance import Inputs
from generator.incremental.memory import Memory
from generator.links.external import check_external_links
from generator.model.output import BuildReport
from generator.pipeline.load import load_site
from generator.pipeline.remember import report_on


def check_links(inputs: Inputs, run: Stages, *, drafts: bool, outside: bool) -> BuildReport:
    """Load a site and check its links inside, and outside where that is wanted. Raises: SiteErrors for broken ones."""
    loaded = load_site(inputs, Memory(), run, drafts=drafts)
    if not outside:
        return report_on(loaded)
    run.watch.begin("asking other sites for the pages that are linked to")
    checker = inputs.config.link_checker
    broken = check_external_links(loaded.site.rendered, loaded.site.library, checker)
    if checker.external_level == "error":
        raise_all(broken)
    return report_on(loaded, map(str, broken))
