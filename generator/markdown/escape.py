"""Text → HTML text, attribute values and URLs, escaped as Zola's pages have them; and back."""

from __future__ import annotations

import re
from html.entities import html5

# What a URL may hold as it is; everything else is percent-encoded, but for `&` and `'`.
_UNSAFE_IN_URL = re.compile(r"[^A-Za-z0-9!#$%()*+,\-./:;=?@^_~]+")
_ENTITY = r"&(?:#[xX](?P<hexadecimal>[0-9a-fA-F]{1,6})|#(?P<decimal>[0-9]{1,7})|(?P<name>[A-Za-z][A-Za-z0-9]*));"
ENTITY = re.compile(_ENTITY)
_ESCAPE_OR_ENTITY = re.compile(rf"\\(?P<escaped>[!-/:-@\[-`{{-~])|{_ENTITY}")
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


def decode_entity(match: re.Match[str]) -> str | None:
    """Return the characters that a match of `ENTITY` stands for, None for a name that HTML does not know."""
    if match["name"] is not None:
        return html5.get(match["name"] + ";")
    code = int(match["decimal"]) if match["hexadecimal"] is None else int(match["hexadecimal"], 16)
    valid = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if valid else _REPLACEMENT


def unescape_markdown(text: str) -> str:
    """Return a link's destination or title, or a fence's info, without its backslash escapes and entities."""
    return _ESCAPE_OR_ENTITY.sub(_unescape, text) if "\\" in text or "&" in text else text


def _unescape(match: re.Match[str]) -> str:
    if match["escaped"] is not None:
        return match["escaped"]
    decoded = decode_entity(match)
    return match[0] if decoded is None else decoded
