"""Derive the character tables of generator/text from two crates' data: their folders go in, compressed files come out.

Usage: python scripts/derive_tables.py [--deunicode FOLDER] [--any-ascii FOLDER] [--check]

--deunicode: `src` of the crate deunicode 1.6.2, for slugs; --any-ascii: `src` of any_ascii 0.1.7, for sorting.
--check writes nothing, but compares every character of Unicode with what is made of it.
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path

import regex

from generator.text.characters import BLOCK, ITSELF, TABLES
from generator.text.slug import slugify
from generator.text.sorting import fold_for_sorting

POINTER = 3
LETTER = regex.compile(r"[\p{Alphabetic}\p{N}]")


def read_deunicode(folder: Path) -> list[str]:
    """Return what deunicode writes for each character; a dash where it knows none."""
    mapping = (folder / "mapping.txt").read_bytes()
    pointers = (folder / "pointers.bin").read_bytes()
    return [read_pointer(pointers[at : at + POINTER], mapping) for at in range(0, len(pointers), POINTER)]


def read_pointer(pointer: bytes, mapping: bytes) -> str:
    """A pointer holds up to two letters itself, or says where in the mapping more of them stand."""
    length = pointer[2]
    if length < POINTER:
        return pointer[:length].decode("ascii")
    start = int.from_bytes(pointer[:2], "little")
    return mapping[start : start + length].decode("ascii") if start + length <= len(mapping) else "-"


def fold_slug(replacement: str) -> str:
    """Keep what a slug keeps: small letters and digits, and one dash for each run of anything else."""
    return re.sub("[^a-z0-9]+", "-", replacement.lower())


def read_any_ascii(folder: Path) -> list[str]:
    """Return what any_ascii writes for each character; nothing where it knows none."""
    bank = (folder / "bank.txt").read_text("ascii")
    blocks = {int(file.stem, 16): file.read_bytes() for file in (folder / "data").glob("*.bin")}
    characters = range((max(blocks) + 1) * BLOCK)
    return [read_entry(blocks.get(code // BLOCK, b""), code % BLOCK, bank) for code in characters]


def read_entry(block: bytes, index: int, bank: str) -> str:
    """An entry holds up to three letters, or says where in the bank more of them stand; its last byte tells which."""
    entry = block[index * POINTER : (index + 1) * POINTER]
    if not entry:
        return ""
    length = entry[2] & 0x7F if entry[2] & 0x80 else POINTER
    if length <= POINTER:
        return entry[:length].decode("ascii")
    start = int.from_bytes(entry[:2], "big")
    return bank[start : start + length]


def fold_sorting(replacements: list[str], code: int) -> str:
    """Letters and digits are sorted as they are transliterated, combining marks not at all, all else as it is."""
    if 0x300 <= code <= 0x36F:
        return ""
    written = replacements[code] if code < len(replacements) and LETTER.match(chr(code)) else ""
    return written.lower() or ITSELF


def pack(replacements: list[str]) -> bytes:
    """Write one line for each block of characters, its replacements parted by tabs."""
    blocks = ["\t".join(replacements[start : start + BLOCK]) for start in range(0, len(replacements), BLOCK)]
    return zlib.compress("\n".join(blocks).encode("ascii"), 9)


def characters() -> Iterable[int]:
    return (code for code in range(128, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)


def check_slugs(replacements: list[str]) -> list[str]:
    """Return the characters whose slug, between two letters, is not deunicode's."""
    found = []
    for code in characters():
        written = fold_slug(replacements[code]) if code < len(replacements) else "-"
        if slugify(f"x{chr(code)}y") != re.sub("-+", "-", f"x{written}y"):
            found.append(f"U+{code:04X}")
    return found


def check_sorting(replacements: list[str]) -> list[str]:
    """Return the characters that are not folded as any_ascii has them."""
    expected = ((code, fold_sorting(replacements, code).replace(ITSELF, chr(code))) for code in characters())
    return [f"U+{code:04X}" for code, folded in expected if fold_for_sorting(chr(code)) != folded]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--deunicode", type=Path)
    parser.add_argument("--any-ascii", type=Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    differences: list[str] = []
    if arguments.deunicode:
        slugs = read_deunicode(arguments.deunicode)
        if arguments.check:
            differences += check_slugs(slugs)
        else:
            (TABLES / "slugs.zz").write_bytes(pack([fold_slug(text) for text in slugs]))
    if arguments.any_ascii:
        letters = read_any_ascii(arguments.any_ascii)
        if arguments.check:
            differences += check_sorting(letters)
        else:
            (TABLES / "sorting.zz").write_bytes(pack([fold_sorting(letters, code) for code in range(len(letters))]))
    print(f"{len(differences)} characters differ", *differences[:20])
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
