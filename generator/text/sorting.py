"""A text to the key by which pages are sorted: digits as numbers, letters without case, accents and script."""

from __future__ import annotations

import re

from generator.text.characters import ITSELF, CharacterTable

SortKey = tuple[tuple[int | str, ...], str]

_FOLDED = CharacterTable("sorting.zz", unknown=ITSELF)
_PIECE = re.compile(r"[0-9]+|.", re.DOTALL)
# Letters and digits come after everything else, so their rank is beyond that of any character.
_LETTERS = 0x110000
_NUMBERS = _LETTERS + ord("0")


def natural_lexical_key(text: str) -> SortKey:
    """Return a key that orders texts as Zola's `sort_by = "title"` does.

    Zola: a longer run of digits is the greater number, whatever zeros it starts with.
    """
    key: list[int | str] = []
    for piece in _PIECE.findall(fold_for_sorting(text)):
        if "0" <= piece[0] <= "9":
            # Runs of one length compare as text as they do as numbers.
            key += (_NUMBERS, len(piece), piece)
        else:
            key.append(ord(piece) + _LETTERS if piece.isalnum() else ord(piece))
    return tuple(key), text


def fold_for_sorting(text: str) -> str:
    """Return `text` in small letters, those of other scripts in Latin ones, without combining marks."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)
