"""Sass modules that imported files use: marked in the sources for Dart Sass, each one's CSS kept once.

Zola: a module's CSS stands where the module is loaded first. Dart Sass brings it anew with every `@import` of a file
that uses it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

_MARK = "hanji-module-"
_LOAD = re.compile(r"""^\s*@(?:use|forward)\s+["']([^"']*)["'][^;]*;""", re.MULTILINE)
_IMPORT = re.compile(r"""^\s*@import\s+([^;{}]*)""", re.MULTILINE)
_STRING = re.compile(r"""["']([^"']*)["']""")
_MARKED = re.compile(rf"/\*!{_MARK}(\d+)\*/(.*?)/\*!{_MARK}end-\1\*/", re.DOTALL)


def mark_modules(sources: Mapping[str, str]) -> dict[str, str]:
    """Return the sources, by their POSIX paths, with marks around what makes CSS in those that are only ever used."""
    loads = {path: [*_find(path, _LOAD.findall(text), sources)] for path, text in sources.items()}
    imports = {path: [*_find(path, _imported(text), sources)] for path, text in sources.items()}
    imported = {found for paths in imports.values() for found in paths}
    if not any(loads[path] for path in imported):
        return {**sources}
    used = {found for paths in loads.values() for found in paths} - imported
    return {
        path: _mark(text, number) if path in used and path.endswith(".scss") else text
        for number, (path, text) in enumerate(sources.items())
    }


def _imported(text: str) -> Iterator[str]:
    for addresses in _IMPORT.findall(text):
        yield from _STRING.findall(addresses)


def _find(source: str, addresses: Iterable[str], sources: Mapping[str, str]) -> Iterator[str]:
    """Find the sources that a source means by these addresses."""
    for address in addresses:
        folder, name = posixpath.split(posixpath.normpath(posixpath.join(posixpath.dirname(source), address)))
        for place in (f"{folder}/{name}", f"{folder}/_{name}", f"{folder}/{name}/index", f"{folder}/{name}/_index"):
            yield from (place + suffix for suffix in (".scss", ".sass", "") if place + suffix in sources)


def _mark(text: str, number: int) -> str:
    start = max((load.end() for load in _LOAD.finditer(text)), default=0)
    return f"{text[:start]}/*!{_MARK}{number}*/{text[start:]}/*!{_MARK}end-{number}*/"


def merge_modules(css: str) -> str:
    """Take the marks away, and what a module repeats."""
    seen: set[str] = set()

    def merge(module: re.Match[str]) -> str:
        if module[1] in seen:
            return ""
        seen.add(module[1])
        return _MARKED.sub(merge, module[2])

    return _MARKED.sub(merge, css)
