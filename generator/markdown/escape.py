"""Text → HTML text, attribute values and URLs, escaped as Zola's pages have them; and back."""

from __future__ import annotations

import re
from html.entities import html5

# What a URL may hold as it is; everything else is percent-encoded, but for `&` and `'`.
_UNSAFE_IN_URL = re.compile(r"[^A-Za-z0-9!#$%()*+,\-./:;=?@^_~]+")
_ESCAPE_OR_ENTITY = re.compile(
    r"\\([!-/:-@\[-`{-~])|&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z][A-Za-z0-9]*));"
)
_REPLACEMENT = "\ufffd"


def escape_text(text: str) -> str:
    """Return `text` for the space between tags; quotes stay."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape_text(html: str) -> str:
    """Return what `escape_text` was given."""
    return html.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&") if "&" in html else html


def escape_attribute(text: str) -> str:
    """Return `text` for a quoted attribute, or for a code block."""
    return escape_text(text).replace('"', "&quot;").replace("'", "&#39;")


def escape_url(url: str) -> str:
    """Return `url` for `href` or `src`; percent signs stay as they are."""
    return _UNSAFE_IN_URL.sub(_escape_in_url, url)


def _escape_in_url(match: re.Match[str]) -> str:
    return "".join(map(_escape_byte, match[0].encode("utf-8", "surrogatepass")))


def _escape_byte(byte: int) -> str:
    if byte == 0x26:
        return "&amp;"
    return "&#x27;" if byte == 0x27 else f"%{byte:02X}"


def decode_entity(match: re.Match[str]) -> str:
    """Return the character of a match with groups 2 (hexadecimal), 3 (decimal) and 4 (name), or the match itself."""
    hexadecimal, decimal, name = match.group(2, 3, 4)
    if name is not None:
        return html5.get(name + ";", match[0])
    code = int(hexadecimal, 16) if hexadecimal is not None else int(decimal)
    valid = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if valid else _REPLACEMENT


def unescape_markdown(text: str) -> str:
    """Return a link's destination or title, or a fence's info, without its backslash escapes and entities."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPE_OR_ENTITY.sub(lambda match: match[1] or decode_entity(match), text)
