"""Where the keys and values of a TOML text stand, for messages; the text is known to be valid."""

from __future__ import annotations

import re

from generator.data.problems import Path

_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_KEY = re.compile(r"\"(?P<basic>(?:[^\"\\]|\\.)*)\"|'(?P<literal>[^']*)'|(?P<bare>[^\s.=\]\"']+)")
_SCALAR = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:[^"\\]|\\.)*"|'
    r"'[^']*'|"
    r"\d{4}-\d\d-\d\d \d\d:[^,\]}\s#]+|"
    r"[^,\]}\s#]+",
    re.DOTALL,
)


def find_toml_offset(text: str, path: Path, *, key: bool = False) -> int:
    """Return where the value at `path`, or its key, starts; the nearest place around it when it stands nowhere."""
    places = _Scanner(text).scan()
    while path and path not in places:
        path = path[:-1]
    return places.get(path, (0, 0))[0 if key else 1]


class _Scanner:
    """One pass over a TOML text that notes for each path where its key and its value start."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[Path, tuple[int, int]] = {}
        self.lengths: dict[Path, int] = {}

    def scan(self) -> dict[Path, tuple[int, int]]:
        table: Path = ()
        while self._skip(_GAP) < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._read_header()
            else:
                self._read_pair(table)
        return self.places

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at + 1
        return self.at

    def _read_header(self) -> Path:
        start = self.at
        many = self.text.startswith("[[", start)
        self.at += 2 if many else 1
        keys = self._read_keys()
        self.at += 2 if many else 1
        path: Path = ()
        for key in keys[:-1]:
            path = self._enter((*path, key))
        path = (*path, keys[-1])
        if many:
            self.lengths[path] = self.lengths.get(path, 0) + 1
            self.places.setdefault(path, (start, start))
        path = self._enter(path)
        self.places.setdefault(path, (start, start))
        return path

    def _enter(self, path: Path) -> Path:
        """A table of a list is the last of those read so far."""
        return (*path, self.lengths[path] - 1) if path in self.lengths else path

    def _read_keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_BLANK)
            found = _KEY.match(self.text, self.at)
            if not found:
                return keys or [""]
            self.at = found.end()
            keys.append(found["basic"] or found["literal"] or found["bare"] or "")
            self._skip(_BLANK)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _read_pair(self, table: Path) -> None:
        start = self.at
        keys = self._read_keys()
        self.at += 1  # the equals sign
        value_start = self._skip(_BLANK)
        path = table
        for key in keys:
            path = (*path, key)
            self.places.setdefault(path, (start, value_start))
        self._read_value(path)

    def _read_value(self, path: Path) -> None:
        if self.text.startswith("[", self.at):
            self._read_items(path)
        elif self.text.startswith("{", self.at):
            self._read_inline_table(path)
        else:
            self._skip(_SCALAR)

    def _read_items(self, path: Path) -> None:
        self.at += 1
        index = 0
        while not self.text.startswith("]", self._skip(_GAP)) and self.at < len(self.text):
            self.places[(*path, index)] = (self.at, self.at)
            self._read_value((*path, index))
            index += 1
        self.at += 1

    def _read_inline_table(self, path: Path) -> None:
        self.at += 1
        while not self.text.startswith("}", self._skip(_GAP)) and self.at < len(self.text):
            self._read_pair(path)
        self.at += 1
