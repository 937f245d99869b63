"""Compiled templates kept between runs: what a store must do, a store in a folder, and the form of its entries."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from functools import lru_cache
from hmac import compare_digest
from pathlib import Path
from types import CodeType
from typing import Protocol

from msgspec import Struct, json

from generator.files.reading import read_regular
from generator.tera.facts import Facts

_DIGEST_SIZE = 32
_LENGTH_SIZE = 8


class BytecodeStore(Protocol):
    """Bytes by key. `get` returns None for what it does not hold; losing an entry costs time alone."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, data: bytes) -> None: ...


class FolderStore:
    """A store that keeps each entry as a file of one folder.

    seal: a secret of up to 64 bytes. Entries are code: whoever may write to the folder, or hands it on, must not know
    it, if code of his is not to be run. A file without the seal counts as no entry.
    """

    def __init__(self, folder: Path, seal: bytes = b"") -> None:
        self.folder = folder
        self._seal = seal

    def get(self, key: str) -> bytes | None:
        try:
            found = read_regular(self.folder / key)
        except OSError:
            return None
        mark, data = found[:_DIGEST_SIZE], found[_DIGEST_SIZE:]
        return data if compare_digest(mark, self._mark(key, data)) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep an entry, whole or not at all; a folder that cannot be written to keeps nothing."""
        temporary = self.folder / f".{key}.{os.getpid()}.{id(data)}"
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(self._mark(key, data) + data)
            os.replace(temporary, self.folder / key)

    def _mark(self, key: str, data: bytes) -> bytes:
        return hashlib.blake2b(key.encode() + b"\n" + data, digest_size=_DIGEST_SIZE, key=self._seal).digest()


class Entry(Struct, frozen=True):
    """What is kept of a template: its ties to others, and its code once it was used."""

    facts: Facts
    code: CodeType | None


def entry_key(source: str) -> str:
    """Return the key of a template's entry: of its source, this engine's code and this Python."""
    return hashlib.sha256(f"{_version()}\n{source}".encode("utf-8", "surrogatepass")).hexdigest()


def pack(entry: Entry) -> bytes:
    """Return an entry as bytes, with a checksum."""
    facts = json.encode(entry.facts)
    code = marshal.dumps(entry.code) if entry.code is not None else b""
    payload = len(facts).to_bytes(_LENGTH_SIZE, "big") + facts + code
    return hashlib.sha256(payload).digest() + payload


def unpack(data: bytes) -> Entry | None:
    """Return the entry in bytes that `pack` made; None if they are damaged."""
    digest, payload = data[:_DIGEST_SIZE], data[_DIGEST_SIZE:]
    if hashlib.sha256(payload).digest() != digest:
        return None
    start = _LENGTH_SIZE + int.from_bytes(payload[:_LENGTH_SIZE], "big")
    facts, code = payload[_LENGTH_SIZE:start], payload[start:]
    return Entry(json.decode(facts, type=Facts), marshal.loads(code) if code else None)


@lru_cache(maxsize=1)
def _version() -> str:
    """Return what a template's code depends on besides its source: the engine's own code, and Python."""
    digest = hashlib.sha256(sys.version.encode())
    folder = Path(__file__).parent
    for part in (".", "syntax", "compiler", "runtime"):
        for file in sorted((folder / part).glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
