"""A development server on a free port, and clients that speak to it."""

from __future__ import annotations

import http.client
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.serve.address import Doorkeeper, open_socket
from generator.serve.application import Application
from generator.serve.live_page import LivePage
from generator.serve.server import BackgroundServer, Rebuilt, Workshop, follow_changes
from generator.serve.snapshot import Snapshot
from generator.serve.store import Failure, Store
from generator.serve.watch import Watched

DEADLINE_S = 60.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Running:
    """A server that runs; `build` makes its snapshots from the files of `root`."""

    root: Path
    socket: socket.socket
    page: LivePage
    store: Store
    rebuilt: list[Rebuilt] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    background: BackgroundServer = field(init=False)

    @property
    def port(self) -> int:
        return self.socket.getsockname()[1]

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    @property
    def socket_url(self) -> str:
        return f"ws://{self.host}{self.page.socket_path}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Send one request as it is written: no path is changed on the way."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition, not for a time."""
        deadline = time.monotonic() + DEADLINE_S
        while not condition():
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.005)

    def write(self, path: str, content: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def build(root: Path) -> Snapshot | Failure:
    """Stand in for a build: `content/` is published as it is, unless a file of it says that it is broken."""
    files: dict[str, bytes | Path] = {}
    for file in sorted(Path(folder, name) for folder, _, names in os.walk(root / "content") for name in names):
        try:
            data = file.read_bytes()
        except OSError:  # it has gone meanwhile
            continue
        if data.startswith(b"broken"):
            return Failure(text=f"error: {file.name} is broken\n<script>evil()</script>")
        path = file.relative_to(root / "content").as_posix()
        files[path] = file if path.startswith("files/") else data
    return Snapshot.of(files)


def make_old(top: Path) -> None:
    """Let files be written an hour ago: nothing of them is news to a server that starts now."""
    before = time.time() - 3600
    for path in (top, *top.rglob("*")):
        os.utime(path, (before, before))


@contextmanager
def running_server(
    root: Path,
    *,
    base_url: str = "",
    rebuild: Callable[[frozenset[Path]], Snapshot | Failure] | None = None,
    make_next: Callable[[], bool | Failure] = bool,
    recheck: Callable[[], Snapshot | Failure | None] = lambda: None,
    more: tuple[Path, ...] = (),
    since_ns: int | None = None,
) -> Iterator[Running]:
    """Run a server for the time of a `with`."""
    listening = open_socket("127.0.0.1", 0)
    url = base_url or f"http://127.0.0.1:{listening.getsockname()[1]}"
    for top in (root, *more):
        make_old(top)
    first = build(root)
    assert isinstance(first, Snapshot)
    page = LivePage(base_path="/" + url.split("/", 3)[3].strip("/") + "/" if url.count("/") > 2 else "/")
    store = Store(first)
    server = Running(root=root, socket=listening, page=page, store=store)
    application = Application(store=store, page=page, doorkeeper=Doorkeeper.of("127.0.0.1", url))
    workshop = Workshop(
        rebuild=rebuild or (lambda _causes: build(root)),
        make_next=make_next,
        recheck=recheck,
        report=server.rebuilt.append,
        watched=Watched(root=root, outputs=(root / "public",), more=more),
        since_ns=time.time_ns() if since_ns is None else since_ns,
        longest_ms=1000,
        say=server.said.append,
    )
    server.background = background = BackgroundServer(listening, application, workshop)
    builder = threading.Thread(target=follow_changes, args=(background, workshop))
    with background:
        builder.start()
        try:
            yield server
        finally:
            background.stop()
            builder.join(DEADLINE_S)
            assert not builder.is_alive()
            listening.close()


def make_site(root: Path) -> Path:
    """Write a site with two pages, a style and a file that stays on disk."""
    for path, content in {
        "content/index.html": "<html><head></head><body><h1>home</h1></body></html>",
        "content/a/index.html": "<p>page a</p>",
        "content/한글/index.html": "<p>korean page</p>",
        "content/style.css": "body{}",
        "content/atom.xml": "<feed/>",
        "content/files/big.bin": "0123456789",
        "templates/page.html": "",
    }.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site's folder."""
    return make_site(tmp_path / "site")


@pytest.fixture(scope="session")
def run_server() -> Callable[..., AbstractContextManager[Running]]:
    """Run a server for the time of a `with`: run_server(root, base_url=…, rebuild=…)."""
    return running_server


@pytest.fixture
def read_site() -> Callable[[Path], Snapshot | Failure]:
    """Build a site as the server of `run_server` does."""
    return build


@pytest.fixture
def server(root: Path) -> Iterator[Running]:
    """A server that the test may change the site of."""
    with running_server(root) as server:
        yield server


@pytest.fixture(scope="session")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests that only ask it."""
    with running_server(make_site(tmp_path_factory.mktemp("steady") / "site")) as server:
        yield server
