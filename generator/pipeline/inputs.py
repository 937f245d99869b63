"""Settings in, what a build reads besides them out."""

from __future__ import annotations

from generator.content.walk import walk
from generator.incremental.glance import Inputs
from generator.incremental.styles import styles_mark
from generator.model.config import SiteConfig
from generator.templating.loading import load_templates


def read_inputs(config: SiteConfig, *, drafts: bool) -> Inputs:
    """Find a site's documents and read its templates. Raises: SiteErrors."""
    sources = walk(config, drafts=drafts)
    return Inputs(config=config, sources=sources, templates=load_templates(config), styles=styles_mark(config))
