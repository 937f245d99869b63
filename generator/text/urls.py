"""URLs in, what they are made of out."""

from __future__ import annotations

from urllib.parse import urlsplit


def find_scheme(url: str) -> str | None:
    """Return the scheme of a URL that a server can be found by.

    None for one without scheme or host, with half an address, or with a port that cannot be.
    """
    try:
        parts = urlsplit(url)
        return parts.scheme if parts.scheme and parts.hostname and parts.port != 0 else None
    except ValueError:  # half an IPv6 address, or a port beyond all ports
        return None
