"""Filters of strings, and those that make one of any value."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any
from urllib.parse import quote

from generator.tera.arguments import Arguments, boolean, floating, integer, natural, string, string_value
from generator.tera.errors import CallError
from generator.tera.runtime.escaping import escape as escape_html
from generator.tera.runtime.escaping import plain
from generator.tera.runtime.printing import show, to_json
from generator.tera.runtime.text import SPACE, cut_graphemes
from generator.tera.runtime.values import I64_MAX, I64_MIN, is_number
from generator.text.rust_regex import compile_pattern
from generator.text.slug import slugify as make_slug

_TAGS = re.compile(r"<!--.*?-->|<[^>]*>")
_BETWEEN_TAGS = re.compile(f">[{re.escape(SPACE)}]+<")
_WORDS = re.compile(r"\b([\w'])([\w']*)\b")
_BLANK = re.compile(f"[{re.escape(SPACE)}]+")
_FLOAT = re.compile(r"[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|inf|infinity|nan)", re.ASCII | re.IGNORECASE)
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PREFIXES = {2: "0b", 8: "0o", 16: "0x"}


def upper(value: Any, _: Arguments) -> str:
    return string_value("upper", value).upper()


def lower(value: Any, _: Arguments) -> str:
    return string_value("lower", value).lower()


def capitalize(value: Any, _: Arguments) -> str:
    """Return the first character in upper case, the rest in lower case."""
    text = string_value("capitalize", value)
    return text[:1].upper() + text[1:].lower()


def title(value: Any, _: Arguments) -> str:
    """Return each word with its first letter in upper case, the rest in lower case."""
    text = string_value("title", value)
    words = _WORDS if text.isascii() else _unicode_words()
    return words.sub(lambda word: word[1].upper() + word[2].lower(), text)


def trim(value: Any, _: Arguments) -> str:
    return string_value("trim", value).strip(SPACE)


def trim_start(value: Any, _: Arguments) -> str:
    return string_value("trim_start", value).lstrip(SPACE)


def trim_end(value: Any, _: Arguments) -> str:
    return string_value("trim_end", value).rstrip(SPACE)


def trim_start_matches(value: Any, args: Arguments) -> str:
    """Return a string without `pat` at its start, however often it stands there."""
    text, pattern = string_value("trim_start_matches", value), _pattern("trim_start_matches", args, "pat")
    while pattern and text.startswith(pattern):
        text = text[len(pattern) :]
    return text


def trim_end_matches(value: Any, args: Arguments) -> str:
    """Return a string without `pat` at its end, however often it stands there."""
    text, pattern = string_value("trim_end_matches", value), _pattern("trim_end_matches", args, "pat")
    while pattern and text.endswith(pattern):
        text = text[: -len(pattern)]
    return text


def truncate(value: Any, args: Arguments) -> str:
    """Return the first `length` characters as a reader counts them, followed by `end` if that is not all."""
    text = string_value("truncate", value)
    length = natural("truncate", args, "length", 255)
    end = string("truncate", args, "end", "…")
    beginning = cut_graphemes(text, length)
    return text if beginning is None else beginning + end


def wordcount(value: Any, _: Arguments) -> int:
    return sum(1 for word in _BLANK.split(string_value("wordcount", value)) if word)


def replace(value: Any, args: Arguments) -> str:
    text = string_value("replace", value)
    return text.replace(string("replace", args, "from"), string("replace", args, "to"))


def addslashes(value: Any, _: Arguments) -> str:
    return string_value("addslashes", value).replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'")


def slugify(value: Any, _: Arguments) -> str:
    return make_slug(string_value("slugify", value))


def linebreaksbr(value: Any, _: Arguments) -> str:
    return string_value("linebreaksbr", value).replace("\r\n", "<br>").replace("\n", "<br>")


def indent(value: Any, args: Arguments) -> str:
    """Return a string with `prefix` before its lines: not the first without `first`, no blank one without `blank`."""
    text = string_value("indent", value)
    prefix = string("indent", args, "prefix", "    ")
    first, blank = boolean("indent", args, "first", False), boolean("indent", args, "blank", False)
    lines = text.removesuffix("\n").split("\n") if text else []
    indented = [
        (prefix if (first if number == 0 else blank or line.strip(SPACE)) else "") + line
        for number, line in enumerate(line.removesuffix("\r") for line in lines)
    ]
    return "\n".join(indented)


def striptags(value: Any, _: Arguments) -> str:
    return _TAGS.sub("", string_value("striptags", value))


def spaceless(value: Any, _: Arguments) -> str:
    return _BETWEEN_TAGS.sub("><", string_value("spaceless", value))


def urlencode(value: Any, _: Arguments) -> str:
    """Return a string percent-encoded, but for letters, digits and `- . _ ~ / %`."""
    return quote(string_value("urlencode", value), safe="/%")


def urlencode_strict(value: Any, _: Arguments) -> str:
    """Return a string percent-encoded, but for letters and digits."""
    text = quote(string_value("urlencode_strict", value), safe="")
    return text.replace("-", "%2D").replace(".", "%2E").replace("_", "%5F").replace("~", "%7E")


def escape(value: Any, _: Arguments) -> str:
    return escape_html(string_value("escape", value))


def escape_xml(value: Any, _: Arguments) -> str:
    return string_value("escape_xml", value).translate(_XML)


def split(value: Any, args: Arguments) -> list[str]:
    """Return the parts of a string between `pat`; with an empty `pat` its characters, between two empty parts."""
    text, pattern = string_value("split", value), _pattern("split", args, "pat")
    return text.split(pattern) if pattern else ["", *text, ""]


def int_(value: Any, args: Arguments) -> int:
    """Return an integer for a number or for a string in `base`; `default` where the string is none."""
    default = integer("int", args, "default", 0)
    base = integer("int", args, "base", 10, low=0, high=2**32 - 1)
    if is_number(value):
        return _as_i64(float(value))
    if not isinstance(value, str):
        raise CallError("`int` makes an integer of a string or a number")
    if not 2 <= base <= 36:
        raise CallError(f"`int` is given `base` as `{base}`, which is not between 2 and 36")
    text = value.strip(SPACE)
    while prefix := next((p for p in [_PREFIXES.get(base)] if p and text.startswith(p)), ""):
        text = text[len(prefix) :]
    found = _parse_int(text, base)
    if found is None and "." in text and _FLOAT.fullmatch(text):
        return _as_i64(float(text))
    return default if found is None else found


def float_(value: Any, args: Arguments) -> float | None:
    """Return a float for a number or a string; `default` where the string is none."""
    default = floating("float", args, "default", 0.0)
    if is_number(value):
        return float(value)
    if not isinstance(value, str):
        raise CallError("`float` makes a float of a string or a number")
    text = value.strip(SPACE)
    result = float(text) if _FLOAT.fullmatch(text) else default
    # JSON, of which Tera makes its values, has no infinity.
    return result if result - result == 0 else None


def as_str(value: Any, _: Arguments) -> str:
    """Return a value as it is printed."""
    return show(value, plain)


def json_encode(value: Any, args: Arguments) -> str:
    """Return a value as JSON, over several lines if `pretty`."""
    return to_json(value, pretty=args.get("pretty") is True)


@cache
def _unicode_words() -> Any:
    # Python's own `\w` leaves combining marks out.
    return compile_pattern(_WORDS.pattern)


def _pattern(function: str, args: Arguments, name: str) -> str:
    return unescape(string(function, args, name))


def unescape(text: str) -> str:
    r"""Return text in which `\n` and `\t`, as a template writes them, are a line's end and a tab."""
    return text.replace("\\n", "\n").replace("\\t", "\t")


