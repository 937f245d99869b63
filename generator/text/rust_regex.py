"""A pattern in the syntax of Rust's `regex` in, one that Python can run out; and replacing by Rust's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

_ASCII_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": r"\x00-\x7f",
    "blank": r"\t\x20",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": r"\x20-~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\t\n\v\f\r\x20",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
_POSIX = re.compile(r"\[:(\^?)([a-z]+):\]")
_CODE_POINT = re.compile(r"[xuU]\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})")
_PROPERTY = re.compile(r"[pP](?:\{\^?[\w.= :!-]+\}|[A-Za-z])")
_WORD_EDGE = re.compile(r"b\{(start-half|end-half|start|end)\}")
_WORD_EDGES = {"start": r"\b(?=\w)", "end": r"\b(?<=\w)", "start-half": r"(?<!\w)", "end-half": r"(?!\w)"}
_GROUP = re.compile(r"\?(?:P?<([A-Za-z_][\w.\[\]]*)>|([imsuxRU]*(?:-[imsuxRU]+)?)([:)]))")
_REPEAT = re.compile(r"([*+?]|\{\d+(?:,\d*)?\})(\??)")
_OWN_FLAGS = str.maketrans("", "", "uRU")  # Unicode is on in Python, `U` is done here
_REFERENCE = re.compile(r"\$(?:(\$)|\{([^}]*)\}|(\w+))", re.ASCII)


class PatternError(ValueError):
    """A pattern that Rust's `regex` does not take, or that has no like in Python."""


def compile_pattern(pattern: str) -> regex.Pattern[str]:
    """Compile a pattern written for Rust: Unicode classes, no look-around, `$` at the very end.

    Raises: PatternError.
    """
    import regex  # costs 30 ms; few sites need it

    try:
        return regex.compile(_Translation(pattern).text(), regex.V1)
    except regex.error as error:
        raise PatternError(f"{error} of `{pattern}`") from None


def replace_all(pattern: regex.Pattern[str], text: str, replacement: str) -> str:
    """Replace every match; `$1`, `$name` and `${name}` stand for groups, `$$` for a dollar sign.

    An empty match right behind the one before it is none, as in Rust.
    """
    parts: list[str] = []
    copied = 0
    for match in _matches(pattern, text):
        parts += (text[copied : match.start()], _expand(replacement, match))
        copied = match.end()
    return "".join((*parts, text[copied:]))


def _matches(pattern: regex.Pattern[str], text: str) -> Iterator[regex.Match[str]]:
    start, last_end = 0, -1
    while start <= len(text) and (match := pattern.search(text, start)):
        if match.end() == match.start() == last_end:
            start += 1
            continue
        yield match
        start = last_end = match.end()


def _expand(replacement: str, match: regex.Match[str]) -> str:
    def group(reference: re.Match[str]) -> str:
        if reference[1]:
            return "$"
        name = reference[2] if reference[2] is not None else reference[3]
        if name.isdecimal():
            return (match[int(name)] or "") if int(name) <= match.re.groups else ""
        return match.groupdict().get(name) or ""

    return _REFERENCE.sub(group, replacement)


