"""A document's file in, its bytes or the Markdown in them out; nothing of a body is kept between two readings."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct

from generator.data.problems import decode_text
from generator.errors import Location, SiteError
from generator.files.reading import Roots, read_regular


class Body(Struct, frozen=True, kw_only=True):
    """Reads a document's Markdown when it is called. start: its first character in the file's text.

    digest: of the bytes that were parsed, wherever they lay. Raises: SiteError when the file holds others by now.
    """

    file: Path
    shown: str
    start: int
    digest: bytes

    def __call__(self) -> str:
        data = read_source(self.file, self.shown)
        if digest_of(data) != self.digest:
            raise SiteError(
                "The file changed while the site was being built",
                where=Location(file=self.shown),
                hint="Build again once it is saved.",
            )
        return decode_text(data, self.shown)[self.start :]


def digest_of(data: bytes) -> bytes:
    """Return what stands for a file's bytes: two files with the same one are taken for equal."""
    return hashlib.blake2b(data, digest_size=16).digest()


def read_source(file: Path, shown: str, roots: Roots | None = None) -> bytes:
    """Return a document's bytes. roots: where it must lie. Raises: SiteError."""
    try:
        return read_regular(file, roots=roots)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SiteError(f"Can't read `{shown}`", where=Location(file=shown), reasons=(reason,)) from None
