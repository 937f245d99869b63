"""Languages of the search index: text in, the terms that are indexed out, by rules that the browser's half shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct

from generator.errors import SiteError
from generator.search.porter import stem_english

Stem = Callable[[str], str]
Trim = Callable[[str], str]

_NO_LETTER = "\ue000"
_ENGLISH_EDGES = re.compile(r"^[^0-9A-Za-z_]+|[^0-9A-Za-z_]+$")


class Language(Struct, frozen=True, kw_only=True):
    """A language that elasticlunr knows. code: elasticlunr's own. scripts: what words are made of.

    algorithm: Snowball's name of the stemmer; English has its own, Korean words stay as they are.
    """

    code: str
    name: str
    scripts: tuple[str, ...] = ("Latin",)
    algorithm: str | None = None

    @property
    def pipeline(self) -> tuple[str, str, str]:
        """The names of its steps; the browser's half runs queries through the same."""
        suffix = "" if self.code == "en" else f"-{self.code}"
        return f"trimmer{suffix}", f"stopWordFilter{suffix}", f"stemmer{suffix}"


_LANGUAGES = {
    language.code: language
    for language in (
        Language(code="en", name="English"),
        Language(code="da", name="Danish", algorithm="danish"),
        Language(code="de", name="German", algorithm="german"),
        Language(code="du", name="Dutch", algorithm="dutch"),
        Language(code="es", name="Spanish", algorithm="spanish"),
        Language(code="fi", name="Finnish", algorithm="finnish"),
        Language(code="fr", name="French", algorithm="french"),
        Language(code="hu", name="Hungarian", algorithm="hungarian"),
        Language(code="it", name="Italian", algorithm="italian"),
        Language(code="ko", name="Korean", scripts=("Latin", "Hangul")),
        Language(code="no", name="Norwegian", algorithm="norwegian"),
        Language(code="pt", name="Portuguese", algorithm="portuguese"),
        Language(code="ro", name="Romanian", algorithm="romanian"),
        Language(code="ru", name="Russian", scripts=("Cyrillic",), algorithm="russian"),
        Language(code="sv", name="Swedish", algorithm="swedish"),
        Language(code="tr", name="Turkish", algorithm="turkish"),
    )
}


def find_language(code: str) -> Language | None:
    """Return elasticlunr's language of a code, None when it has none. Zola: `du` is Dutch, `nl` is not known."""
    return _LANGUAGES.get(code.lower())


def split_words(text: str) -> list[str]:
    """Return the words of a text in lower case, cut at white space and hyphens."""
    return text.lower().replace("-", " ").split()


def split_path(path: str) -> list[str]:
    """Return the words of a URL path, cut at slashes too."""
    return split_words(path.replace("/", " "))


class Terms(dict[str, str]):
    """Words to their indexed form, empty for those that are not indexed; each is worked out once."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._trim = _make_trim(language)
        self._stem = _make_stem(language)
        self._stop_words = _load_stop_words(language.code)

    def __missing__(self, word: str) -> str:
        trimmed = self._trim(word)
        term = "" if not trimmed or trimmed in self._stop_words else self._stem(trimmed)
        self[word] = term
        return term

    def index(self, words: Iterable[str]) -> list[str]:
        """Return the terms of words, in their order."""
        return [term for term in map(self.__getitem__, words) if term]


def _make_trim(language: Language) -> Trim:
    if language.code == "en":
        return lambda word: word if word.isascii() and word.isalnum() else _ENGLISH_EDGES.sub("", word)
    # The standard library's expressions know no scripts.
    import regex

    chars = "".join(rf"\p{{{script}}}" for script in language.scripts)
    edges = regex.compile(rf"^[^{chars}]+|[^{chars}]+$")
    return lambda word: edges.sub("", word)


def _make_stem(language: Language) -> Stem:
    if language.code == "en":
        return stem_english
    if language.algorithm is None:
        return str
    try:
        import snowballstemmer  # type: ignore[import-untyped]
    except ImportError as error:
        raise SiteError("The search index needs a library", hint="pip install 'hanji[search]'") from error
    stem: Stem = snowballstemmer.stemmer(language.algorithm).stemWord
    return _keep_yo(stem) if language.code == "ru" else stem


def _keep_yo(stem: Stem) -> Stem:
    """Let ё be a letter of its own, as it was when the browser's half was written; Snowball has made it е since."""
    return lambda word: stem(word.replace("ё", _NO_LETTER)).replace(_NO_LETTER, "ё")


@cache
def _load_stop_words(code: str) -> frozenset[str]:
    file = Path(__file__).parent / "data" / "stop_words" / f"{code}.txt"
    return frozenset(file.read_text(encoding="utf-8").split())
