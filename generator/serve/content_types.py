"""A path in, the media type that it is served with out."""

from __future__ import annotations

from mimetypes import MimeTypes

# What the standard library leaves out, or tells each release anew.
_MORE = {
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "text/xml",
}
_TEXT = ("application/json", "application/manifest+json", "image/svg+xml")


def _load_types() -> dict[str, str]:
    # An instance of one's own holds the library's table, untouched by what this machine says in /etc/mime.types.
    known = MimeTypes(filenames=()).types_map[True]
    return {**known, **_MORE}


_TYPES = _load_types()


def content_type_of(path: str) -> str:
    """Return the Content-Type of a path, by its extension; text is UTF-8."""
    name = path.rpartition("/")[2]
    found = _TYPES.get("." + name.rpartition(".")[2].lower()) if "." in name else None
    if found is None:
        return "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") or found in _TEXT else found
