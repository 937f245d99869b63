"""A site's root in, the right to build it out, for one process at a time; the system takes it back when that ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.errors import SiteError
from generator.files.own_folder import make_own_folder

_PATIENCE_S = 10.0
_LOOK_AGAIN_S = 0.02


@contextmanager
def build_lock(root: Path, *, patience_s: float = _PATIENCE_S) -> Iterator[None]:
    """Hold the lock of a site, waiting for another build to end. Raises: SiteError when it does not.

    A site that may not be written to has no lock: none of its builds leaves anything there.
    """
    opened = _open(root)
    if opened is None:
        yield
        return
    try:
        _wait(opened, patience_s)
        with suppress(OSError):  # a full disk: who holds it is not said then
            os.ftruncate(opened, 0)
            os.pwrite(opened, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        # Whoever holds it holds it by this open file; the name stays, as another may be waiting at it.
        os.close(opened)


def _open(root: Path) -> int | None:
    folder = make_own_folder(root)
    if folder is not None:
        with suppress(OSError):
            return os.open(folder / "lock", os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    return None


def _wait(opened: int, patience_s: float) -> None:
    end = time.monotonic() + patience_s
    while not _try_lock(opened):
        if time.monotonic() > end:
            holder = os.pread(opened, 20, 0).decode("ascii", "replace").strip()
            raise SiteError(
                f"Another build of this site is at work (process {holder})" if holder else "Another build is at work",
                hint="Build again when it has ended; a lock ends with its process, whatever becomes of that.",
            )
        time.sleep(_LOOK_AGAIN_S)


def _try_lock(opened: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
