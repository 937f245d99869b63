"""A packed table to what stands for each character; the tables are made by scripts/derive_tables.py."""

from __future__ import annotations

import zlib
from pathlib import Path

TABLES = Path(__file__).parent / "tables"
BLOCK = 256
ITSELF = "\x01"
"""What a table holds for a character that stands for itself."""


class CharacterTable(dict[int, str]):
    """A table for `str.translate`; the file is read when the first character beyond ASCII is met, its blocks as met.

    ASCII letters become small ones. unknown: what stands for a character that the table does not reach.
    """

    def __init__(self, file: str, unknown: str) -> None:
        super().__init__((code, chr(code).lower()) for code in range(128))
        self.file = file
        self.unknown = unknown
        self.blocks: list[str] | None = None

    def __missing__(self, code: int) -> str:
        if self.blocks is None:
            self.blocks = zlib.decompress((TABLES / self.file).read_bytes()).decode("ascii").split("\n")
        block = code // BLOCK
        if block < len(self.blocks):
            for known, replacement in enumerate(self.blocks[block].split("\t"), block * BLOCK):
                self.setdefault(known, replacement.replace(ITSELF, chr(known)))
        return self.setdefault(code, self.unknown.replace(ITSELF, chr(code)))
