"""Runs of `*`, `_`, `~` and quotes in one line of text → emphasis, strong, deletions and curly quotes.

The runs of a text are collected while it is scanned; once a link or the text itself ends, those inside are paired
and the pieces they stand in rewritten. Which run may open or close follows Zola's parser: `*` and `~~` may stand
inside words, `_` and a single `~` may not; three tildes and more are text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from generator.markdown.pieces import make_markup

_NAMES = {("*", 1): "em", ("_", 1): "em", ("*", 2): "strong", ("_", 2): "strong", ("~", 1): "del", ("~", 2): "del"}
_TAGS = {key: (f"<{name}>", f"</{name}>") for key, name in _NAMES.items()}
# Beside the lengths modulo three: closers that open nothing.
_ONE_SIDED = -1


class Run:
    """One run of delimiters. at: index of its piece. count: characters not yet used; length: all of them.

    tags_before, tags_after: what it closes and opens, around the characters that are left.
    """

    __slots__ = ("at", "can_close", "can_open", "char", "count", "length", "tags_after", "tags_before")

    def __init__(self, at: int, char: str, length: int, can_open: bool, can_close: bool) -> None:
        self.at = at
        self.char = char
        self.count = self.length = length
        self.can_open = can_open
        self.can_close = can_close
        self.tags_before = self.tags_after = ""


def character_kind(char: str) -> str:
    """Return "space", "punctuation" or "word" for a character beside a run; "" is the edge of the line."""
    if not char or (char.isspace() and not "\x1c" <= char <= "\x1f"):
        return "space"
    return "punctuation" if unicodedata.category(char)[0] in "PS" else "word"


@lru_cache(maxsize=8192)
def find_flanks(char: str, length: int, before: str, after: str) -> tuple[bool, bool]:
    """Return whether a run may open and may close, by the characters beside it."""
    left, right = character_kind(before), character_kind(after)
    inside_words = char == "*" or (char == "~" and length > 1)
    can_open = right != "space" and (
        left == "space"
        or (inside_words and (right == "word" or char == "~"))
        or (left == "punctuation" and (char != "'" or before not in "])"))
    )
    can_close = left != "space" and (right != "word" or (inside_words and left == "word"))
    return can_open, can_close


def pair_runs(pieces: list[str], runs: list[Run]) -> None:
    """Pair the runs of one text and put tags and quotes into their pieces."""
    openers = _Openers()
    quotes: _Quotes | None = None
    for run in runs:
        if run.char in "'\"":
            quotes = quotes or _Quotes(pieces)
            quotes.turn(run)
            continue
        if run.can_close:
            openers.close(run)
        if run.count and run.can_open:
            openers.push(run)
    for run in runs:
        if run.tags_before or run.tags_after:
            left = run.char * run.count
            pieces[run.at] = make_markup(run.tags_before + left + run.tags_after, left)


class _Openers:
    """Runs that wait for a closing one.

    floors: index below which a kind of closer found no match before, so that it need not look again.
    """

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._floors: dict[tuple[str, int], int] = {}

    def push(self, run: Run) -> None:
        if run.char == "~" and self._floors.get(("~", 0), 0) > len(self._runs):
            self._floors["~", 0] = len(self._runs)
        self._runs.append(run)

    def close(self, closer: Run) -> None:
        """Let `closer` close what it can; a run of three is a strong one within an emphasis."""
        while closer.count and (opener := self._take_match(closer)):
            matched = min(closer.count, opener.count)
            opener.count -= matched
            closer.count -= matched
            opening, closing = _TAGS[closer.char, matched] if matched <= 2 else _nested_tags(closer.char, matched)
            opener.tags_after = opening + opener.tags_after
            closer.tags_before += closing
            if opener.count:
                self.push(opener)

    def _take_match(self, closer: Run) -> Run | None:
        """Take out the nearest run that `closer` closes, with all above it."""
        runs = self._runs
        for index in range(len(runs) - 1, self._find_floor(closer) - 1, -1):
            if _matches(runs[index], closer):
                found = runs[index]
                del runs[index:]
                for key, floor in self._floors.items():
                    self._floors[key] = min(floor, index)
                return found
        self._raise_floor(closer)
        return None

    def _find_floor(self, closer: Run) -> int:
        if not self._floors:
            return 0
        char = closer.char
        floor = self._floors.get((char, 0 if char == "~" else closer.length % 3), 0)
        if char != "~" and not closer.can_open:
            floor = min(floor, self._floors.get((char, _ONE_SIDED), 0))
        return min(floor, len(self._runs))

    def _raise_floor(self, closer: Run) -> None:
        char, both, top = closer.char, closer.can_open, len(self._runs)
        if char == "~":
            self._floors[char, 0] = top
            return
        if both or char == "*":
            self._floors[char, closer.length % 3] = top
        if not both:
            self._floors[char, _ONE_SIDED] = top


def _nested_tags(char: str, count: int) -> tuple[str, str]:
    """Return the tags for `count` marks on either side: pairs inside, an odd one outside."""
    pairs, odd = divmod(count, 2)
    strong, single = _TAGS[char, 2], _TAGS[char, 1]
    return odd * single[0] + pairs * strong[0], pairs * strong[1] + odd * single[1]


def _matches(opener: Run, closer: Run) -> bool:
    if opener.char != closer.char:
        return False
    if closer.char == "~" and opener.length != closer.length:
        return False
    one_sided = not opener.can_close and not closer.can_open
    return one_sided or (opener.length + closer.length) % 3 != 0 or closer.length % 3 == 0


class _Quotes:
    """Straight quotes of one text, turned in order; a quote that cannot close stays an opening one."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._single: int | None = None
        self._double = False

    def turn(self, run: Run) -> None:
        self._pieces[run.at] = self._turn_single(run) if run.char == "'" else self._turn_double(run)

    def _turn_single(self, run: Run) -> str:
        if self._single is not None and run.can_close:
            self._pieces[self._single] = "‘"
            self._single = None
        elif run.can_open:
            self._single = run.at
        return "’"

    def _turn_double(self, run: Run) -> str:
        if run.can_close and self._double:
            self._double = False
            return "”"
        if run.can_open:
            self._double = True
        return "“"
