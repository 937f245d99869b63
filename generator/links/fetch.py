"""A URL in, its server's answer out, within bounds of time and size; what the answer means is left to others."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from typing import Any
from urllib import request as urllib_request
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit

from generator import __version__
from generator.links.answer import Answer

TIMEOUT_S = 30.0
MAX_BYTES = 20 * 1024 * 1024
MAX_REDIRECTS = 10
_CHUNK = 64 * 1024
_HEADERS = (("Accept", "text/html, */*"), ("User-Agent", f"hanji/{__version__}"))
# What may stand in a path or query as it is; a per cent sign is taken to begin an escape.
_URL_MARKS = "%/:=&?~#+!$,;'@()*[]"


def fetch(url: str, with_body: bool, timeout_s: float = TIMEOUT_S) -> Answer:
    """Ask for a page, following up to MAX_REDIRECTS redirects. timeout_s: for all of it."""
    guard = _Guard(timeout_s)
    try:
        request = urllib_request.Request(_to_ascii(url))
        with guard, _opener(guard).open(request, timeout=timeout_s) as response:
            body = _read_text(response, guard) if with_body else ""
            return Answer(status=response.status, reason=response.reason, body=body)
    except HTTPError as error:
        error.close()
        return Answer(status=error.code, reason=str(error.reason))
    except (OSError, HTTPException, ValueError) as error:
        return Answer(problem=guard.problem or _cause(error, timeout_s))


def _to_ascii(url: str) -> str:
    """Write a URL as it travels: the host in Punycode, the rest escaped, without its fragment."""
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return urlunsplit((parts.scheme, host, quote(parts.path, _URL_MARKS), quote(parts.query, _URL_MARKS), ""))


def _cause(error: Exception, timeout_s: float) -> str:
    inner = error.reason if isinstance(error, URLError) else error
    if isinstance(inner, OSError) and inner.strerror:
        return inner.strerror
    if isinstance(inner, TimeoutError):
        return _tell_timeout(timeout_s)
    return str(inner) or type(inner).__name__


def _tell_timeout(timeout_s: float) -> str:
    return f"no answer within {timeout_s:g} seconds"


def _read_text(response: HTTPResponse, guard: _Guard) -> str:
    data = bytearray()
    while chunk := response.read1(_CHUNK):
        data += chunk
        if len(data) > MAX_BYTES:
            raise ValueError(f"the page is larger than {MAX_BYTES // 1024 // 1024} MiB")
        guard.check()
    charset = response.headers.get_content_charset("utf-8")
    try:
        return data.decode(charset, errors="replace")
    except LookupError:
        return data.decode(errors="replace")


class _Guard:
    """Ends a request that takes too long, also one whose server sends a byte now and then."""

    def __init__(self, timeout_s: float) -> None:
        self.problem: str | None = None
        self._timeout_s = timeout_s
        self._end = time.monotonic() + timeout_s
        self._connection: HTTPConnection | None = None
        self._timer = Timer(timeout_s, self._abort)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()

    def connect(self, kind: Callable[..., HTTPConnection], host: str, **options: Any) -> HTTPConnection:
        self._connection = kind(host, **options)
        return self._connection

    def check(self) -> None:
        if time.monotonic() > self._end:
            self._abort()
            raise TimeoutError

    def _abort(self) -> None:
        self.problem = _tell_timeout(self._timeout_s)
        if self._connection and self._connection.sock:
            self._connection.sock.shutdown(socket.SHUT_RDWR)


class _Handler(urllib_request.AbstractHTTPHandler):
    """Opens connections under the guard's eyes."""

    http_request = https_request = urllib_request.AbstractHTTPHandler.do_request_

    def __init__(self, guard: _Guard) -> None:
        super().__init__()
        self._guard = guard

    def http_open(self, request: urllib_request.Request) -> HTTPResponse:
        return self.do_open(partial(self._guard.connect, HTTPConnection), request)

    def https_open(self, request: urllib_request.Request) -> HTTPResponse:
        return self.do_open(partial(self._guard.connect, HTTPSConnection), request)


class _Redirects(urllib_request.HTTPRedirectHandler):
    max_redirections = MAX_REDIRECTS


def _opener(guard: _Guard) -> urllib_request.OpenerDirector:
    """Put together what HTTP needs and no more: no files, no FTP, no data URLs."""
    opener = urllib_request.OpenerDirector()
    opener.addheaders = list(_HEADERS)
    for handler in (
        urllib_request.ProxyHandler(),
        _Handler(guard),
        _Redirects(),
        urllib_request.HTTPErrorProcessor(),
        urllib_request.HTTPDefaultErrorHandler(),
        urllib_request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener
