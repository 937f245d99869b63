"""Text with shortcode calls → text and calls in order; what is no call, or is escaped, stays text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from generator.errors import SiteError

_OPENING = re.compile(r"\{[{%](?:/\*)?")
_SPACE = re.compile(r"[ \t\r\n]*+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*+")
_LITERAL = re.compile(
    r"(?P<boolean>true|false)|(?P<string>\"[^\"]*+\"|'[^']*+'|`[^`]*+`)"
    r"|(?P<float>-?(?:0|[1-9][0-9]*+)\.[0-9]++)|(?P<integer>-?(?:0|[1-9][0-9]*+))|(?P<array>\[)"
)
_MAX_INTEGER = 2**63 - 1
_MAX_NESTING = 100


class Literal(Struct, frozen=True):
    """Text between calls. offset: of the source it stands for; shorter than it where an escape was taken off."""

    text: str
    offset: int


class Call(Struct, frozen=True, kw_only=True):
    """One shortcode call. offset, end: where it stands in the text. nth: how many of its name came before, plus one.

    body: None for a call without one.
    """

    name: str
    arguments: Mapping[str, Any]
    nth: int
    offset: int
    end: int
    body: tuple[Literal | Call, ...] | None = None


Fail = Callable[[str, int, str], SiteError]


def parse_shortcodes(text: str, fail: Fail) -> list[Literal | Call]:
    """Return the parts of a text.

    fail: message, offset, hint → the error to raise. Raises: SiteError, for a body without end or without text.
    """
    return _Parser(text, fail).parse()


class _Frame(Struct):
    """A body that waits for its end, with the parts that stand before its call. start: where the body starts."""

    name: str
    arguments: Mapping[str, Any]
    nth: int
    offset: int
    start: int
    outer: list[Literal | Call]


class _Parser:
    """The state of one text's parse. literal_start: offset of text that is not among the parts yet."""

    def __init__(self, text: str, fail: Fail) -> None:
        self._text = text
        self._fail = fail
        self._parts: list[Literal | Call] = []
        self._literal_start = 0
        self._frames: list[_Frame] = []
        self._counts: Counter[str] = Counter()

    def parse(self) -> list[Literal | Call]:
        position = 0
        while match := _OPENING.search(self._text, position):
            end = _READERS[match[0]](self, match.start(), match.end())
            position = match.start() + 1 if end is None else end
        if self._frames:
            frame = self._frames[-1]
            raise self._fail(
                f"The shortcode `{frame.name}` is never closed",
                frame.offset,
                "Write `{% end %}` after its body, or `{{ … }}` for a call without one.",
            )
        self._put_literal(len(self._text))
        return self._parts

    def _put_literal(self, end: int) -> None:
        if self._literal_start < end:
            self._parts.append(Literal(self._text[self._literal_start : end], self._literal_start))
        self._literal_start = end

    def _count(self, name: str) -> int:
        self._counts[name] += 1
        return self._counts[name]

    def _read_inline(self, start: int, position: int) -> int | None:
        call = self._read_call(position, "}}")
        if call is None:
            return None
        name, arguments, end = call
        self._put_literal(start)
        self._parts.append(Call(name=name, arguments=arguments, nth=self._count(name), offset=start, end=end))
        self._literal_start = end
        return end

    def _read_escaped_inline(self, start: int, position: int) -> int | None:
        call = self._read_call(position, "*/}}")
        if call is not None:
            self._put_unescaped(start, call[2], "{{", "}}")
        return None if call is None else call[2]

    def _put_unescaped(self, start: int, end: int, opening: str, closing: str) -> None:
        """Put `{{/* … */}}` or its like as text, without the marks of a comment."""
        self._put_literal(start)
        self._parts.append(Literal(opening + self._text[start + 4 : end - 4] + closing, start))
        self._literal_start = end

    def _read_block(self, start: int, position: int) -> int | None:
        end = self._read_end(position, "%}")
        if end is not None:
            self._close(start, end)
            return end
        call = self._read_call(position, "%}")
        if call is None:
            return None
        name, arguments, end = call
        if len(self._frames) == _MAX_NESTING:
            raise self._fail(f"Shortcodes are nested more than {_MAX_NESTING} deep", start, "")
        self._put_literal(start)
        self._frames.append(_Frame(name, arguments, self._count(name), start, end, self._parts))
        self._parts = []
        self._literal_start = end
        return end

    def _close(self, start: int, end: int) -> None:
        if not self._frames:
            raise self._fail(
                "`{% end %}` closes no shortcode", start, "Write `{%/* end */%}` where it is meant to be text."
            )
        frame = self._frames.pop()
        if not self._text[frame.start : start].strip(" \t\r\n"):
            raise self._fail(
                f"The shortcode `{frame.name}` has an empty body",
                frame.offset,
                f"Call it without one: `{{{{ {frame.name}() }}}}`.",
            )
        self._put_literal(start)
        body = tuple(_trim(self._parts))
        self._parts = frame.outer
        self._literal_start = end
        self._parts.append(
            Call(name=frame.name, arguments=frame.arguments, nth=frame.nth, offset=frame.offset, end=end, body=body)
        )

    def _read_escaped_block(self, start: int, position: int) -> int | None:
        """Put a block whose tags are escaped as text, with all that stands inside; an end alone, too."""
        end = self._read_end(position, "*/%}")
        if end is not None:
            self._put_unescaped(start, end, "{%", "%}")
            return end
        call = self._read_call(position, "*/%}")
        if call is None:
            return None
        closing = self._find_escaped_end(call[2])
        if closing is None:
            raise self._fail(
                f"The escaped shortcode `{call[0]}` is never closed", start, "Write `{%/* end */%}` after its body."
            )
        self._put_unescaped(start, call[2], "{%", "%}")
        self._put_literal(closing[0])
        self._put_unescaped(*closing, "{%", "%}")
        return closing[1]

    def _find_escaped_end(self, position: int) -> tuple[int, int] | None:
        depth = 1
        while (start := self._text.find("{%/*", position)) >= 0:
            position = start + 4
            if (end := self._read_end(position, "*/%}")) is not None:
                depth -= 1
                if not depth:
                    return start, end
            elif self._read_call(position, "*/%}") is not None:
                depth += 1
        return None

    def _skip_space(self, position: int) -> int:
        match = _SPACE.match(self._text, position)
        return match.end() if match else position

    def _read_end(self, position: int, closing: str) -> int | None:
        position = self._skip_space(position)
        if not self._text.startswith("end", position):
            return None
        position = self._skip_space(position + 3)
        return position + len(closing) if self._text.startswith(closing, position) else None

    def _read_call(self, position: int, closing: str) -> tuple[str, Mapping[str, Any], int] | None:
        """Read `name(key=value, …)` and what closes the tag."""
        name = _NAME.match(self._text, self._skip_space(position))
        if name is None:
            return None
        position = self._skip_space(name.end())
        if not self._text.startswith("(", position):
            return None
        read = self._read_arguments(self._skip_space(position + 1))
        if read is None:
            return None
        arguments, position = read
        position = self._skip_space(position)
        return (name[0], arguments, position + len(closing)) if self._text.startswith(closing, position) else None

    def _read_arguments(self, position: int) -> tuple[Mapping[str, Any], int] | None:
        """Read up to the closing parenthesis. Zola: a comma between arguments may be missing, none may trail."""
        arguments: dict[str, Any] = {}
        comma = False
        while key := _NAME.match(self._text, position):
            position = self._skip_space(key.end())
            if not self._text.startswith("=", position):
                return None
            value = self._read_literal(self._skip_space(position + 1))
            if value is None:
                return None
            arguments[key[0]], position = value
            position = self._skip_space(position)
            if comma := self._text.startswith(",", position):
                position = self._skip_space(position + 1)
        return None if comma or not self._text.startswith(")", position) else (arguments, position + 1)

    def _read_literal(self, position: int) -> tuple[Any, int] | None:
        arrays: list[list[Any]] = []
        while True:
            value: Any
            if arrays and self._text.startswith("]", position):
                value, position = arrays.pop(), position + 1
            else:
                match = _LITERAL.match(self._text, position)
                if match is None:
                    return None
                position = match.end()
                if match.lastgroup == "array":
                    if len(arrays) == _MAX_NESTING:
                        raise self._fail(f"Arrays are nested more than {_MAX_NESTING} deep", match.start(), "")
                    arrays.append([])
                    position = self._skip_space(position)
                    continue
                value = self._convert(match)
            if not arrays:
                return value, position
            arrays[-1].append(value)
            position = self._skip_space(position)
            if self._text.startswith(",", position):
                position = self._skip_space(position + 1)
            elif not self._text.startswith("]", position):
                return None

    def _convert(self, match: re.Match[str]) -> Any:
        text = match[0]
        if match.lastgroup == "boolean":
            return text == "true"
        if match.lastgroup == "string":
            return text[1:-1]
        if match.lastgroup == "float":
            return float(text)
        # Longer numbers are refused before they are read: `int` is slow on thousands of digits.
        if len(text) > len(str(_MAX_INTEGER)) + 1 or not -_MAX_INTEGER - 1 <= int(text) <= _MAX_INTEGER:
            raise self._fail(f"The number {text[:40]} is too large", match.start(), "Write it as a string.")
        return int(text)


def _trim(parts: list[Literal | Call]) -> list[Literal | Call]:
    """Return a body's parts without white space at its ends."""
    if parts and isinstance(first := parts[0], Literal):
        stripped = first.text.lstrip()
        parts = [Literal(stripped, first.offset + len(first.text) - len(stripped)), *parts[1:]]
    if parts and isinstance(last := parts[-1], Literal):
        parts = [*parts[:-1], Literal(last.text.rstrip(), last.offset)]
    return parts


_READERS: Mapping[str, Callable[[_Parser, int, int], int | None]] = {
    "{{": _Parser._read_inline,
    "{{/*": _Parser._read_escaped_inline,
    "{%": _Parser._read_block,
    "{%/*": _Parser._read_escaped_block,
}
