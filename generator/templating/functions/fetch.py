"""One HTTP request in, the text of its answer out: from public hosts, within the limits of the config."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies

from generator.http.ask import Bounds, LargeReplyError, LateReplyError, NoReplyError, Request, ask
from generator.model.config import LimitsConfig


class FetchError(Exception):
    """A URL that gives no answer, a wrong one, or one that is not taken."""


def fetch(request: Request, limits: LimitsConfig, private_urls: tuple[str, ...] = ()) -> str:
    """Return the text that a URL answers with, after redirects. Raises: FetchError.

    private_urls: addresses of this machine and its own network that may be asked; of each, host and port count.
    """
    url = request.url
    try:
        scheme = urlsplit(url).scheme
    except ValueError as error:
        raise FetchError(f"Failed to parse {url} as url: {error}") from error
    if scheme not in ("http", "https"):
        raise FetchError(f"Failed to parse {url} as url: it must begin with `https://` or `http://`")
    bounds = Bounds(
        seconds=limits.http_seconds,
        size=limits.http_size,
        redirects=limits.http_redirects,
        check_address=_PublicAlone(private_urls),
    )
    try:
        reply = ask(request, bounds)
    except LateReplyError as error:
        raise FetchError(f"{url} took longer than {limits.http_seconds:g} s (`limits.http_seconds`)") from error
    except LargeReplyError as error:
        raise FetchError(f"{url} is larger than {limits.http_size:,} bytes (`limits.http_size`)") from error
    except NoReplyError as error:
        raise FetchError(f"Could not get response status for url: {url} ({error})") from error
    if 200 <= reply.status < 300:
        return reply.text
    limit = " (`limits.http_redirects`)" if 300 <= reply.status < 400 else ""
    raise FetchError(f"Failed to request {url}: {reply.status} {reply.reason}{limit}")


class _PublicAlone:
    """Refuses addresses of this machine and its own network, but for those that the site names."""

    def __init__(self, private_urls: tuple[str, ...]) -> None:
        self._allowed = {_host_and_port(url) for url in private_urls}
        # The environment's own proxies may well stand in the private network.
        self._proxies = {urlsplit(url).hostname for url in getproxies().values()}

    def __call__(self, host: str, port: int, address: str) -> None:
        if (host, port) not in self._allowed and host not in self._proxies and not _is_public(address):
            raise OSError(
                f"`{host}` is refused: it is an address of this machine or of its private network; "
                f'write `urls = ["http://{host}:{port}"]` below `[security]` in the config to allow it'
            )


def _host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_global and not address.is_multicast
