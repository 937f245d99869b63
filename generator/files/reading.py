"""The one door for reads of what a site holds: regular files alone, which end, and no more than is asked for."""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from pathlib import Path

# A pipe without a writer would be waited for.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_regular(file: str | Path, *, most: int | None = None) -> bytes:
    """Return a file's bytes. most: its greatest size. Raises: OSError."""
    with open_regular(file, most=most) as opened:
        return opened.readall()


def open_regular(file: str | Path, *, most: int | None = None) -> FileIO:
    """Open a file for reading. most: its greatest size. Raises: OSError.

    What it is, is looked at once it is open: it cannot be exchanged for something else in between.
    """
    opened = os.open(file, _READ)
    try:
        state = os.fstat(opened)
        if not stat.S_ISREG(state.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(file))
        if most is not None and state.st_size > most:
            raise OSError(errno.EFBIG, f"larger than {most:,} bytes (`limits.data_size`)", str(file))
        return FileIO(opened)
    except BaseException:
        os.close(opened)
        raise
