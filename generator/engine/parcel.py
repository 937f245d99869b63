"""A stage's function and what its items share, packed to be sent to workers, each of which unpacks them once."""

from __future__ import annotations

import hashlib
import pickle
import platform
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from generator import __version__
from generator.engine.attempt import attempt_all
from generator.engine.lifeline import end_with_parent
from generator.errors import SiteError

# What one side packs, the other only understands as the same program.
_PROGRAM = f"hanji {__version__} on {platform.python_implementation()} {platform.python_version()}"
_NAME_SIZE = 16


class Parcel(NamedTuple):
    """A packed stage. name: the digest of its content, by which workers know it again. program: what packed it."""

    name: bytes
    content: bytes
    program: str = _PROGRAM


def pack(fn: Callable[..., Any], shared: object) -> Parcel:
    """Pack a function of a module and what it is given besides its items."""
    content = pickle.dumps((fn, shared), protocol=pickle.HIGHEST_PROTOCOL)
    return Parcel(hashlib.blake2b(content, digest_size=_NAME_SIZE).digest(), content)


class _Unpacked(NamedTuple):
    name: bytes
    fn: Callable[..., Any]
    shared: Any


# Of this worker. A stage notes in what is shared what the item at hand does, so a process is at one item at a time;
# where an executor's workers are threads of one process, more would not be faster either.
_at_work = threading.Lock()
_unpacked: _Unpacked | None = None


def attempt_chunk(name: bytes, program: str, content: bytes | None, items: Sequence[Any]) -> list[Any] | None:
    """Return what the stage of that name makes of each item, or the SiteError that it raised; in a worker.

    content: of the parcel, if it was sent along. Returns None when it was not, and this worker has not got it yet.
    Raises: SiteError when the other side is another program.
    """
    if program != _PROGRAM:
        raise SiteError(
            f"A worker on `{platform.node()}` runs {_PROGRAM}, but this build is of {program}",
            hint="Install the same versions on all machines.",
        )
    end_with_parent()
    with _at_work:
        stage = _unpack(name, content)
        return None if stage is None else list(attempt_all(stage.fn, items, stage.shared))


def _unpack(name: bytes, content: bytes | None) -> _Unpacked | None:
    global _unpacked
    if _unpacked is not None and _unpacked.name == name:
        return _unpacked
    if content is None:
        return None
    # The last stage's site and the new one's are not to be in memory at once.
    _unpacked = None
    _unpacked = _Unpacked(name, *pickle.loads(content))
    return _unpacked
