"""The ASGI application: requests in, answers from the store's snapshot out; nothing else can be read."""

from __future__ import annotations

import asyncio
import hashlib
import re
from contextlib import nullcontext
from urllib.parse import quote, unquote

from msgspec import Struct
from msgspec.structs import replace
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from generator.serve.address import Doorkeeper
from generator.serve.content_types import content_type_of
from generator.serve.live_page import LivePage
from generator.serve.snapshot import (
    NOT_FOUND,
    Entry,
    PendingEntry,
    StaticFile,
    UnmadeError,
    normal,
    read_made,
    stat_regular,
)
from generator.serve.store import Failure, State, Store

_HTML = "text/html; charset=utf-8"
_NO_PAGE = b"<!doctype html><html><head><title>Not Found</title></head><body><p>Not Found</p></body></html>"
# A browser may keep what it has, but asks each time whether it is still right.
_HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
_VERSION = re.compile(r"[0-9]{1,9}")
_RANGES = re.compile(r"bytes=([0-9]{1,15}-[0-9]{0,15}|-[0-9]{1,15})(,\s*([0-9]{1,15}-[0-9]{0,15}|-[0-9]{1,15}))*")


class Application(Struct, frozen=True, kw_only=True):
    """Serves what the store holds under the page's base path."""

    store: Store
    page: LivePage
    doorkeeper: Doorkeeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._answer_socket(WebSocket(scope, receive, send))
        else:
            scope = _without_wrong_range(scope)
            request, state = Request(scope), self.store.state
            if self._must_make(request, state):
                # In a thread, so that others need not wait for it.
                response = await asyncio.to_thread(self._answer, request, state)
            else:
                response = self._answer(request, state)
            await response(scope, receive, send)

    def _must_make(self, request: Request, state: State) -> bool:
        """Tell whether a pending file has to be made for the answer."""
        if state.snapshot.is_whole:
            return False
        path = _read_target(request)[1].removeprefix(self.page.base_path)
        entry = state.snapshot.find_shown(_name_of(path))
        return isinstance(entry, PendingEntry) and entry.seen is None

    def _answer(self, request: Request, state: State) -> Response:
        host, path = _read_target(request)
        if not self.doorkeeper.knows_host(host):
            return PlainTextResponse("This server answers to its own address alone.\n", 403, _HEADERS)
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse("Method Not Allowed\n", 405, {**_HEADERS, "Allow": "GET, HEAD"})
        if path == self.page.script_path:
            # Only pages of this server may run the script: it holds the token.
            headers = {**_HEADERS, "Cross-Origin-Resource-Policy": "same-origin"}
            return Response(self.page.render_script(), 200, headers, content_type_of(path))
        if not path.startswith(self.page.base_path):
            return self._answer_not_found(state)
        return self._answer_path(path.removeprefix(self.page.base_path), state, request)

    def _answer_path(self, path: str, state: State, request: Request) -> Response:
        name = _name_of(path)
        entry = state.snapshot.find(name)
        if entry is not None:
            return self._answer_entry(entry, name, state, request.headers)
        if name == path and state.snapshot.find(f"{path}/index.html") is not None:
            query = request.scope["query_string"].decode("latin-1")
            query = f"?{query}" if query else ""
            return RedirectResponse(f"{quote(self.page.base_path + path)}/{query}", 302, _HEADERS)
        return self._answer_not_found(state)

    def _answer_entry(self, entry: Entry, name: str, state: State, headers: Headers) -> Response:
        media_type = content_type_of(name)
        if isinstance(entry, StaticFile):
            # A page from the static folder is live like any other.
            page = _read_page(entry) if media_type == _HTML else None
            if page is None:
                return self._answer_file(entry, media_type, state, headers)
            entry = page
        if isinstance(entry, PendingEntry):
            try:
                entry = entry.read()
            except UnmadeError as problem:
                return self._answer_unmade(problem, name, state)
        body = self.page.render_page(entry, state, normal(name)) if media_type == _HTML else entry
        tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        if _has(headers, tag):
            return Response(None, 304, {**_HEADERS, "ETag": tag})
        return Response(body, 200, {**_HEADERS, "ETag": tag}, media_type)

    def _answer_unmade(self, problem: UnmadeError, name: str, state: State) -> Response:
        """Answer with the last good file, and what is wrong with the new one over it if it is a page."""
        whole = self.store.whole
        last = read_made(whole.find(name)) if whole else None
        media_type = content_type_of(name)
        if media_type != _HTML:
            return Response(last, 200, _HEADERS, media_type) if last else PlainTextResponse(problem.text, 500, _HEADERS)
        failed = replace(state, failure=Failure(text=problem.text, coloured=problem.coloured))
        return Response(self.page.render_page(last or b"", failed, normal(name)), 200 if last else 500, _HEADERS, _HTML)

    def _answer_file(self, entry: StaticFile, media_type: str, state: State, headers: Headers) -> Response:
        found = stat_regular(entry.file)
        if found is None:
            return self._answer_not_found(state)
        tag = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
        if _has(headers, tag):
            return Response(None, 304, {**_HEADERS, "ETag": tag})
        return FileResponse(entry.file, 200, {**_HEADERS, "ETag": tag}, media_type, stat_result=found)

    def _answer_not_found(self, state: State) -> Response:
        entry = state.snapshot.find(NOT_FOUND)
        page = _read_page(entry) if isinstance(entry, StaticFile) else read_made(entry)
        return Response(self.page.render_page(page or _NO_PAGE, state, NOT_FOUND), 404, _HEADERS, _HTML)

    async def _answer_socket(self, socket: WebSocket) -> None:
        """Tell a page of each version newer than its own, until it goes."""
        host, origin = socket.headers.get("host", ""), socket.headers.get("origin", "")
        if socket.scope["path"] != self.page.socket_path or not self.doorkeeper.knows_origin(origin, host):
            await socket.close()
            return
        await socket.accept()
        version = socket.query_params.get("version", "")
        seen = int(version) if _VERSION.fullmatch(version) else 0
        path = self._find_page(socket.query_params.get("page", ""))
        tasks = [asyncio.ensure_future(_wait_gone(socket)), asyncio.ensure_future(self._tell_news(socket, seen, path))]
        try:
            with self.store.opened(path) if path is not None else nullcontext():
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            # A page that goes while it is spoken to is no problem of anybody's.
            await asyncio.gather(*tasks, return_exceptions=True)

    def _find_page(self, url_path: str) -> str | None:
        """Return the path below the site of a page that says where it is; None when it does not."""
        path = unquote(url_path)
        if not path.startswith(self.page.base_path):
            return None
        return normal(_name_of(path.removeprefix(self.page.base_path)))

    async def _tell_news(self, socket: WebSocket, seen: int, path: str | None) -> None:
        while True:
            state = await self.store.wait_newer(seen)
            await socket.send_text(self.page.render_news(state, seen, path))
            seen = state.version


def _read_target(request: Request) -> tuple[str, str]:
    """Return the host and the path that are asked for: an address in full, as proxies are asked, names both."""
    path: str = request.scope["path"]
    scheme, separator, rest = path.partition("://")
    if not separator or scheme.lower() not in ("http", "https"):
        return request.headers.get("host", ""), path
    host, _, path = rest.partition("/")
    return host, f"/{path}"


def _name_of(path: str) -> str:
    """Return the file that a path below the site stands for: that of a folder is its index."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def _without_wrong_range(scope: Scope) -> Scope:
    """Leave out a range that cannot be read: the whole file answers it."""
    given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"range"]
    if not given or (len(given) == 1 and _RANGES.fullmatch(given[0])):
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"range"]}


async def _wait_gone(socket: WebSocket) -> None:
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


def _read_page(entry: StaticFile) -> bytes | None:
    found = stat_regular(entry.file)
    try:
        return entry.file.read_bytes() if found else None
    except OSError:
        return None


def _has(headers: Headers, tag: str) -> bool:
    """Tell whether the client has that version already."""
    given = ",".join(headers.getlist("if-none-match"))
    return given.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in given.split(","))
