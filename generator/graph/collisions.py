"""Documents in, problems out: two documents that want the same URL path."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from generator.errors import Location, SiteError
from generator.model.content import Page, Section


def check_collisions(documents: Iterable[Page | Section]) -> tuple[SiteError, ...]:
    """Find paths and aliases that more than one rendered document claims.

    Zola: compared as they are written, so `/a/` and the alias `a` do not collide here.
    """
    claims: dict[str, dict[str, None]] = defaultdict(dict)
    for document in documents:
        if document.meta.render:
            for path in (document.path, *document.meta.aliases):
                claims[path][document.source.shown] = None
    return tuple(
        SiteError(
            f"Found path collisions: `{path}` from files {', '.join(sorted(files))}",
            where=Location(file=min(files)),
            hint="Give one of them another `slug`, `path` or alias.",
        )
        for path, files in sorted(claims.items())
        if len(files) > 1
    )
