"""All files that a site is made of in, each path once out, with warnings where two files want one place."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

from generator.errors import Location, SiteError, raise_all
from generator.model.output import CopiedFile, KeptFile, OutputFile, PendingFile, ShelvedFile

# Bytes. Names may have as many on all systems; of a path's 4,096 on Linux, the folder above takes up a part.
_MOST_NAME = 255
_MOST_PATH = 1_500
# Characters, of four bytes at most.
_SURELY_SHORT = _MOST_NAME // 4

PlannedFile = OutputFile | ShelvedFile | CopiedFile | KeptFile | PendingFile
FileT = TypeVar("FileT", bound=PlannedFile)


def join_files(*groups: Iterable[FileT]) -> tuple[dict[str, FileT], tuple[str, ...]]:
    """Return the files by path, and warnings; where two have one path, the later holds, as Zola writes it last.

    Raises: SiteError, SiteErrors where one is a file and the other a folder, and for paths that are too long.
    """
    files: dict[str, FileT] = {}
    warnings: list[str] = []
    for group in groups:
        for file in group:
            if file.path in files and files[file.path] != file:
                warnings.append(_covered(file))
            files[file.path] = file
    problems, twins = _check_paths(frozenset(files))
    raise_all(problems)
    return files, (*warnings, *twins)


def _covered(file: PlannedFile) -> str:
    by = f"the copy of {file.file.name}" if isinstance(file, CopiedFile) else "another one"
    return f"collision: `{file.path}` is made twice; {by} takes the place of the other"


# A preview has mostly the paths that it had.
@lru_cache(maxsize=2)
def _check_paths(paths: frozenset[str]) -> tuple[tuple[SiteError, ...], tuple[str, ...]]:
    """Return the problems of some paths of files, and warnings."""
    return (*_check_lengths(paths), *_check_folders(paths)), tuple(_find_twins(paths))


def _check_lengths(paths: frozenset[str]) -> Iterator[SiteError]:
    for path in sorted(path for path in paths if len(path) > _SURELY_SHORT):
        if problem := _find_length(path):
            shown = f"{path[:_SURELY_SHORT]}…"
            yield SiteError(
                f"The path of `{shown}` is too long for a disk: {problem}",
                where=Location(file=shown),
                hint="Give the file, or the page by `path` or `slug`, a shorter name.",
            )


def _find_length(path: str) -> str | None:
    """Return what is too long in a path."""
    longest = max(len(os.fsencode(part)) for part in path.split("/"))
    if longest > _MOST_NAME:
        return f"it has a name of {longest:,} bytes, and {_MOST_NAME} are the most"
    size = len(os.fsencode(path))
    return f"it has {size:,} bytes, and {_MOST_PATH:,} are the most" if size > _MOST_PATH else None


def _check_folders(paths: frozenset[str]) -> Iterator[SiteError]:
    inside: dict[str, str] = {}
    for path in sorted(paths):
        folder = path.rpartition("/")[0]
        while folder and folder not in inside:
            inside[folder] = path
            folder = folder.rpartition("/")[0]
    for path in sorted(paths & inside.keys()):
        yield SiteError(
            f"`{path}` is to be a file of the output, and a folder with `{inside[path]}` in it",
            where=Location(file=path),
            hint="Give one of the two another path.",
        )


def _find_twins(paths: frozenset[str]) -> Iterator[str]:
    """Paths that some systems take for one: those that differ in case, or in how letters are composed, alone."""
    by_key: dict[str, list[str]] = {}
    if len({_key_of(path) for path in paths}) == len(paths):
        return
    for path in paths:
        by_key.setdefault(_key_of(path), []).append(path)
    for _, twins in sorted(by_key.items()):
        if len(twins) > 1:
            yield _describe_twins(sorted(twins))


def _key_of(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _describe_twins(paths: list[str]) -> str:
    names = " and ".join(f"`{path}`" for path in paths)
    composed = {unicodedata.normalize("NFC", path) for path in paths}
    difference = "in how their letters are composed" if len(composed) == 1 else "in upper and lower case"
    return f"collision: {names} differ {difference} alone; macOS and Windows keep one of them only"
