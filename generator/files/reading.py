"""A file's name in, its bytes out: of regular files alone, which end, and of no more than is asked for."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

# A pipe without a writer would be waited for.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_regular(file: str | Path, *, most: int | None = None, follow_links: bool = True) -> bytes:
    """Return a file's bytes. most: its greatest size. follow_links: whether its last part may be a link.

    What it is, is looked at once it is open: it cannot be exchanged for something else in between. Raises: OSError.
    """
    opened = os.open(file, _READ if follow_links else _READ | getattr(os, "O_NOFOLLOW", 0))
    try:
        state = os.fstat(opened)
        if not stat.S_ISREG(state.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(file))
        if most is not None and state.st_size > most:
            raise OSError(errno.EFBIG, f"larger than {most:,} bytes (`limits.data_size`)", str(file))
        with open(opened, "rb", buffering=0, closefd=False) as stream:
            return stream.readall()
    finally:
        os.close(opened)
