"""A site's settings in, the mark of all that its style sheets may be made of out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from generator.files.reading import MOST_DEPTH, Roots, read_regular
from generator.incremental.marks import Mark, digest, mark
from generator.model.config import SiteConfig

# What a statement imports: to its end, which in the indented syntax is that of the line.
_IMPORTS = {
    ".scss": re.compile(rb"(?:@(?:import|use|forward)\b|\bload-css\()([^;{}]*)"),
    ".sass": re.compile(rb"(?:@(?:import|use|forward)\b|\bload-css\()([^\n]*)"),
}
_WORDS = re.compile(r"""[^\s"',()]+""")


def styles_mark(config: SiteConfig) -> Mark:
    """Return the mark of all that style sheets may be made of."""
    return mark((config.compile_sass, list(_sass_sources(config))))


def style_folders(config: SiteConfig) -> list[Path]:
    """Return those folders of Sass that are there."""
    parents = [config.root, *([config.theme_dir] if config.theme_dir else [])]
    return [folder for parent in parents if (folder := parent / "sass").is_dir()]


def _sass_sources(config: SiteConfig) -> Iterator[tuple[str, Mark]]:
    """All that style sheets may be made of: Sass imports CSS and what stands beside it, too."""
    folders = style_folders(config)
    waiting: list[tuple[str, bytes]] = []
    for file in (file for folder in folders for file in _files_below(folder, config.roots)):
        data = _read(file)
        yield os.path.relpath(file, config.root), data and digest(data)
        waiting.append((file, data or b""))
    inside = tuple(f"{folder}{os.sep}" for folder in folders)
    seen: set[str] = set()
    while waiting:
        for file in _find_imports(*waiting.pop()):
            if file not in seen and not file.startswith(inside):
                seen.add(file)
                data = _read(file)
                yield os.path.relpath(file, config.root), data and digest(data)
                waiting.append((file, data or b""))


def _find_imports(file: str, text: bytes) -> Iterator[str]:
    """Yield every file that the imports of a file may mean, whether it is there or not."""
    statements = _IMPORTS.get(os.path.splitext(file)[1])
    for statement in statements.finditer(text) if statements else ():
        for word in _WORDS.findall(statement[1].decode("utf-8", "replace")):
            folder, name = os.path.split(os.path.normpath(os.path.join(os.path.dirname(file), word)))
            for start in (f"{folder}/{name}", f"{folder}/_{name}", f"{folder}/{name}/index", f"{folder}/{name}/_index"):
                yield from (start + suffix for suffix in ("", ".scss", ".sass", ".css"))


def _files_below(folder: Path, roots: Roots | None) -> Iterator[str]:
    seen: set[str] = set()
    depth = str(folder).count(os.sep) + MOST_DEPTH
    for parent, inner, names in os.walk(folder, followlinks=True):
        if parent.count(os.sep) > depth:
            inner.clear()  # that is an error of whoever compiles it
        inner[:] = [name for name in sorted(inner) if _is_new(os.path.join(parent, name), seen, roots)]
        yield from (os.path.join(parent, name) for name in sorted(names))


def _is_new(folder: str, seen: set[str], roots: Roots | None) -> bool:
    """Tell whether to look into a folder: each once, and none that a link out of the site leads to."""
    place = os.path.join(os.path.realpath(folder), "")
    if place in seen or not (roots is None or place.startswith(roots)):
        return False
    seen.add(place)
    return True


def _read(file: str) -> bytes | None:
    try:
        return read_regular(file)
    except OSError:
        return None