def _parse_int(text: str, base: int) -> int | None:
    digits = text[1:] if text[:1] in ("+", "-") else text
    if not digits or any(digit not in _DIGITS[:base] for digit in digits.lower()) or not digits.isascii():
        return None
    value = int(text, base)
    return value if I64_MIN <= value <= I64_MAX else None


def _as_i64(value: float) -> int:
    """Return the whole part of a float, or the nearest integer of 64 bits; 0 for NaN."""
    if value != value:
        return 0
    return max(I64_MIN, min(I64_MAX, int(value))) if math.isfinite(value) else I64_MAX if value > 0 else I64_MIN


FILTERS = {
    "upper": upper,
    "lower": lower,
    "capitalize": capitalize,
    "title": title,
    "trim": trim,
    "trim_start": trim_start,
    "trim_end": trim_end,
    "trim_start_matches": trim_start_matches,
    "trim_end_matches": trim_end_matches,
    "truncate": truncate,
    "wordcount": wordcount,
    "replace": replace,
    "addslashes": addslashes,
    "slugify": slugify,
    "linebreaksbr": linebreaksbr,
    "indent": indent,
    "striptags": striptags,
    "spaceless": spaceless,
    "urlencode": urlencode,
    "urlencode_strict": urlencode_strict,
    "escape": escape,
    "escape_xml": escape_xml,
    "split": split,
    "int": int_,
    "float": float_,
    "as_str": as_str,
    "json_encode": json_encode,
}
