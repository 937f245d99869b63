"""A site's root in, the folder out where hanji keeps what is its own: `.hanji/`, safe to delete, in no repository."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

NAME = ".hanji"


def make_own_folder(root: Path) -> Path | None:
    """Make the folder unless it is there; return it, None where the site may not be written to.

    Links are removed from it, and one in its place is no such folder: a site that somebody hands on may bring them
    along, to lead what is written and removed there to somewhere else.
    """
    folder = root / NAME
    try:
        if folder.is_symlink():
            return None
        folder.mkdir(exist_ok=True)
        _remove_links(folder)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError:
        return None
    return folder


def _remove_links(folder: Path) -> None:
    """Remove links from the folder and from the folders in it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                os.unlink(entry.path)
            elif entry.is_dir(follow_symlinks=False) and folder.name == NAME:
                _remove_links(Path(entry.path))


def find_seal(folder: Path) -> bytes | None:
    """Return a key for what only this machine may have put into the own folder; None where there can be none.

    It follows from a file's number and the moment that it was made. Neither can be chosen by who hands a site on with
    an own folder in it.
    """
    file = folder / "seal"
    try:
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444))
        state = os.lstat(file)
    except OSError:
        return None
    return hashlib.blake2b(f"{state.st_ino} {state.st_ctime_ns}".encode(), digest_size=32).digest()
