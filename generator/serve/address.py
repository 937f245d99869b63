"""Where the server listens, what the site calls itself there, and which requests are meant for it."""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import socket
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import Struct

from generator.errors import SiteError

DEFAULT_PORT = 1111
_PORTS_TRIED = 100
# A name or an address, in brackets when it is IPv6, perhaps with a port.
_HOST = re.compile(r"(?P<name>[^:\[\]/@\s]+|\[[0-9a-fA-F:.]+\])(:\d+)?")


def open_socket(interface: str, port: int | None) -> socket.socket:
    """Bind to the port asked for (0 is any free one); without one to 1111, or the next that is free.

    Raises: SiteError when the port is taken, or the interface is not this machine's. Zola: serve, `--port`.
    """
    candidates = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED)
    for candidate in candidates:
        try:
            return _bind(interface, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                address = _join(interface, candidate)
                raise SiteError(f"Cannot start server on address {address}", reasons=[_say(error)]) from error
    raise SiteError(
        f"The requested port is not available: {candidates[0]}",
        hint="Leave out --port to take the next free one, or end the program that listens there.",
    )


def _say(error: OSError) -> str:
    return error.strerror or str(error)


def _bind(interface: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in interface else socket.AF_INET
    # Only with its protocol named does asyncio send small packets at once; answers would wait 40 ms otherwise.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            # Elsewhere this takes a port away from the program that listens on it.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((interface, port))
        # Bound alone, a second server could bind to it as well; both would see it only when they listen.
        opened.listen()
    except OSError:
        opened.close()
        raise
    return opened


def _join(interface: str, port: int) -> str:
    return f"[{interface}]:{port}" if ":" in interface else f"{interface}:{port}"


def resolve_base_url(wanted: str | None, *, interface: str, port: int, append_port: bool, config_base_url: str) -> str:
    """Return the address that the served site gives itself.

    wanted: from `--base-url`; without it the interface and port. It ends with a slash as the config's does.
    Zola: serve, `--base-url`, `--no-port-append`; a port that `wanted` has already is kept.
    """
    if wanted == "/":
        return "/"
    if wanted is None:
        url = f"http://{_join(interface, port)}"
    else:
        url = wanted if wanted.startswith(("http://", "https://")) else f"http://{wanted}"
        parts = _split(url)
        if append_port and ":" not in parts.netloc.rpartition("]")[2]:
            url = parts._replace(netloc=f"{parts.netloc}:{port}").geturl()
    url = url.rstrip("/")
    return url + "/" if config_base_url.endswith("/") else url


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise SiteError(f"`{url}` is no address: {error}", hint="Write one such as https://example.org/blog") from error


def find_base_path(base_url: str) -> str:
    """Return the path that the site's own paths stand under, decoded, with a slash at both ends."""
    path = unquote(urlsplit(base_url).path).strip("/")
    return f"/{path}/" if path else "/"


def is_loopback(interface: str) -> bool:
    """Tell whether only this machine can reach the interface."""
    return ipaddress.ip_address(interface).is_loopback


class Doorkeeper(Struct, frozen=True, kw_only=True):
    """Knows which hosts a request may name, and where a page must come from to open the live-reload socket.

    A page of another site can send the browser here, and with a name server of its own even under its own name;
    what it cannot do is name us. names: hosts besides `localhost`, lower case. any_address: hosts that are bare IP
    addresses are ours too (nobody can point those elsewhere), for a server that the network can reach.
    """

    names: frozenset[str]
    any_address: bool = False

    @staticmethod
    def of(interface: str, base_url: str) -> Doorkeeper:
        """Return the doorkeeper of a server on that interface whose site has that base URL."""
        named = urlsplit(base_url).hostname
        names = {"127.0.0.1", "::1", interface, *([named.lower()] if named else [])}
        return Doorkeeper(names=frozenset(names), any_address=not is_loopback(interface))

    def knows_host(self, header: str) -> bool:
        """Tell whether a Host header names this server."""
        found = _HOST.fullmatch(header)
        if not found:
            return False
        name = found["name"].strip("[]").lower().rstrip(".")
        if name == "localhost" or name.endswith(".localhost") or name in self.names:
            return True
        return self.any_address and _is_address(name)

    def knows_origin(self, origin: str, host: str) -> bool:
        """Tell whether a page of that origin is a page of this server, to which it speaks as `host`."""
        scheme, _, place = origin.partition("://")
        return scheme in ("http", "https") and place.lower() == host.lower() and self.knows_host(host)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
