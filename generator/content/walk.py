"""A site's `content/` folder to its Markdown files and those beside them; of their text only `draft` is read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from generator.content.folders import Folder, compose, list_folder
from generator.content.front_matter import find_front_matter, parse_section_meta
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
    folder, problems = list_folder(config.content_dir, config.root, follow_links=config.security.follow_symlinks)
    walker = _Walker(config, drafts=drafts)
    sources = sorted(walker.walk(folder), key=lambda source: source.relative_path)
    raise_all([*problems, *_find_twins(sources)])
    return tuple(sources)


class _Walker:
    """What a config says of names, applied to one folder after the other."""

    def __init__(self, config: SiteConfig, *, drafts: bool) -> None:
        others = config.other_languages
        self.drafts = drafts
        self.ignored = compile_globs(config.ignored_content)
        self.index_names = {"_index.md", *(f"_index.{code}.md" for code in others)}
        self.bundle_names = {"index.md", *(f"index.{code}.md" for code in others)}

    def walk(self, folder: Folder) -> Iterator[SourceFile]:
        indexes = [] if self._is_ignored(folder.file) else [name for name in folder.names if name in self.index_names]
        drafts = [] if self.drafts else [name for name in indexes if _is_draft(folder, name)]
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
                yield _lone_page(f"{folder.file}/{name}", folder.below + compose(name))
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


# A preview walks through the same files again and again.
@lru_cache(maxsize=1 << 17)
def _lone_page(file: str, relative_path: str) -> SourceFile:
    return SourceFile(file=Path(file), relative_path=relative_path, is_section=False)


_LEFT_BY_EDITORS = re.compile(r"swp|swx|tmp|kate-swp|.*(?:jb_old___|jb_tmp___|jb_bak___|~|bck)", re.DOTALL)


def _is_published(name: str) -> bool:
    """Tell whether a file is an asset. Zola: Markdown, files without an extension and editors' leavings are none."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or extension == "md":
        return False
    return not _LEFT_BY_EDITORS.fullmatch(extension) and not stem.startswith(("#", ".#"))


def _is_draft(folder: Folder, name: str) -> bool:
    """Tell whether an index file calls itself a draft; one that cannot be read is found out when it is parsed."""
    try:
        data = read_regular(f"{folder.file}/{name}")
        if b"draft" not in data:
            return False
        return parse_section_meta(find_front_matter(decode_text(data, name), name)).draft
    except (OSError, SiteError):
        return False


def _find_twins(sources: list[SourceFile]) -> Iterator[SiteError]:
    """Two files whose names differ in the way that letters are composed alone are one to every link."""
    for one, other in pairwise(sources):
        if one.relative_path == other.relative_path:
            shown = f"content/{one.relative_path}"
            yield SiteError(
                f"There are two files whose names both read `{shown}`",
                where=Location(file=shown),
                hint="Their letters are composed in different ways (NFC and NFD); keep one of them.",
            )
