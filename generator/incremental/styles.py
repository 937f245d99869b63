"""A site's settings in, the mark of all that its style sheets may be made of out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.files.reading import Roots, read_regular
from generator.incremental.marks import Mark, digest, mark
from generator.model.config import SiteConfig


def styles_mark(config: SiteConfig) -> Mark:
    """Return the mark of all that style sheets may be made of."""
    return mark((config.compile_sass, list(_sass_sources(config))))


def style_folders(config: SiteConfig) -> list[Path]:
    """Return those folders of Sass that are there."""
    parents = [config.root, *([config.theme_dir] if config.theme_dir else [])]
    return [folder for parent in parents if (folder := parent / "sass").is_dir()]


def _sass_sources(config: SiteConfig) -> Iterator[tuple[str, Mark]]:
    """All that style sheets may be made of: Sass imports CSS and what stands beside it, too."""
    seen: set[str] = set()
    for folder in style_folders(config):
        for parent, inner, names in os.walk(folder, followlinks=True):
            inner[:] = [name for name in sorted(inner) if _is_new(os.path.join(parent, name), seen, config.roots)]
            for name in sorted(names):
                file = os.path.join(parent, name)
                yield os.path.relpath(file, config.root), _content(file)


def _is_new(folder: str, seen: set[str], roots: Roots | None) -> bool:
    """Tell whether to look into a folder: each once, and none that a link out of the site leads to."""
    place = os.path.join(os.path.realpath(folder), "")
    if place in seen or not (roots is None or place.startswith(roots)):
        return False
    seen.add(place)
    return True


def _content(file: str) -> Mark:
    try:
        return digest(read_regular(file))
    except OSError:
        return None
