"""Two folders in, each then at the other's place; in one step where the system can, in two that can be taken back."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from generator.write.tree import remove_tree

# Linux: RENAME_EXCHANGE; macOS: RENAME_SWAP.
_EXCHANGE = 2
_AT_FDCWD = -100
_CANNOT = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)


def swap(new: Path, target: Path, aside: Path) -> None:
    """Put `new` in the place of `target`, and `target`, if it is there, in the place of `new`.

    aside: where `target` waits for a moment where the system cannot exchange two folders; `recover` finds it there
    should that moment be the last. Raises: OSError; then all is as it was.
    """
    if not os.path.lexists(target):
        os.rename(new, target)
        return
    exchange = _find_exchange()
    if exchange is not None:
        failure = exchange(os.fsencode(new), os.fsencode(target))
        if not failure:
            return
        if failure not in _CANNOT:
            raise OSError(failure, os.strerror(failure), str(target))
    try:
        os.rename(target, aside)
        os.rename(new, target)
    except BaseException:
        recover(target, aside)
        raise
    os.rename(aside, new)


def recover(target: Path, aside: Path) -> None:
    """Take back a swap that was cut short between its two steps, or end one that was cut short after them."""
    if not os.path.lexists(aside):
        return
    if os.path.lexists(target):
        remove_tree(aside)
    else:
        os.rename(aside, target)


@cache
def _find_exchange() -> Callable[[bytes, bytes], int] | None:
    """Return the system's call that exchanges two paths: it returns an error's number, 0 for none."""
    import ctypes  # as long to load as all that is written here; most builds exchange nothing

    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        call = getattr(library, "renamex_np", None)
        return call and (lambda one, other: ctypes.get_errno() if call(one, other, _EXCHANGE) else 0)
    call = getattr(library, "renameat2", None)
    return call and (lambda one, other: ctypes.get_errno() if call(_AT_FDCWD, one, _AT_FDCWD, other, _EXCHANGE) else 0)
