"""A site's `content/` folder to its Markdown files and those beside them; of their text only `draft` is read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from generator.content.folders import Folder, compose, list_folder
from generator.content.front_matter import bounds_of, find_front_matter, parse_section_meta
from generator.data.problems import decode_text
from generator.errors import Location, SiteError, raise_all
from generator.files.reading import read_regular
from generator.model.config import SiteConfig
from generator.model.content import SourceFile
from generator.text.globs import compile_globs


def walk(config: SiteConfig, *, drafts: bool = False) -> tuple[SourceFile, ...]:
    """Find every document, by its path.

    drafts: also look into folders whose section is a draft. Zola: folders that `ignored_content` matches are still
    walked through, and index files of languages that the site does not have are nothing. Raises: SiteError,
    SiteErrors for names and links that cannot be used.
    """
    top = config.content_dir
    folder, problems = list_folder(top, config.root, top, follow_links=config.security.follow_symlinks)
    rules = _Rules(ignored=tuple(config.ignored_content), languages=tuple(config.other_languages))
    left_out = frozenset() if drafts else frozenset(_find_drafts(folder, rules, config))
    sources = _find_sources(folder, rules, left_out)
    raise_all([*problems, *_find_twins(sources)])
    return sources


class _Rules(Struct, frozen=True, kw_only=True):
    """What a config says of names. languages: besides the default one."""

    ignored: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def index_names(self) -> frozenset[str]:
        return frozenset({"_index.md", *(f"_index.{code}.md" for code in self.languages)})

    @property
    def bundle_names(self) -> frozenset[str]:
        return frozenset({"index.md", *(f"index.{code}.md" for code in self.languages)})


def _find_drafts(folder: Folder, rules: _Rules, config: SiteConfig) -> Iterator[str]:
    """Yield the index files that call themselves drafts."""
    names = rules.index_names
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        yield from (f"{here.file}/{name}" for name in names.intersection(here.names) if _is_draft(here, name, config))
        waiting.extend(here.folders)


# A preview finds the same names again and again.
@lru_cache(maxsize=2)
def _find_sources(folder: Folder, rules: _Rules, drafts: frozenset[str]) -> tuple[SourceFile, ...]:
    found = _Walker(rules, drafts).walk(folder)
    return tuple(sorted(found, key=lambda source: source.relative_path))


class _Walker:
    """Rules applied to one folder after the other. drafts: index files whose folders are left out."""

    def __init__(self, rules: _Rules, drafts: frozenset[str]) -> None:
        self.drafts = drafts
        self.ignored = compile_globs(rules.ignored)
        self.index_names = rules.index_names
        self.bundle_names = rules.bundle_names

    def walk(self, folder: Folder) -> Iterator[SourceFile]:
        indexes = [] if self._is_ignored(folder.file) else [name for name in folder.names if name in self.index_names]
        drafts = [name for name in indexes if f"{folder.file}/{name}" in self.drafts]
        if indexes:
            assets = self._find_assets(folder, deep=False)
            yield from (_source(folder, name, assets) for name in indexes if name not in drafts)
        if not drafts:
            yield from self._find_pages(folder)
            for inner in folder.folders:
                yield from self.walk(inner)

    def _find_pages(self, folder: Folder) -> Iterator[SourceFile]:
        assets: tuple[Path, ...] | None = None
        for name in folder.names:
            if not name.endswith(".md") or name.startswith((".", "_index.")):
                continue
            if self._is_ignored(f"{folder.file}/{name}"):
                continue
            if name not in self.bundle_names:
                yield _source(folder, name, ())
                continue
            if assets is None:
                assets = self._find_assets(folder, deep=True)
            yield _source(folder, name, assets)

    def _find_assets(self, folder: Folder, *, deep: bool) -> tuple[Path, ...]:
        """Return the files that are published beside a document, in the order that templates see."""
        files = folder.files(deep=deep)
        found = [file for file, name in files if _is_published(name) and not self._is_ignored(file)]
        return tuple(Path(file) for file in sorted(found, key=lambda file: os.fsencode(file).lower()))

    def _is_ignored(self, file: str) -> bool:
        return self.ignored is not None and self.ignored.fullmatch(compose(file)) is not None


def _source(folder: Folder, name: str, assets: tuple[Path, ...]) -> SourceFile:
    return SourceFile(
        file=Path(f"{folder.file}/{name}"),
        relative_path=folder.below + compose(name),
        is_section=name.startswith("_index."),
        assets=assets,
    )


_LEFT_BY_EDITORS = re.compile(r"swp|swx|tmp|kate-swp|.*(?:jb_old___|jb_tmp___|jb_bak___|~|bck)", re.DOTALL)


def _is_published(name: str) -> bool:
    """Tell whether a file is an asset. Zola: Markdown, files without an extension and editors' leavings are none."""
    if name.endswith(".md"):
        return False
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem:
        return False
    return not _LEFT_BY_EDITORS.fullmatch(extension) and not stem.startswith(("#", ".#"))


def _is_draft(folder: Folder, name: str, config: SiteConfig) -> bool:
    """Tell whether an index file calls itself a draft; one that cannot be read is found out when it is parsed."""
    try:
        data = read_regular(f"{folder.file}/{name}", roots=config.roots)
        if b"draft" not in data:
            return False
        return parse_section_meta(find_front_matter(decode_text(data, name), name), bounds_of(config.limits)).draft
    except (OSError, SiteError):
        return False


def _find_twins(sources: Sequence[SourceFile]) -> Iterator[SiteError]:
    """Two files whose names differ in the way that letters are composed alone are one to every link."""
    for one, other in pairwise(sources):
        if one.relative_path == other.relative_path:
            shown = f"content/{one.relative_path}"
            yield SiteError(
                f"There are two files whose names both read `{shown}`",
                where=Location(file=shown),
                hint="Their letters are composed in different ways (NFC and NFD); keep one of them.",
            )
