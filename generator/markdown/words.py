"""A text's raw Markdown → how many words it has (Unicode's word boundaries) and how many minutes it takes to read."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

WORDS_PER_MINUTE = 200

# Letters and digits whose word boundaries need no table: ASCII, Hangul syllables and compatibility jamo; each Han
# character is a word of its own. `_PLAIN` holds them and marks that only ever stand between words.
_LETTER = "A-Za-z가-힣ㄱ-ㆎ"
_PLAIN = rf"\x00-\x7f{_LETTER[6:]}“”…‥–—―→←↑↓⇒•※「」『』【】《》〈〉、。×÷±°©®™€"
_HAN = "一-鿿"
_is_plain = re.compile(rf"[{_PLAIN}]*\Z").match
# The empty group is what `findall` returns: a word itself would be copied.
_find_words = re.compile(
    rf"[{_LETTER}0-9][{_LETTER}0-9_]*+"
    rf"(?:[:.',;](?:(?<=[{_LETTER}][:.'])(?=[{_LETTER}])|(?<=[0-9][,;.'])(?=[0-9]))[{_LETTER}0-9_]++)*+()"
).findall


def count_words(text: str) -> int:
    """Return the number of words outside of ``` pairs; markup, URLs and shortcode calls count like text.

    Zola: words are UAX #29 segments with a letter or digit in them: an eojeol is one, so is each Han character.
    """
    return sum(map(_count_piece, text.split("```")[::2]))


def reading_minutes(words: int) -> int:
    """Return the minutes it takes to read that many words, rounded up."""
    return -(-words // WORDS_PER_MINUTE)


def _count_piece(text: str) -> int:
    if _is_plain(text):
        return len(_find_words(text))
    is_plain_with_han, find_han = _han_patterns()
    if is_plain_with_han(text):
        return len(_find_words(text)) + len(find_han(text))
    marks_at_points, boundary, word_character = _unicode_patterns()
    return sum(map(bool, map(word_character.search, boundary.split(marks_at_points.sub("", text)))))


@cache
def _han_patterns() -> tuple[Any, Any]:
    # They take 2 ms to compile, which a site without such characters never pays.
    return re.compile(rf"[{_PLAIN}{_HAN}]*\Z").match, re.compile(f"[{_HAN}]()").findall


@cache
def _unicode_patterns() -> tuple[Any, Any, Any]:
    import regex  # costs 30 ms, which a site without such characters never pays

    # `\b` does not look past marks of letters for a point between two letters, as in `डॉ.राम`.
    mark = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]+"
    point = r"[\p{WB=MidLetter}\p{WB=MidNum}\p{WB=MidNumLet}\p{WB=Single_Quote}]"
    marks_at_points = regex.compile(rf"(?<=\w){mark}(?={point})|(?<=\w{point}){mark}(?=\w)")
    return marks_at_points, regex.compile(r"(?V1w)\b"), regex.compile(r"[\p{Alphabetic}\p{N}]")
