"""A folder on disk in, all that stands in it out, by path; nothing is opened, links are not followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct


class Tree(Struct, frozen=True, kw_only=True):
    """What stands in a folder. files: all but folders, by POSIX path below it; an entry is looked at when asked."""

    top: Path
    files: dict[str, os.DirEntry[str]]
    folders: set[str]


def scan_tree(top: Path) -> Tree:
    """Return what stands in a folder; one that is not there is empty. Raises: OSError."""
    tree = Tree(top=top, files={}, folders=set())
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            entries = os.scandir(f"{top}/{folder}")
        except FileNotFoundError:
            if folder:
                raise
            break
        prefix = f"{folder}/" if folder else ""
        with entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    tree.folders.add(path)
                    waiting.append(path)
                else:
                    tree.files[path] = entry
    return tree


def remove_tree(top: Path, *, ignore_errors: bool = False) -> None:
    """Remove a folder and all in it. Raises: OSError, unless errors are ignored."""
    import shutil  # it loads every kind of compression, and hardly a build removes a folder

    shutil.rmtree(top, ignore_errors=ignore_errors)


def is_regular(state: os.stat_result) -> bool:
    """Tell a file from a link, a pipe or a device."""
    return stat.S_ISREG(state.st_mode)


def parents_of(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, the outermost first."""
    slash = path.find("/")
    while slash >= 0:
        yield path[:slash]
        slash = path.find("/", slash + 1)
