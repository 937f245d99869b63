"""A site in, its style sheets and search indexes out: those whose sources are what they were are not made again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from generator.engine.watch import Watch
from generator.incremental.marks import Mark, mark
from generator.incremental.memory import Memory
from generator.incremental.published import Made
from generator.incremental.styles import style_folders, styles_mark
from generator.incremental.texts import Texts
from generator.model.config import SiteConfig
from generator.model.output import OutputFile
from generator.templating.site import Site

_SASS = "sass"
_SEARCH = "search"

MadeList = dict[str, tuple[Any, list[Any]]]


class Generated(Struct, frozen=True, kw_only=True):
    """files: by path. styles, searches: with their contents, for templates that hash one. made: for the next build."""

    files: Mapping[str, Made]
    styles: tuple[OutputFile, ...]
    searches: tuple[OutputFile, ...]
    made: MadeList

    @property
    def contents(self) -> tuple[OutputFile, ...]:
        return *self.styles, *self.searches

    @property
    def indexes(self) -> tuple[str, ...]:
        return tuple(file.path for file in self.searches)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(warning for file in self.contents for warning in file.warnings)


def generate(site: Site, texts: Texts, memory: Memory, watch: Watch) -> Generated:
    """Return the files that no template makes. Raises: SiteErrors for Sass that does not compile."""
    watch.begin("making style sheets")
    styles, styles_made = _styles(site.config, memory)
    watch.begin("making search indexes")
    indexes, contents, indexes_made = _indexes(site, texts, memory)
    return Generated(
        files={**{file.path: file for file in styles}, **indexes},
        styles=tuple(styles),
        searches=tuple(contents),
        made={_SASS: styles_made, _SEARCH: indexes_made},
    )


def _styles(config: SiteConfig, memory: Memory) -> tuple[list[OutputFile], tuple[Mark, list[Any]]]:
    given = styles_mark(config)
    known = memory.state.made.get(_SASS)
    if known is not None and known[0] == given:
        kept = [OutputFile(path=path, data=data, warnings=tuple(warnings)) for path, data, warnings in known[1]]
        return kept, (given, known[1])
    if not style_folders(config):
        return [], (given, [])
    from generator.assets.sass import compile_sass  # only sites with Sass pay for loading it

    fresh = list(compile_sass(config))
    return fresh, (given, [(file.path, file.data, list(file.warnings)) for file in fresh])


def _indexes(
    site: Site, texts: Texts, memory: Memory
) -> tuple[dict[str, Made], list[OutputFile], tuple[Mark, list[Any]]]:
    if not site.config.build_search_index:
        return {}, [], (None, [])
    # Only sites with a search index pay for loading what makes it.
    from generator.render.search import search_index
    from generator.search.index import searched_languages

    given = mark([_search_input(site, texts, lang) for lang in searched_languages(site.config)])
    known = memory.state.made.get(_SEARCH)
    kept = _find_all(known[1], memory) if known is not None and known[0] == given else None
    if kept is not None:
        contents = [_whole(file, memory) for file in kept.values()]
        return kept, contents, (given, list(kept))
    fresh = list(search_index(site))
    return {file.path: file for file in fresh}, fresh, (given, [file.path for file in fresh])


def _search_input(site: Site, texts: Texts, lang: str) -> list[Any]:
    from generator.render.search import found_documents

    found = (document for document in found_documents(site, lang))
    return [(d.key, d.path, d.permalink, d.digest, texts.marks(d.key)["content"]) for d in found]


def _find_all(paths: list[str], memory: Memory) -> dict[str, Made] | None:
    """Return the files at those paths, if all of them still are what was published."""
    known = memory.state.outputs
    found = memory.published.find_kept({path: known[path] for path in paths if path in known}).files
    return {path: found[path] for path in paths} if len(found) == len(paths) else None


def _whole(file: Made, memory: Memory) -> OutputFile:
    return file if isinstance(file, OutputFile) else OutputFile(path=file.path, data=memory.published.read(file.path))
