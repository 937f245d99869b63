"""Zola's filters: `markdown`, `base64_encode`, `base64_decode`, `regex_replace` and `num_format`."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from generator.errors import SiteError
from generator.templating.functions.arguments import Arguments
from generator.tera.errors import CallError
from generator.text.rust_regex import PatternError, compile_pattern, replace_all

_I64 = 2**63
_OPENING = re.compile(r"\A(?:<p>)+")
_CLOSING = re.compile(r"(?:</p>\n)+\Z")


def base64_encode(value: Any, _args: Mapping[str, Any]) -> str:
    return base64.b64encode(_text("base64_encode", value).encode()).decode()


def base64_decode(value: Any, _args: Mapping[str, Any]) -> str:
    """Decode the standard alphabet. Zola: padding must be there, and bits that count for nothing must be 0."""
    text = _text("base64_decode", value)
    try:
        data = base64.b64decode(text.encode(), validate=True)
        if base64.b64encode(data) != text.encode():
            raise CallError("`base64_decode`: failed to decode: the last symbol stands for more than it holds")
        return data.decode()
    except binascii.Error as error:
        raise CallError(f"`base64_decode`: failed to decode: {error}") from error
    except UnicodeDecodeError as error:
        raise CallError(f"`base64_decode`: invalid utf-8: byte {error.start}") from error


def regex_replace(value: Any, args: Mapping[str, Any]) -> str:
    """Replace what matches `pattern` by `rep`, both as Rust writes them."""
    text = _text("regex_replace", value)
    arguments = Arguments("regex_replace", args)
    pattern, replacement = arguments.text("pattern"), arguments.text("rep")
    try:
        return replace_all(_compiled(pattern), text, replacement)
    except PatternError as error:
        raise arguments.error(f"failed to compile regex: {error}") from error


_compiled = cache(compile_pattern)


class NumFormat(Struct, frozen=True, kw_only=True):
    """`num_format(locale=…)`: a whole number with its digits grouped. Zola: the site's default language, else."""

    default_language: str

    def __call__(self, value: Any, args: Mapping[str, Any]) -> str:
        locale = Arguments("num_format", args).text_or("locale", self.default_language)
        if not isinstance(value, int) or isinstance(value, bool) or not -_I64 <= value < _I64:
            raise _wrong("num_format", value, "i64")
        written = _number_formats().get(locale.replace("_", "-"))
        if written is None:
            raise CallError(f"Filter `num_format` was called with an invalid `locale` argument: `{locale}`.")
        return _grouped(value, written)


class Markdown(Struct, frozen=True, kw_only=True):
    """`markdown(inline=false)`: a text rendered as one of the site's documents, shortcodes too.

    render: text → HTML; raises SiteError.
    """

    render: Callable[[str], str]

    def __call__(self, value: Any, args: Mapping[str, Any]) -> str:
        text = _text("markdown", value)
        inline = Arguments("markdown", args).flag("inline", False)
        try:
            html = self.render(text)
        except SiteError as error:
            raise CallError(f"Failed to render markdown filter: {error}") from error
        return _CLOSING.sub("", _OPENING.sub("", html)) if inline else html


class NumberFormat(NamedTuple):
    """A locale's digits: `separator` before the last three, then before every `size` more; 0 groups nothing."""

    separator: str
    size: int
    minus: str


@cache
def _number_formats() -> dict[str, NumberFormat]:
    """Return the formats by locale name, its parts joined by `-`."""
    file = Path(__file__).parent.parent / "data" / "number_formats.json"
    return {
        name: NumberFormat(separator, size, minus)
        for separator, size, minus, names in msgspec.json.decode(file.read_bytes())
        for name in names.split()
    }


def _grouped(value: int, written: NumberFormat) -> str:
    digits = str(abs(value))
    sign = written.minus if value < 0 else ""
    if not written.size:
        return sign + digits
    head, groups = digits[:-3], [digits[-3:]]
    while head:
        groups.append(head[-written.size :])
        head = head[: -written.size]
    return sign + written.separator.join(reversed(groups))


def _text(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise _wrong(name, value, "String")


def _wrong(name: str, value: Any, expected: str) -> CallError:
    import json

    shown = json.dumps(value, ensure_ascii=False, default=str)
    return CallError(f"Filter `{name}` was called on an incorrect value: got `{shown}` but expected a {expected}")
