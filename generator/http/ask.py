"""One HTTP request in, its reply out, after redirects and within bounds; whom it may ask is the caller's to say."""

from __future__ import annotations

from base64 import b64encode
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib import request as urllib_request
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from msgspec import Struct

from generator import __version__
from generator.http.guard import AddressCheck, Guard, GuardedHandler

# What may stand in a path or query as it is; a per cent sign is taken to begin an escape.
_URL_MARKS = "%/:=&?~#+!$,;'@()*[]"
_CHUNK = 64 * 1024


class NoReplyError(Exception):
    """A URL that gives no reply, or one that is not taken."""


class LateReplyError(NoReplyError):
    """A reply that was not there in time."""


class LargeReplyError(NoReplyError):
    """A reply that is larger than it may be."""


class Request(Struct, frozen=True, kw_only=True):
    """What is asked of a server. headers: (name, value), as written. body: for POST. with_content: of the reply."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    with_content: bool = True


class Bounds(Struct, frozen=True, kw_only=True):
    """How far a request may go. seconds: for all of it. size: of the reply, in bytes. check_address: of each server."""

    seconds: float = 30
    size: int = 20_000_000
    redirects: int = 10
    check_address: AddressCheck | None = None


class Reply(Struct, frozen=True, kw_only=True):
    """What a server says. content: nothing unless the status is a good one. A redirect too many is its own reply."""

    status: int
    reason: str
    content: bytes = b""
    charset: str | None = None

    @property
    def text(self) -> str:
        """The content, read as its server says if that is an encoding."""
        try:
            text = self.content.decode(self.charset or "utf-8", "replace")
        except LookupError:
            text = self.content.decode("utf-8", "replace")
        return text.removeprefix("\ufeff")


def ask(request: Request, bounds: Bounds) -> Reply:
    """Return what a server replies. Raises: NoReplyError."""
    with Guard(bounds.seconds, bounds.check_address) as guard:
        try:
            with _open(request, bounds, guard) as response:
                content = _read(response, bounds, guard) if request.with_content else b""
                charset = response.headers.get_content_charset()
                return Reply(status=response.status, reason=response.reason, content=content, charset=charset)
        except HTTPError as error:
            error.close()
            return Reply(status=error.code, reason=str(error.reason))
        except (OSError, HTTPException, ValueError) as error:
            cause = error.reason if isinstance(error, URLError) else error
            # A socket waits as long for its next byte as all may take: either of the two may be the first to end.
            if guard.is_over or (isinstance(cause, TimeoutError) and not cause.strerror):
                raise LateReplyError(f"no answer within {bounds.seconds:g} seconds") from error
            raise NoReplyError(_describe(cause)) from error


def _open(request: Request, bounds: Bounds, guard: Guard) -> HTTPResponse:
    data = None if request.body is None else request.body.encode()
    url, login = _take_login(request.url)
    asked = urllib_request.Request(_to_ascii(url), data, method=request.method)
    if login:
        # Not for the server that a redirect leads to.
        asked.add_unredirected_header("Authorization", f"Basic {b64encode(login).decode()}")
    asked.add_header("User-Agent", f"hanji/{__version__}")
    for name, value in request.headers:
        asked.add_header(name, value)
    response: HTTPResponse = _make_opener(guard, bounds.redirects).open(asked, timeout=bounds.seconds)
    return response


def _read(response: HTTPResponse, bounds: Bounds, guard: Guard) -> bytes:
    data = bytearray()
    while chunk := response.read1(_CHUNK):
        data += chunk
        if len(data) > bounds.size:
            raise LargeReplyError(f"the answer is larger than {bounds.size:,} bytes")
    if guard.is_over:
        # What was cut off looks like an end.
        raise TimeoutError
    return bytes(data)


def _take_login(url: str) -> tuple[str, bytes]:
    """Part a URL from the name and password before its host, if it has any."""
    parts = urlsplit(url)
    login, _, host = parts.netloc.rpartition("@")
    name, _, password = login.partition(":")
    whole = f"{unquote(name)}:{unquote(password)}".encode() if login else b""
    return parts._replace(netloc=host).geturl(), whole


def _to_ascii(url: str) -> str:
    """Write a URL as it travels: the host in Punycode, the rest escaped, without its fragment."""
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return urlunsplit((parts.scheme, host, quote(parts.path, _URL_MARKS), quote(parts.query, _URL_MARKS), ""))


def _make_opener(guard: Guard, redirects: int) -> urllib_request.OpenerDirector:
    """Put together what HTTP needs and no more: a redirect to a file or to FTP finds nobody who knows it."""
    opener = urllib_request.OpenerDirector()
    for handler in (
        urllib_request.ProxyHandler(),
        _Redirects(redirects),
        urllib_request.HTTPErrorProcessor(),
        urllib_request.HTTPDefaultErrorHandler(),
        urllib_request.UnknownHandler(),
        GuardedHandler(guard),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(urllib_request.HTTPRedirectHandler):
    """Follows so many redirects."""

    max_redirections = max_repeats = 1_000_000  # urllib's own count begins with the second

    def __init__(self, most: int) -> None:
        self._left = most

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if not self._left:
            raise HTTPError(req.full_url, code, "too many redirects", headers, fp)
        self._left -= 1
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _describe(cause: BaseException | str) -> str:
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return str(cause) or type(cause).__name__
