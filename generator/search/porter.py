"""English words in, their stems out, by M. F. Porter's algorithm of 1980 as elasticlunr.js has it."""

from __future__ import annotations

import re

# Runs of vowels and consonants; `y` is a vowel unless it begins the word or follows a vowel.
_CONSONANTS = "[^aeiou][^aeiouy]*"
_VOWELS = "[aeiouy][aeiou]*"
_HAS_VOWEL = re.compile(rf"(?:{_CONSONANTS})?[aeiouy]")
# The measure m of a stem: how often vowels are followed by consonants.
_M_ABOVE_0 = re.compile(rf"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}")
_M_ABOVE_1 = re.compile(rf"(?:{_CONSONANTS})?(?:{_VOWELS}{_CONSONANTS}){{2}}")
_M_IS_1 = re.compile(rf"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}(?:{_VOWELS})?")
_SHORT = re.compile(rf"{_CONSONANTS}[aeiouy][^aeiouwxy]")

_PLURAL = re.compile(r"(.+?(?:ss|i))es")
_SIMPLE_PLURAL = re.compile(r"(.+?[^s])s")
_ED_OR_ING = re.compile(r"(.+?)(?:ed|ing)")
_DOUBLE = re.compile(r".*([^aeiouylsz])\1")
_FINAL_Y = re.compile(r"(.+?[^aeiou])y")

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble", "alli": "al",
    "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al",
    "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble",
    "logi": "log",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = (
    "al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize"  # `ion` is below: it needs s or t
)
_STEP_2_ENDS = re.compile(rf"(.+?)({'|'.join(_STEP_2)})")
_STEP_3_ENDS = re.compile(rf"(.+?)({'|'.join(_STEP_3)})")
_STEP_4_ENDS = re.compile(rf"(.+?)(?:{_STEP_4})|(.+?[st])ion")


def stem_english(word: str) -> str:
    """Return the stem of a word in lower case. It differs from Porter's paper in the final `y` (step 1c)."""
    if len(word) < 3:
        return word
    # An upper-case Y is in no set of vowels.
    stem = "Y" + word[1:] if word[0] == "y" else word
    stem = _drop_final_y(_drop_ed_and_ing(_drop_plural(stem)))
    stem = _replace_end(stem, _STEP_2_ENDS, _STEP_2)
    stem = _replace_end(stem, _STEP_3_ENDS, _STEP_3)
    stem = _tidy(_drop_end(stem))
    return "y" + stem[1:] if stem[0] == "Y" else stem


def _drop_plural(word: str) -> str:
    """Step 1a."""
    plural = _PLURAL.fullmatch(word)
    if plural:
        word = plural[1]
    simple = _SIMPLE_PLURAL.fullmatch(word)
    return simple[1] if simple else word


def _drop_ed_and_ing(word: str) -> str:
    """Step 1b."""
    if word.endswith("eed") and len(word) > 3:
        return word[:-1] if _M_ABOVE_0.match(word[:-3]) else word
    ending = _ED_OR_ING.fullmatch(word)
    if not ending or not _HAS_VOWEL.match(ending[1]):
        return word
    stem = ending[1]
    if stem.endswith(("at", "bl", "iz")):
        return stem + "e"
    if _DOUBLE.fullmatch(stem):
        return stem[:-1]
    return stem + "e" if _SHORT.fullmatch(stem) else stem


def _drop_final_y(word: str) -> str:
    """Step 1c: `cry` gives `cri`, `say` stays."""
    ending = _FINAL_Y.fullmatch(word)
    return ending[1] + "i" if ending else word


def _replace_end(word: str, ends: re.Pattern[str], replacements: dict[str, str]) -> str:
    """Steps 2 and 3."""
    ending = ends.fullmatch(word)
    return ending[1] + replacements[ending[2]] if ending and _M_ABOVE_0.match(ending[1]) else word


def _drop_end(word: str) -> str:
    """Step 4."""
    ending = _STEP_4_ENDS.fullmatch(word)
    if not ending:
        return word
    stem = ending[1] or ending[2]
    return stem if _M_ABOVE_1.match(stem) else word


def _tidy(word: str) -> str:
    """Step 5: the final `e`, and `ll`."""
    if word.endswith("e") and len(word) > 1:
        stem = word[:-1]
        if _M_ABOVE_1.match(stem) or (_M_IS_1.fullmatch(stem) and not _SHORT.fullmatch(stem)):
            word = stem
    return word[:-1] if word.endswith("ll") and _M_ABOVE_1.match(word) else word
