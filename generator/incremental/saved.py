"""Values kept in files between builds: checked, versioned, and taken for nothing when in doubt."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.files.reading import read_regular

SavedT = TypeVar("SavedT", bound=msgspec.Struct)

_CHECK_SIZE = 16


def load_saved(file: Path, version: bytes, kind: type[SavedT]) -> SavedT | None:
    """Return what was saved for that version; None when there is none, or anything is wrong with it."""
    head = _head(kind, version)
    try:
        data = read_regular(file)
        body = data[len(head) + _CHECK_SIZE :]
        if data.startswith(head) and data[len(head) : len(head) + _CHECK_SIZE] == _check(body):
            return msgspec.msgpack.decode(body, type=kind)
    except (OSError, msgspec.DecodeError):
        pass
    return None


def save(file: Path, version: bytes, value: msgspec.Struct) -> None:
    """Replace what was saved, in one step; a folder that cannot be written to keeps nothing."""
    body = msgspec.msgpack.encode(value)
    temporary = file.with_name(f"{file.name}.{os.getpid()}.new")
    with suppress(OSError):
        temporary.write_bytes(b"".join((_head(type(value), version), _check(body), body)))
        os.replace(temporary, file)


def _head(kind: type[msgspec.Struct], version: bytes) -> bytes:
    return f"hanji {kind.__name__.lower()} 1\n".encode() + version


def _check(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_CHECK_SIZE).digest()
