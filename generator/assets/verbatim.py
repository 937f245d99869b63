"""What Zola's Sass compiler sees in a source and Dart Sass does not: marked for that one, unmarked in its CSS."""

from __future__ import annotations

import re

_MARK = "hanji-verbatim-"
_PLUS = f"{_MARK}plus"
# Parentheses within parentheses, as deep as style sheets go.
_NESTED = r"\((?:[^()]++|\((?:[^()]++|\((?:[^()]++|\((?:[^()]++|\([^()]*+\))*+\))*+\))*+\))*+\)"
_CALCULATION = rf"(?:-\w+-)?(?:calc|clamp|min|max){_NESTED}"
_COMMENT = r"//[^\n]*+|/\*.*?\*/"
_STRING = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
_INTERPOLATED = r"\#\{(?:[^{}]|\{[^{}]*\})*\}"
# In the indented syntax a declaration ends with its line, which is not to be known here from a longer one.
_CUSTOM_VALUE = rf"""(?:[^;{{}}\#"'\n]++|{_INTERPOLATED}|\#|{_STRING}|(?<=[:,(/])\n)*+"""
_EXTENDED = rf"""(?:[^;{{}}\#!"'/,\n]++|,(?:\s|{_COMMENT})*+|{_INTERPOLATED}|\#|{_STRING})++"""
_SOURCE = re.compile(
    rf"""
    (?P<statements>(?:\A|(?<=[;{{}}]))(?:\s++|{_COMMENT})++)
    | (?P<skipped>//[^\n]* | /\*.*?\*/ | {_STRING})
    | (?P<custom>(?<=[\s;{{])--(?:[\w-]|{_INTERPOLATED})+[ ]*:{_CUSTOM_VALUE})
    | (?P<calculation>(?<![\w-]){_CALCULATION})
    | (?P<plus>(?<=[\w-])(?:\+\+[ ]*(?![\d$(])|[ ]*\+[ ]*\+[ ]*(?=[{{,])))
    | (?P<extend>@extend\b{_EXTENDED})(?!!)
    | @import\s+url\((?P<import>[^()\n]*)\)
    """,
    re.VERBOSE | re.DOTALL,
)
_INTERPOLATION = re.compile(_INTERPOLATED)
_CUSTOM_PART = re.compile(rf"(?P<calculation>(?<![\w-]){_CALCULATION})|{_INTERPOLATED}")
# What is interpolated in `var()` leaves the calculation around it one.
_VARIABLE = re.compile(rf"\bvar{_NESTED}")
_VALUE = re.compile(r"<([^<>]*)>")
_LEADING_ZERO = re.compile(r"(?<![\w.#])0(?=\.\d)")
_IMPORTED = re.compile(rf"""(["'])//{_MARK}url\((.*)\)\1""")
_ANY_COMMENT = re.compile(_COMMENT, re.DOTALL)
_COMMENT_MARK = re.compile(rf"/\*!{_MARK}comment\s*\*/")

MARKED = rf"{_MARK}{_CALCULATION}"
"""A marked calculation, as a regular expression."""

INTERPOLATED = re.compile(r"hanji<(.*?)\|hanji-(\w+)>", re.DOTALL)
"""A marked interpolation in a custom property: its value and its type."""


def mark_verbatim(source: str) -> str:
    """Mark calculations and custom properties with interpolations, imports by `url()`, comments, `@extend`, `.c++`.

    Zola: a comment between statements leaves nothing but what it parts: a semicolon before it, a rule around it.
    `@extend` of a selector that is nowhere does nothing. Themes for code name classes after the language C++.
    """
    return _SOURCE.sub(_mark, source)


def _mark(match: re.Match[str]) -> str:
    if match.lastgroup == "calculation":
        return _mark_calculation(match[0])
    if match.lastgroup == "custom":
        name, _, value = match[0].partition(":")
        return f"{name}:{_CUSTOM_PART.sub(_mark_custom_part, value)}"
    if match.lastgroup == "import":
        return _mark_import(match)
    if match.lastgroup == "plus":
        return _PLUS
    if match.lastgroup == "extend":
        return f"{match[0].rstrip()} !optional "
    if match.lastgroup == "statements":
        return _ANY_COMMENT.sub(_mark_comment, match[0])
    return match[0]


def _mark_calculation(text: str) -> str:
    """Make a string of it, since what is interpolated is text; its values in angle brackets."""
    if not _INTERPOLATION.search(_VARIABLE.sub("", text)):
        return text
    marked = _INTERPOLATION.sub(lambda value: f"<{value[0]}>", text)
    return f'#{{"{_MARK}{marked}"}}'


def _mark_custom_part(part: re.Match[str]) -> str:
    """Let the CSS tell the type of what is interpolated: Zola's compiler compresses all but text."""
    if part.lastgroup == "calculation":
        return _mark_calculation(part[0])
    value = part[0][2:-1]
    is_plain = "//" not in value and "/*" not in value
    return f"hanji<#{{{value}}}|hanji-#{{type-of(({value}))}}>" if is_plain else part[0]


def _mark_import(match: re.Match[str]) -> str:
    """Write the address as a string, from which Dart Sass does not take the `url()` away."""
    address = match["import"]
    quote = "'" if '"' in address else '"'
    return match[0] if quote in address or "#{" in address else f"@import {quote}//{_MARK}url({address}){quote}"


def _mark_comment(match: re.Match[str]) -> str:
    """Write the comment as one that stays in compressed CSS, on as many lines."""
    text = match[0]
    if text.startswith(("//", "/*!")):
        return text
    lines = "\n" * text.count("\n")
    return f"/*!{_MARK}comment{lines}*/"


def unmark_sheet(css: str) -> str:
    """Take marked comments away, and write selectors as they were."""
    return _COMMENT_MARK.sub("", css).replace(_PLUS, "++")


def unmark_calculation(text: str) -> str:
    """Return a calculation as it was written, with its values in, those that are calculations themselves too."""
    while "<" in text:
        text, count = _VALUE.subn(_unmark_value, text)
        if not count:
            break
    return text.removeprefix(_MARK)


def _unmark_value(value: re.Match[str]) -> str:
    inner = value[1]
    return inner.removeprefix(_MARK) if inner.startswith(_MARK) else _LEADING_ZERO.sub("", inner)


def unmark_import(text: str) -> str:
    """Return the address of an import as it was written, its quotes doubled."""
    marked = _IMPORTED.fullmatch(text)
    if not marked:
        return text
    address = marked[2].strip()
    is_single = address[:1] == "'" and '"' not in address
    return f'url("{address[1:-1]}")' if is_single else f"url({address})"
