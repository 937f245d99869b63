"""The one door for reads of what a site holds: regular files inside of it alone, which end, and no more than asked."""

from __future__ import annotations

import errno
import os
import stat
from functools import cache
from io import FileIO
from pathlib import Path

# A pipe without a writer would be waited for.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_CHUNK = 1 << 16

MOST_DEPTH = 250
"""Folders in each other that are looked through: the stack of who does so has only so much room."""

MOST_LINKS = 10_000
"""Links that are followed from one folder on: some that lead to folders with others soon lead to more than there is."""

Roots = tuple[str, ...]
"""Folders that a file must lie in, links resolved, each with a separator at its end."""


def resolve_roots(*folders: str | Path) -> Roots:
    """Return folders as those that a file must lie in."""
    return tuple(dict.fromkeys(os.path.join(os.path.realpath(folder), "") for folder in folders))


def read_regular(file: str | Path, *, most: int | None = None, roots: Roots | None = None) -> bytes:
    """Return a file's bytes. most: its greatest size; roots: where it must lie, anywhere without. Raises: OSError."""
    opened, size = _open(file, most, roots)
    try:
        data = os.read(opened, size + 1)
        if len(data) == size:
            return data
        pieces = [data]
        while piece := os.read(opened, _CHUNK):
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        os.close(opened)


def open_regular(file: str | Path, *, most: int | None = None, roots: Roots | None = None) -> FileIO:
    """Open a file for reading. most: its greatest size; roots: where it must lie, anywhere without. Raises: OSError."""
    return FileIO(_open(file, most, roots)[0])


def _open(file: str | Path, most: int | None, roots: Roots | None) -> tuple[int, int]:
    """Return an open file and its size.

    What it is, and where it lies, is looked at once it is open: it cannot be exchanged for something else in between.
    """
    opened = os.open(file, _READ)
    try:
        state = os.fstat(opened)
        if not stat.S_ISREG(state.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(file))
        if most is not None and state.st_size > most:
            raise OSError(errno.EFBIG, f"larger than {most:,} bytes (`limits.data_size`)", str(file))
        if roots is not None:
            places = _open_files()
            place = _find_place(opened, file) if places is None else os.readlink(str(opened), dir_fd=places)
            if not place.startswith(roots):
                raise OSError(errno.EXDEV, "not inside of the site (`security.follow_symlinks`)", str(file))
        return opened, state.st_size
    except BaseException:
        os.close(opened)
        raise


def _find_place(opened: int, file: str | Path) -> str:
    """Return where an open file lies, links resolved, where the system does not tell. Raises: OSError."""
    place = os.path.realpath(file)
    if not os.path.samestat(os.stat(place), os.fstat(opened)):
        raise OSError(errno.ESTALE, "exchanged for another while it was opened", str(file))
    return place


@cache
def _open_files() -> int | None:
    """Return the folder in which Linux shows this process its open files; kept open, as each read asks there."""
    try:
        return os.open("/proc/self/fd", os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return None


if hasattr(os, "register_at_fork"):
    # There, the folder would be that of the process it was forked from.
    os.register_at_fork(after_in_child=_open_files.cache_clear)
