"""Connections of one request: made to addresses that its asker allows, all ended when its time is over."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from threading import Event, Thread
from typing import Any
from urllib import request as urllib_request

AddressCheck = Callable[[str, int, str], None]
"""Is told host, port and one of the host's addresses before it is connected to. Raises: OSError to refuse it."""


class Guard:
    """Ends a request that takes too long, also one whose server sends a byte now and then; for the time of a `with`."""

    def __init__(self, seconds: float, check_address: AddressCheck | None) -> None:
        self.is_over = False
        self._seconds = seconds
        self._check_address = check_address
        self._sockets: list[socket.socket] = []
        self._done = Event()

    def __enter__(self) -> Guard:
        Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        for each in self._sockets:
            each.close()

    def make_connection(self, kind: type[HTTPConnection], host: str, **options: Any) -> HTTPConnection:
        connection = kind(host, **options)
        # The one place where http.client lets a socket be made by somebody else.
        connection._create_connection = self._connect  # type: ignore[attr-defined]
        return connection

    def _connect(self, address: tuple[str, int], timeout: float, source: Any = None) -> socket.socket:
        """Connect to one of the addresses that were checked, so that a second look-up cannot give another one."""
        host, port = address
        places = [place for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if self._check_address:
            for place in places:
                self._check_address(host, port, str(place[0]))
        made = _connect_first(places, timeout, source)
        # Of one's own, as TLS and urllib close and replace theirs; what ends the one ends the other.
        self._sockets.append(made.dup())
        if self.is_over:
            made.close()
            raise TimeoutError
        return made

    def _watch(self) -> None:
        if self._done.wait(self._seconds):
            return
        self.is_over = True
        for each in self._sockets:
            # It may have been closed in this moment.
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class GuardedHandler(urllib_request.AbstractHTTPHandler):
    """Opens the connections of a request under its guard's eyes."""

    http_request = https_request = urllib_request.AbstractHTTPHandler.do_request_

    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._guard = guard

    def http_open(self, request: urllib_request.Request) -> HTTPResponse:
        return self._open(HTTPConnection, request)

    def https_open(self, request: urllib_request.Request) -> HTTPResponse:
        return self._open(HTTPSConnection, request)

    def _open(self, kind: type[HTTPConnection], request: urllib_request.Request) -> HTTPResponse:
        def make_connection(host: str, **options: Any) -> HTTPConnection:
            return self._guard.make_connection(kind, host, **options)

        return self.do_open(make_connection, request)


def _connect_first(places: list[Any], timeout: float, source: Any) -> socket.socket:
    """Connect to the first of these addresses that answers."""
    failure: OSError | None = None
    for place in places:
        try:
            return socket.create_connection(place[:2], timeout, source)
        except OSError as error:
            failure = error
    raise failure or OSError("no address")