class _Translation:
    """One pass over a pattern; keeps for each open group which of `m` and `U` are on there."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._place = 0
        self._flags: list[frozenset[str]] = [frozenset()]
        self._names: set[str] = set()

    def text(self) -> str:
        return "".join(self._pieces())

    def _pieces(self) -> Iterator[str]:
        while self._place < len(self._pattern):
            character = self._pattern[self._place]
            self._place += 1
            match character:
                case "\\":
                    yield self._escape(in_class=False)
                case "[":
                    yield from self._class()
                case "(":
                    yield self._group()
                case ")":
                    if len(self._flags) > 1:
                        self._flags.pop()
                    yield ")"
                case "*" | "+" | "?" | "{":
                    yield self._repeat()
                case "$":
                    yield "$" if "m" in self._flags[-1] else r"\Z"
                case _:
                    yield character

    def _repeat(self) -> str:
        found = _REPEAT.match(self._pattern, self._place - 1)
        if not found:
            raise self._error("a brace must be escaped, or hold how often to repeat")
        self._place = found.end()
        if _REPEAT.match(self._pattern, self._place):
            raise self._error("what repeats is repeated: put it in `(?:…)`")
        lazy = bool(found[2]) != ("U" in self._flags[-1])
        return found[1] + ("?" if lazy else "")

    def _group(self) -> str:
        if not self._pattern.startswith("?", self._place):
            self._flags.append(self._flags[-1])
            return "("
        found = _GROUP.match(self._pattern, self._place)
        if not found:
            raise self._error("look-around and other extensions are not supported")
        self._place = found.end()
        name, flags, end = found.groups()
        if end != ")":
            self._flags.append(self._flags[-1])
        if name in self._names:
            raise self._error(f"two groups are named `{name}`")
        if name:
            self._names.add(name)
            return f"(?P<{name}>"
        on, _, off = flags.partition("-")
        self._flags[-1] = (self._flags[-1] | set(on)) - set(off)
        return _flag_group(on, off, end)

    def _escape(self, *, in_class: bool) -> str:
        character = self._pattern[self._place : self._place + 1]
        for known in (_CODE_POINT, _PROPERTY) if in_class else (_CODE_POINT, _PROPERTY, _WORD_EDGE):
            found = known.match(self._pattern, self._place)
            if found:
                self._place = found.end()
                return self._known_escape(known, found)
        self._place += 1
        if not character:
            raise self._error("it ends in a backslash")
        if character in "<>":
            return _WORD_EDGES["start" if character == "<" else "end"]
        if character == "z":
            return r"\Z"
        if character.isalnum() and character not in "afnrtvdDsSwWbBA":
            raise self._error(f"`\\{character}` is not supported")
        return "\\" + character

    def _known_escape(self, known: re.Pattern[str], found: re.Match[str]) -> str:
        if known is _CODE_POINT:
            code = int(next(digits for digits in found.groups() if digits), 16)
            if code > 0x10FFFF:
                raise self._error("there is no such character")
            return f"\\U{code:08x}"
        if known is _WORD_EDGE:
            return _WORD_EDGES[found[1]]
        written = found[0]
        return "\\" + (written if "{" in written else f"{written[0]}{{{written[1]}}}")

    def _class(self) -> Iterator[str]:
        """Yield a class to its closing bracket; classes may stand in it."""
        yield "["
        if self._pattern.startswith("^", self._place):
            self._place += 1
            yield "^"
        if self._pattern.startswith("]", self._place):
            self._place += 1
            yield r"\]"
        while self._place < len(self._pattern):
            posix = _POSIX.match(self._pattern, self._place)
            if posix and posix[2] in _ASCII_CLASSES:
                self._place = posix.end()
                yield f"[{posix[1]}{_ASCII_CLASSES[posix[2]]}]"
                continue
            character = self._pattern[self._place]
            self._place += 1
            match character:
                case "\\":
                    yield self._escape(in_class=True)
                case "[":
                    yield from self._class()
                case "]":
                    yield "]"
                    return
                case "|" | ":":  # two of them would join sets, or begin a class's name
                    yield "\\" + character
                case _:
                    yield character
        raise self._error("a character class is not closed")

    def _error(self, problem: str) -> PatternError:
        return PatternError(f"{problem}: `{self._pattern}`, at character {self._place}")


def _flag_group(on: str, off: str, end: str) -> str:
    """Return a group that sets those flags which Python has. It folds `ß` to `ss` unless it is told not to."""
    on, off = (flags.translate(_OWN_FLAGS) for flags in (on, off + "f" if "i" in on else off))
    flags = on + (f"-{off}" if off else "")
    return f"(?{flags}:" if end == ":" else (f"(?{flags})" if flags else "")
