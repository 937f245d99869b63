"""One HTTP request in, the text of its answer out: from public hosts, within bounds of size and time."""

from __future__ import annotations

import ipaddress
import socket
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from typing import Any
from urllib import request as urllib_request
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit

from msgspec import Struct

from generator import __version__

# What may stand in a path or query as it is; a per cent sign is taken to begin an escape.
_URL_MARKS = "%/:=&?~#+!$,;'@()*[]"


class FetchError(Exception):
    """A URL that gives no answer, a wrong one, or one that is not taken."""


class Request(Struct, frozen=True, kw_only=True):
    """What is asked of a server. headers: (name, value), as written. body: for POST."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None


class Bounds(Struct, frozen=True, kw_only=True):
    """How far a request may go. seconds: for all of it. size: of the answer, in bytes.

    private_urls: addresses of this machine and its own network that may be asked; of each, host and port count.
    """

    private_urls: tuple[str, ...] = ()
    size: int = 20_000_000
    seconds: float = 30
    redirects: int = 5


def fetch(request: Request, bounds: Bounds) -> str:
    """Return the text that a URL answers with, after redirects. Raises: FetchError."""
    if urlsplit(request.url).scheme not in ("http", "https"):
        raise FetchError(f"Failed to parse {request.url} as url: it must begin with `https://` or `http://`")
    connector = _Connector(bounds.private_urls)
    timer = Timer(bounds.seconds, connector.abort)
    timer.daemon = True
    timer.start()
    try:
        return _read(request, connector, bounds)
    except HTTPError as error:
        raise FetchError(f"Failed to request {request.url}: {error.code} {error.reason}") from error
    except (OSError, HTTPException, ValueError) as error:
        if connector.aborted:
            raise FetchError(f"{request.url} took longer than {bounds.seconds:g} s (`limits.http_seconds`)") from error
        cause = error.reason if isinstance(error, URLError) else error
        raise FetchError(f"Could not get response status for url: {request.url} ({cause})") from error
    finally:
        timer.cancel()


def _read(request: Request, connector: _Connector, bounds: Bounds) -> str:
    data = None if request.body is None else request.body.encode()
    asked = urllib_request.Request(_to_ascii(request.url), data, method=request.method)
    asked.add_header("User-Agent", f"hanji/{__version__}")
    for name, value in request.headers:
        asked.add_header(name, value)
    with _opener(connector, bounds.redirects).open(asked, timeout=bounds.seconds) as response:
        content = response.read(bounds.size + 1)
        if connector.aborted:
            raise TimeoutError
        if len(content) > bounds.size:
            raise FetchError(f"{request.url} is larger than {bounds.size:,} bytes (`limits.http_size`)")
        return _decode(content, response.headers.get_content_charset())


def _to_ascii(url: str) -> str:
    """Write a URL as it travels: the host in Punycode, the rest escaped, without its fragment."""
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return urlunsplit((parts.scheme, host, quote(parts.path, _URL_MARKS), quote(parts.query, _URL_MARKS), ""))


def _decode(content: bytes, charset: str | None) -> str:
    try:
        text = content.decode(charset or "utf-8", "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    return text.removeprefix("\ufeff")


def _opener(connector: _Connector, redirects: int) -> urllib_request.OpenerDirector:
    """Return what speaks HTTP alone: a redirect to a file or to FTP finds nobody who knows it."""
    opener = urllib_request.OpenerDirector()
    for handler in (
        urllib_request.ProxyHandler(),
        _Redirects(redirects),
        urllib_request.HTTPErrorProcessor(),
        urllib_request.HTTPDefaultErrorHandler(),
        urllib_request.UnknownHandler(),
        _Http(connector),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(urllib_request.HTTPRedirectHandler):
    """Follows so many redirects, each through the connector that checks its address."""

    max_redirections = max_repeats = 1_000_000  # urllib's own count begins with the second

    def __init__(self, most: int) -> None:
        self._left = most

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if not self._left:
            raise HTTPError(req.full_url, code, "too many redirects (`limits.http_redirects`)", headers, fp)
        self._left -= 1
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Http(urllib_request.AbstractHTTPHandler):
    """Opens connections through a connector."""

    http_request = https_request = urllib_request.AbstractHTTPHandler.do_request_

    def __init__(self, connector: _Connector) -> None:
        super().__init__()
        self._connector = connector

    def http_open(self, request: urllib_request.Request) -> HTTPResponse:
        return self.do_open(self._connection(HTTPConnection), request)

    def https_open(self, request: urllib_request.Request) -> HTTPResponse:
        return self.do_open(self._connection(HTTPSConnection), request)

    def _connection(self, kind: type[HTTPConnection]) -> Any:
        def connect(host: str, **options: Any) -> HTTPConnection:
            connection = kind(host, **options)
            # The one place where http.client lets a socket be made by somebody else.
            connection._create_connection = self._connector.connect  # type: ignore[attr-defined]
            return connection

        return connect


class _Connector:
    """Makes the sockets of one request, to checked addresses, and can end them all."""

    def __init__(self, private_urls: tuple[str, ...]) -> None:
        self.aborted = False
        self._allowed = {_host_and_port(url) for url in private_urls}
        # The environment's own proxies may well stand in the private network.
        self._proxies = {urlsplit(url).hostname for url in urllib_request.getproxies().values()}
        self._sockets: list[socket.socket] = []

    def connect(self, address: tuple[str, int], timeout: float, source: Any = None) -> socket.socket:
        """Connect to the address that was checked, so that a second look-up cannot give another one."""
        host, port = address
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for *_, place in found:
            if not (address in self._allowed or host in self._proxies or _is_public(str(place[0]))):
                raise OSError(
                    f"`{host}` is refused: it is an address of this machine or of its private network; "
                    f'write `urls = ["http://{host}:{port}"]` below `[security]` in the config to allow it'
                )
        made = _connect_first([place for *_, place in found], timeout, source)
        self._sockets.append(made)
        return made

    def abort(self) -> None:
        self.aborted = True
        for made in self._sockets:
            try:
                made.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed already


def _host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _connect_first(places: list[Any], timeout: float, source: Any) -> socket.socket:
    """Connect to the first of these addresses that answers."""
    failure: OSError | None = None
    for place in places:
        try:
            return socket.create_connection(place[:2], timeout, source)
        except OSError as error:
            failure = error
    raise failure or OSError("no address")


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_global and not address.is_multicast
