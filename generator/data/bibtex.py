"""BibTeX text to its entries, comments and strings, abbreviations written out; fields stay as LaTeX has them."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from msgspec import Struct, field

from generator.data.problems import DataError

_WORD = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"\s*")
_KEY = re.compile(r"[^,]*")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')
_CLOSING = {"{": "}", "(": ")"}
_MONTHS = {
    name[:3].lower(): name
    for name in (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
}


def parse_bibtex(text: str) -> dict[str, Any]:
    """Read BibTeX: `{preambles: […], comments: […], variables: {…}, bibliographies: […]}`.

    Each of the bibliographies is `{entry_type, citation_key, tags}`; names of tags are in small letters.
    Zola: a tag whose abbreviation is nowhere defined is left out; text between entries is a comment. Raises: DataError.
    """
    reader = _Reader(text)
    while reader.skip_blank() < len(text):
        reader.read_entry()
    return reader.resolve()


class _Piece(NamedTuple):
    """A part of a value. name: of the abbreviation that it is, else its text stands in `text`."""

    text: str
    name: str = ""


_Value = list[_Piece]


class _Entry(Struct):
    kind: str
    key: str
    tags: list[tuple[str, _Value]] = field(default_factory=list)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.comments: list[str] = []
        self.preambles: list[tuple[int, _Value]] = []
        self.strings: dict[str, _Value] = {}
        self.entries: list[_Entry] = []

    def skip_blank(self) -> int:
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def read_entry(self) -> None:
        if self.text[self.at] != "@":
            end = self.text.find("@", self.at)
            end = len(self.text) if end < 0 else end
            self.comments.append(self.text[self.at : end].strip())
            self.at = end
            return
        self.at += 1
        kind = self._take_word()
        opening = self.text[self.skip_blank() : self.at + 1]
        match kind.lower():
            case "comment":
                self.comments.append(self._take_braced().strip())
            case "string":
                self._take_string(opening)
            case "preamble":
                start = self.at
                self._expect("{")
                self.preambles.append((start, self._take_value()))
                self._expect("}")
            case _:
                self._take_bibliography(kind)

    def resolve(self) -> dict[str, Any]:
        """Write out the abbreviations, which may be defined anywhere."""
        known = {**_MONTHS, **self._expand_strings()}
        preambles = []
        for start, value in self.preambles:
            text = _join(value, known)
            if text is None:
                raise DataError("The preamble uses an abbreviation that is nowhere defined", start)
            preambles.append(text)
        return {
            "preambles": preambles,
            "comments": self.comments,
            "variables": {name: known[name] for name in self.strings if name in known},
            "bibliographies": [_describe(entry, known) for entry in self.entries],
        }

    def _expand_strings(self) -> dict[str, str]:
        """Write out strings that use each other, as far as they end."""
        known: dict[str, str] = {}
        waiting = dict(self.strings)
        while waiting:
            found = {name: text for name, value in waiting.items() if (text := _join(value, known)) is not None}
            if not found:
                break
            known |= found
            waiting = {name: value for name, value in waiting.items() if name not in found}
        return known

    def _take_string(self, opening: str) -> None:
        if opening not in _CLOSING:
            raise self._problem("Expected `{` or `(`")
        self._expect(opening)
        name = self._take_word()
        self._expect("=")
        self.strings[name] = self._take_value()
        self._expect(_CLOSING[opening])

    def _take_bibliography(self, kind: str) -> None:
        self._expect("{")
        self.skip_blank()
        found = _KEY.match(self.text, self.at)
        entry = _Entry(kind, found[0] if found else "")
        self.at += len(entry.key)
        self._expect(",")
        while self.text[self.skip_blank() : self.at + 1] not in ("}", ""):
            name = self._take_word()
            self._expect("=")
            entry.tags.append((name.lower(), self._take_value()))
            if self.text[self.skip_blank() : self.at + 1] != ",":
                break
            self.at += 1
        self._expect("}")
        self.entries.append(entry)

    def _take_value(self) -> _Value:
        value = [self._take_piece()]
        while self.text[self.skip_blank() : self.at + 1] == "#":
            self.at += 1
            value.append(self._take_piece())
        return value

    def _take_piece(self) -> _Piece:
        opening = self.text[self.skip_blank() : self.at + 1]
        if opening == "{":
            return _Piece(self._take_braced().strip())
        if opening == '"':
            return _Piece(self._take_quoted())
        start = self.at
        word = self._take_word()
        if not word[0].isdigit():
            return _Piece("", word)
        if not word.isdigit():
            self.at = start
            raise self._problem("A name cannot start with a digit")
        return _Piece(word)

    def _take_word(self) -> str:
        found = _WORD.match(self.text, self.skip_blank())
        if not found:
            raise self._problem("Expected a name")
        self.at = found.end()
        return found[0]

    def _take_braced(self) -> str:
        start = self.skip_blank()
        self._expect("{")
        depth = 1
        for found in _BRACE.finditer(self.text, self.at):
            depth += 1 if found[0] == "{" else -1
            if depth == 0:
                self.at = found.end()
                return self.text[start + 1 : found.start()]
        self.at = start
        raise self._problem("`{` without `}`")

    def _take_quoted(self) -> str:
        """A quote inside braces does not end the text."""
        start = self.at
        depth = 0
        for found in _BRACE_OR_QUOTE.finditer(self.text, start + 1):
            if found[0] == '"' and depth == 0:
                self.at = found.end()
                return self.text[start + 1 : found.start()]
            depth += {"{": 1, "}": -1}.get(found[0], 0)
            if depth < 0:
                break
        raise self._problem('`"` without its end')

    def _expect(self, mark: str) -> None:
        if self.text[self.skip_blank() : self.at + 1] != mark:
            raise self._problem(f"Expected `{mark}`")
        self.at += 1

    def _problem(self, message: str) -> DataError:
        return DataError(message, self.at)


def _join(value: _Value, known: dict[str, str]) -> str | None:
    """Write a value out; None when it uses a name that is not known."""
    parts = [known.get(piece.name) if piece.name else piece.text for piece in value]
    texts = [part for part in parts if part is not None]
    return "".join(texts) if len(texts) == len(parts) else None


def _describe(entry: _Entry, known: dict[str, str]) -> dict[str, Any]:
    joined = ((name, _join(value, known)) for name, value in entry.tags)
    tags = {name: text for name, text in joined if text is not None}
    return {"entry_type": entry.kind, "citation_key": entry.key, "tags": tags}
