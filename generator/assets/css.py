"""Compressed CSS of Dart Sass in, the same CSS in the shape of Zola's Sass compiler out."""

from __future__ import annotations

import re

from generator.assets.colours import shorten_colour
from generator.assets.verbatim import INTERPOLATED, MARKED, unmark_calculation, unmark_import, unmark_sheet

_BYTE_ORDER_MARK = "\ufeff"
_STRING = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
_OPAQUE = rf"""{_STRING}|/\*.*?\*/|url\([^)"']*\)"""
# What ends with `;` or `}` is a declaration or a statement, what ends with `{` is a selector or an at-rule's head.
_PIECE = re.compile(rf"((?:{_OPAQUE}|[^{{}};])+)([{{}};]|$)", re.DOTALL)
_COLOUR_FUNCTION = r"\b(?:rgb|hsl)a?\([\d.,% -]+\)"
# As filters these take a number, and hand it on as text.
_FILTER = r"\b(?:grayscale|invert|opacity|saturate)\([\d.]+%?\)"
_VALUE_PART = re.compile(
    rf"""
    (?P<opaque>{_OPAQUE}|{_FILTER})
    | (?P<marked>{MARKED})
    | (?P<colour>{_COLOUR_FUNCTION})
    | (?P<open>\() | (?P<close>\))
    | (?P<zero>(?<![\w.)\#-])(?P<sign>-?)0(?=\.\d))
    | (?P<word>(?<![\w-])(?:\#[0-9a-fA-F]+|[a-zA-Z]+)(?![\w(-]))
    """,
    re.VERBOSE | re.DOTALL,
)
_COMPUTED_COLOUR = re.compile(r"\brgba?\((?=(?:\d+, ?){0,2}\d+\.)[\d., ]+\)")
_ANY_MARKED = re.compile(MARKED)
_CALL = re.compile(r"(?!url\()[\w-]+\(.*\)", re.DOTALL)
_LIST_PART = re.compile(r"(?P<comma>, )|\([^()]*\)|(?P<colour>#[0-9a-fA-F]+(?![\w-]))")
_IMPORT = re.compile(rf"@import({_STRING})(.*)", re.DOTALL)
_KEYFRAMES = re.compile(r"(?:from|to|[\d.]+%)(?:,(?:from|to|[\d.]+%))+")
_CONDITION = re.compile(r"\)(and|or)(?= \()")


def reshape_css(css: str) -> str:
    """Return the CSS without the line end, its colours in whole numbers, its blanks where Zola's compiler has them.

    Dart Sass keeps fractions of a colour, which screens never show; it does not compress what is in a CSS function.
    """
    mark = _BYTE_ORDER_MARK if css.startswith(_BYTE_ORDER_MARK) else ""
    text = unmark_sheet(css.removeprefix(mark).removesuffix("\n"))
    text = INTERPOLATED.sub(lambda found: _compress(found[1], found[2]), text)
    reshaped = _PIECE.sub(lambda piece: _reshape_piece(piece[1], piece[2]) + _ending(piece), text)
    # What is left stands where no calculation belongs: in a string, or a selector.
    return mark + _unmark_all(reshaped)


def _reshape_piece(text: str, end: str) -> str:
    if text.startswith("@"):
        return _reshape_at_rule(text)
    if end == "{" or ":" not in text:
        return text.replace(",", ", ") if _KEYFRAMES.fullmatch(text) else text
    if text.startswith("--"):
        return _COMPUTED_COLOUR.sub(lambda colour: shorten_colour(colour[0]), text)
    name, _, value = text.partition(":")
    return f"{name}:{_reshape_value(value)}"


def _ending(piece: re.Match[str]) -> str:
    """Return what stands behind a piece: Zola's compiler ends the last at-rule too, and sets an empty block apart."""
    if not piece[1].startswith("@"):
        return piece[2]
    if piece[2] == "{" and piece.string.startswith("}", piece.end()):
        return " {"
    return piece[2] or ";"


def _reshape_at_rule(text: str) -> str:
    imported = _IMPORT.fullmatch(text)
    if imported:
        return f"@import {unmark_import(imported[1])} {imported[2]}".rstrip()
    if text.startswith(("@media", "@supports")):
        text = re.sub(r"^@(media|supports)\(", r"@\1 (", text)
        text = _CONDITION.sub(r") \1", text)
    return text


def _unmark_all(text: str) -> str:
    return _ANY_MARKED.sub(lambda marked: unmark_calculation(marked[0]), text)


def _compress(value: str, kind: str) -> str:
    """Return an interpolated value of a Sass type as that type is compressed."""
    if kind == "color":
        return shorten_colour(value)
    is_text = kind == "string" and not _CALL.fullmatch(value)
    if is_text or kind not in ("number", "list", "calculation", "string"):
        return value
    reshaped = _reshape_value(value)
    if kind == "list":
        # Names of colours are left alone: here a font may be called so, without quotes around it.
        return _LIST_PART.sub(lambda part: "," if part["comma"] else shorten_colour(part[0]), reshaped)
    return reshaped.replace(", ", ",") if kind == "calculation" else reshaped


def _reshape_value(value: str) -> str:
    depth = 0

    def reshape(part: re.Match[str]) -> str:
        nonlocal depth
        kind = part.lastgroup
        depth += (kind == "open") - (kind == "close")
        if kind == "marked":
            return unmark_calculation(part[0])
        if kind == "colour" or (kind == "word" and depth):
            return shorten_colour(part[0])
        return part["sign"] if kind == "zero" else part[0]

    return _VALUE_PART.sub(reshape, value)
