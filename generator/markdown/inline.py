"""One line of text (a paragraph, a heading, a cell) → pieces of HTML; links are resolved by who calls.

A single pass: text up to the next special character, then what that character starts. Brackets wait on a stack for
their closing one, so nothing is read twice and nesting costs no recursion. Emphasis and links that hold nothing but
text, as most do, are told at a glance and wait for nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from generator.markdown.delimiters import Run, find_flanks, pair_runs
from generator.markdown.destinations import find_inline_target, find_reference, names_footnote
from generator.markdown.emoji import replace_emoji
from generator.markdown.escape import ENTITY, decode_entity, escape_text
from generator.markdown.patterns import PLAIN_CODE, Patterns, find_patterns
from generator.markdown.pieces import (
    CONTINUE_READING,
    EMPHASIS,
    HARD_BREAK,
    LINK_CLOSE,
    SOFT_BREAK,
    alternative_text,
    image,
    make_markup,
    make_raw,
)
from generator.markdown.surroundings import Surroundings
from generator.markdown.tags import AUTOLINK, EMAIL, HtmlFinder

_BLANKS = " \t\x0b\x0c"
_RUN = re.compile(r"(.)\1*")
_BACKTICKS = re.compile("`+")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class _Bracket:
    """An opening `[` or `![`. at: index of its piece; start: offset of the `[`; runs: how many runs came before."""

    __slots__ = ("at", "is_image", "runs", "start")

    def __init__(self, at: int, start: int, runs: int, is_image: bool) -> None:
        self.at = at
        self.start = start
        self.runs = runs
        self.is_image = is_image


def render_inline(text: str, surroundings: Surroundings) -> list[str]:
    """Return the pieces of one text. Escaped text is `str` itself, all else is `Markup`."""
    patterns = find_patterns(surroundings.markdown.smart_punctuation)
    if surroundings.verbatim and patterns.find_special(text, 0) is None and ">" not in text:
        return [text] if text else []
    scanner = _Scanner(text, surroundings, patterns)
    scanner.scan()
    return scanner.pieces


class _Scanner:
    """The state of one text's scan.

    position: next character. run_start: text not yet put out. spent: how many of the brackets lie around a link
    already made, and may become no link themselves.
    """

    position = run_start = spent = 0
    html: HtmlFinder | None = None
    backticks: dict[int, list[int]] | None = None

    def __init__(self, text: str, surroundings: Surroundings, patterns: Patterns) -> None:
        self.text = text
        self.around = surroundings
        self.patterns = patterns
        self.pieces: list[str] = []
        self.runs: list[Run] = []
        self.brackets: list[_Bracket] = []

    def scan(self) -> None:
        text, find_special = self.text, self.patterns.find_special
        while match := find_special(text, self.position):
            start = match.start()
            _HANDLERS[text[start]](self, start)
        self.position = len(text)
        self.put_text(len(text))
        if self.runs:
            pair_runs(self.pieces, self.runs)

    def put_text(self, end: int) -> None:
        """Put out the text up to `end`."""
        start = self.run_start
        if start == end:
            return
        self.put(self.text[start:end])

    def put(self, run: str) -> None:
        """Put out a run of plain text."""
        if not self.around.verbatim:
            if self.around.markdown.render_emoji and ":" in run:
                run = replace_emoji(run)
            if "@@" in run and self.around.expansion.marks is not None:
                self._put_shortcodes(run)
                return
        if "&" in run or "<" in run or ">" in run:
            run = escape_text(run)
        self.pieces.append(run)

    def _put_shortcodes(self, run: str) -> None:
        for index, part in enumerate(self.around.expansion.split(run)):
            if part:
                self.pieces.append(make_raw(part) if index % 2 else escape_text(part))

    def put_piece(self, start: int, piece: str, end: int) -> None:
        """Put out the text up to `start` and then `piece`, which stands for all up to `end`."""
        self.put_text(start)
        self.pieces.append(piece)
        self.position = self.run_start = end

    def line_break(self, start: int) -> None:
        line = self.text[self.run_start : start]
        kept = line.rstrip(_BLANKS)
        if kept:
            self.put(kept)
        self.pieces.append(HARD_BREAK if len(line) - len(kept) >= 2 else SOFT_BREAK)
        self._start_line(start + 1)

    def _start_line(self, position: int) -> None:
        text = self.text
        while text.startswith((" ", "\t"), position):
            position += 1
        self.position = self.run_start = position

    def backslash(self, start: int) -> None:
        following = self.text[start + 1 : start + 2]
        if following == "\n":
            self.put_text(start)
            self.pieces.append(HARD_BREAK)
            self._start_line(start + 2)
        elif following in _PUNCTUATION:
            self.put_text(start)
            self.run_start = start + 1
            self.position = start + 2
        else:
            self.position = start + 1

    def delimiter(self, start: int) -> None:
        emphasis = self.patterns.emphasis.get(self.text[start])
        if emphasis and (plain := emphasis.match(self.text, start)):
            opening, closing = EMPHASIS[len(plain[1])]
            self.put_text(start)
            self.pieces.append(opening)
            self.put(plain[2])
            self.pieces.append(closing)
            self.position = self.run_start = plain.end()
            return
        end = self._find_run_end(start)
        can_open, can_close = self._find_flanks(start, end)
        if (can_open or can_close) and (end - start <= 2 or self.text[start] != "~"):
            self._put_run(start, end, can_open, can_close)
        else:
            self.position = end

    def quote(self, start: int) -> None:
        self._put_run(start, start + 1, *self._find_flanks(start, start + 1))

    def _find_run_end(self, start: int) -> int:
        text, end = self.text, start + 1
        if text.startswith(text[start], end):
            run = _RUN.match(text, start)
            assert run is not None
            end = run.end()
        return end

    def _find_flanks(self, start: int, end: int) -> tuple[bool, bool]:
        text = self.text
        return find_flanks(text[start], end - start, text[start - 1] if start else "", text[end : end + 1])

    def _put_run(self, start: int, end: int, can_open: bool, can_close: bool) -> None:
        self.put_text(start)
        self.runs.append(Run(len(self.pieces), self.text[start], end - start, can_open, can_close))
        self.pieces.append(self.text[start:end])
        self.position = self.run_start = end

    def dash(self, start: int) -> None:
        end = self._find_run_end(start)
        if end - start == 1:
            self.position = end
            return
        ems, ens = _count_dashes(end - start)
        self.put_piece(start, "—" * ems + "–" * ens, end)

    def dot(self, start: int) -> None:
        if self.text.startswith("...", start):
            self.put_piece(start, "…", start + 3)
        else:
            self.position = start + 1

    def backtick(self, start: int) -> None:
        if plain := PLAIN_CODE.match(self.text, start):
            self._put_code(start, plain[1], plain.end())
            return
        opened = self._find_run_end(start)
        length = opened - start
        closed = self._find_backticks(length, opened)
        if closed is None:
            self.position = opened
        else:
            self._put_code(start, self.text[opened:closed], closed + length)

    def _put_code(self, start: int, code: str, end: int) -> None:
        code = code.replace("\n", " ")
        if code[0] == " " == code[-1] and code.strip(" "):
            code = code[1:-1]
        code = self.around.expansion.insert(code)
        self.put_piece(start, make_markup(f"<code>{escape_text(code)}</code>", code), end)

    def _find_backticks(self, length: int, position: int) -> int | None:
        if self.backticks is None:
            self.backticks = {}
            for run in _BACKTICKS.finditer(self.text):
                self.backticks.setdefault(len(run[0]), []).append(run.start())
        starts = self.backticks.get(length, [])
        index = bisect_left(starts, position)
        return starts[index] if index < len(starts) else None

    def entity(self, start: int) -> None:
        match = ENTITY.match(self.text, start)
        decoded = decode_entity(match) if match else None
        if match is None or decoded is None:
            self.position = start + 1
        else:
            self.put_piece(start, escape_text(decoded), match.end())

    def less_than(self, start: int) -> None:
        text = self.text
        if match := AUTOLINK.match(text, start):
            url = self.around.expansion.insert(match[1])
            self._put_autolink(start, self.around.links.open(url, "", text, start), match)
        elif match := EMAIL.match(text, start):
            self._put_autolink(start, self.around.links.open_email(match[1]), match)
        elif (end := self._find_html_end(start)) is not None:
            self._put_html(start, end)
        else:
            self.put_text(start)
            self.run_start = start
            self.position = start + 1

    def _find_html_end(self, start: int) -> int | None:
        self.html = self.html or HtmlFinder(self.text)
        return self.html.find_end(start)

    def _put_autolink(self, start: int, tag: str, match: re.Match[str]) -> None:
        self.put_piece(start, tag, match.end())
        self.put(match[1])
        self.pieces.append(LINK_CLOSE)

    def _put_html(self, start: int, end: int) -> None:
        html = self.text[start:end]
        if self.around.take_summary_end(html):
            self.put_piece(start, CONTINUE_READING, end)
            return
        html = self.around.expansion.insert(html)
        self.put_piece(start, make_raw(html, html), end)

    def bang(self, start: int) -> None:
        if self.text.startswith("[", start + 1):
            self._open_bracket(start, start + 1, is_image=True)
        else:
            self.position = start + 1

    def open_bracket(self, start: int) -> None:
        plain = self.patterns.link.match(self.text, start)
        if plain is None:
            self._open_bracket(start, start, is_image=False)
            return
        self.put_text(start)
        self.pieces.append(self.around.links.open(self.around.expansion.insert(plain[2]), "", self.text, start))
        self.put(plain[1])
        self.pieces.append(LINK_CLOSE)
        self.spent = len(self.brackets)
        self.position = self.run_start = plain.end()

    def _open_bracket(self, start: int, bracket: int, *, is_image: bool) -> None:
        self.put_text(start)
        self.brackets.append(_Bracket(len(self.pieces), bracket, len(self.runs), is_image))
        self.pieces.append("![" if is_image else "[")
        self.position = self.run_start = bracket + 1

    def close_bracket(self, start: int) -> None:
        self.put_text(start)
        self.position = self.run_start = start + 1
        if not self.brackets:
            self.pieces.append("]")
            return
        bracket = self.brackets.pop()
        spent = len(self.brackets) < self.spent
        self.spent = min(self.spent, len(self.brackets))
        if (spent and not bracket.is_image) or not self._resolve(bracket, start):
            self.pieces.append("]")

    def _resolve(self, bracket: _Bracket, start: int) -> bool:
        """Turn what stands in the brackets into a link, an image or a footnote's mark, where it is one."""
        target = find_inline_target(self.text, start + 1)
        if target is not None:
            url, title, end = target
            self._put_link(bracket, url, title, end)
            return True
        label, end = find_reference(self.text, bracket.start, start)
        if names_footnote(label):
            return self._put_footnote(bracket, label[1:])
        found = self.around.find_definition(label) if label else None
        if found is None:
            return False
        self._put_link(bracket, *found, end)
        return True

    def _put_link(self, bracket: _Bracket, url: str, title: str, end: int) -> None:
        inner = self.runs[bracket.runs :]
        del self.runs[bracket.runs :]
        if inner:
            pair_runs(self.pieces, inner)
        if bracket.is_image:
            self._put_image(bracket, url, title)
        else:
            expand = self.around.expansion.insert
            self.pieces[bracket.at] = self.around.links.open(expand(url), expand(title), self.text, bracket.start)
            self.pieces.append(LINK_CLOSE)
            self.spent = len(self.brackets)
        self.position = self.run_start = end

    def _put_image(self, bracket: _Bracket, url: str, title: str) -> None:
        alternative = alternative_text(self.pieces[bracket.at + 1 :])
        del self.pieces[bracket.at :]
        url = self.around.expansion.insert(url)
        source = self.around.links.resolve_image(url)
        title = self.around.expansion.insert(title)
        self.pieces.append(image(source, alternative, title, lazy=self.around.markdown.lazy_async_image))

    def _put_footnote(self, bracket: _Bracket, name: str) -> bool:
        if not self.around.footnotes.knows(name):
            return False
        del self.pieces[bracket.at :]
        del self.runs[bracket.runs :]
        if bracket.is_image:
            self.pieces.append("!")
        self.pieces.append(self.around.footnotes.refer(self.around.expansion.insert(name)))
        self.brackets.clear()
        self.spent = 0
        return True


def _count_dashes(length: int) -> tuple[int, int]:
    """Return how many em and en dashes stand for a run of hyphens."""
    if length % 3 == 0:
        return length // 3, 0
    if length % 2 == 0:
        return 0, length // 2
    return (length // 3 - 1, 2) if length % 3 == 1 else (length // 3, 1)


_HANDLERS: dict[str, Callable[[_Scanner, int], None]] = {
    "\n": _Scanner.line_break,
    "\\": _Scanner.backslash,
    "*": _Scanner.delimiter,
    "_": _Scanner.delimiter,
    "~": _Scanner.delimiter,
    "`": _Scanner.backtick,
    "[": _Scanner.open_bracket,
    "]": _Scanner.close_bracket,
    "!": _Scanner.bang,
    "<": _Scanner.less_than,
    "&": _Scanner.entity,
    "'": _Scanner.quote,
    '"': _Scanner.quote,
    "-": _Scanner.dash,
    ".": _Scanner.dot,
}
