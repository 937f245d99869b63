"""Glob patterns to a compiled expression, by the rules of Zola's globs; paths are no matter of it."""

from __future__ import annotations

import re
from collections.abc import Iterable


class GlobError(ValueError):
    """A glob pattern that says nothing: its message tells why."""


def compile_globs(globs: Iterable[str]) -> re.Pattern[str] | None:
    """Return one expression whose `fullmatch` finds every path that one of `globs` matches; None without globs.

    `*` and `?` match `/` too, `**` whole folders, `[a-z]` and `[!a]` one character, `{a,b}` either.

    Raises: GlobError. Zola: the `globset` crate with its defaults.
    """
    sources = [_Translator(glob).translate() for glob in globs]
    return re.compile("|".join(f"(?:{source})" for source in sources), re.DOTALL) if sources else None


_ANY_FOLDERS_BEFORE = "(?:/?|.*/)"
_ANY_FOLDERS_BETWEEN = "(?:/|/.*/)"
_ALL_BELOW = "/.*"


class _Translator:
    """One pass over a glob; `branches` holds the alternatives of the braces that are open, the innermost last."""

    def __init__(self, glob: str) -> None:
        self.glob = glob
        self.at = 0
        self.branches: list[list[str]] = [[]]
        self.open_braces: list[int] = []

    def translate(self) -> str:
        while self.at < len(self.glob):
            char = self.glob[self.at]
            self.at += 1
            self._read(char)
        if self.open_braces:
            raise GlobError("`{` without `}`")
        written = self.branches[0]
        return ".*" if written == [_ANY_FOLDERS_BEFORE] else "".join(written)

    def _read(self, char: str) -> None:
        if char == "?":
            self.branches[-1].append(".")
        elif char == "*":
            self._read_star()
        elif char == "[":
            self._read_class()
        elif char == "{":
            self.open_braces.append(len(self.branches))
            self.branches.append([])
        elif char == "}":
            self._close_brace()
        elif char == "," and self.open_braces:
            self.branches.append([])
        elif char == "\\":
            self._read_escape()
        else:
            self.branches[-1].append(re.escape(char))

    def _read_escape(self) -> None:
        if self.at == len(self.glob):
            raise GlobError("`\\` at the end escapes nothing")
        self.branches[-1].append(re.escape(self.glob[self.at]))
        self.at += 1

    def _close_brace(self) -> None:
        if not self.open_braces:
            raise GlobError("`}` without `{`")
        start = self.open_braces.pop()
        choices = ["".join(branch) for branch in self.branches[start:]]
        del self.branches[start:]
        written = [choice for choice in choices if choice]
        if written:
            self.branches[-1].append(f"(?:{'|'.join(written)})")

    def _read_star(self) -> None:
        before = self.glob[self.at - 2] if self.at > 1 else ""
        if not self.glob.startswith("*", self.at):
            self.branches[-1].append(".*")
            return
        self.at += 1
        after = self.glob[self.at : self.at + 1]
        branch = self.branches[-1]
        inside = bool(self.open_braces)
        if not branch:
            self._read_leading_stars(after)
        elif before == "/" or (inside and before in ",{"):
            self._read_folder_stars(after, ends=not after or (inside and after in ",}"))
        else:
            branch.append(".*")

    def _read_leading_stars(self, after: str) -> None:
        whole_folders = after in ("", "/")
        self.branches[-1].append(_ANY_FOLDERS_BEFORE if whole_folders else ".*")
        self.at += 1 if after == "/" else 0

    def _read_folder_stars(self, after: str, *, ends: bool) -> None:
        branch = self.branches[-1]
        if not ends and after != "/":
            branch.append(".*")
            return
        self.at += 1 if after == "/" else 0
        if branch[-1] not in (_ANY_FOLDERS_BEFORE, _ALL_BELOW):
            # The slash that stands before the stars is part of what they match.
            branch[-1] = _ALL_BELOW if ends else _ANY_FOLDERS_BETWEEN

    def _read_class(self) -> None:
        start = self.at
        if self.glob.startswith(("!", "^"), start):
            start += 1
        # A bracket that opens the set is one of its characters.
        end = self.glob.find("]", start + 1)
        if end < 0:
            raise GlobError("`[` without `]`")
        negated = "^" if start > self.at else ""
        self.branches[-1].append(f"[{negated}{_class_body(self.glob[start:end])}]")
        self.at = end + 1


def _class_body(chars: str) -> str:
    """Write the characters and ranges of a set; a dash at either end is itself."""
    written = ""
    at = 0
    while at < len(chars):
        if chars[at + 1 : at + 2] == "-" and at + 2 < len(chars):
            first, last = chars[at], chars[at + 2]
            if last < first:
                raise GlobError(f"the range `{first}-{last}` runs backwards")
            written += f"{re.escape(first)}-{re.escape(last)}"
            at += 3
        else:
            written += re.escape(chars[at])
            at += 1
    return written
