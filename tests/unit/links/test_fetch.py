from __future__ import annotations

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from unittest.mock import MagicMock

import pytest

from generator.links import fetch as module
from generator.links.answer import Answer
from generator.links.fetch import fetch


class Handler(BaseHTTPRequestHandler):
    """One path, one behaviour."""

    closing = Event()
    seen: list[tuple[str, str | None, str | None]] = []  # noqa: RUF012 - a record of the whole server

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["Accept"], self.headers["User-Agent"]))
        name = self.path.strip("/").split("/")[0].split("?")[0]
        getattr(self, f"answer_{name}", self.answer_page)()

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_page(self) -> None:
        self.send(200, "<h1 id='제목'>".encode())

    def answer_korean(self) -> None:
        self.send(200, "<h1 id='제목'>".encode("euc-kr"), Content_Type="text/html; charset=euc-kr")

    def answer_nonsense(self) -> None:
        self.send(200, "제".encode(), Content_Type="text/html; charset=nonsense")

    def answer_gone(self) -> None:
        self.send(410, b"gone")

    def answer_hop(self) -> None:
        self.send(301, Location="/page")

    def answer_loop(self) -> None:
        self.send(302, Location=f"/loop/{len(self.path)}/x")

    def answer_file(self) -> None:
        self.send(302, Location="file:///etc/hostname")

    def answer_large(self) -> None:
        self.send(200, b"x" * 3000)

    def answer_never(self) -> None:
        self.closing.wait(20)

    def answer_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.closing.wait(0.05):
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        Handler.closing.set()
        running.shutdown()
        thread.join()


def test_a_page_comes_with_its_text_when_asked(server: str) -> None:
    assert fetch(f"{server}/page", True) == Answer(status=200, reason="OK", body="<h1 id='제목'>")
    assert fetch(f"{server}/page", False) == Answer(status=200, reason="OK")


def test_who_asks_says_so(server: str) -> None:
    fetch(f"{server}/who", False)
    assert Handler.seen[-1][1] == "text/html, */*"
    assert (Handler.seen[-1][2] or "").startswith("hanji/")


@pytest.mark.parametrize(("name", "text"), [("korean", "<h1 id='제목'>"), ("nonsense", "제")])
def test_text_in_other_encodings(server: str, name: str, text: str) -> None:
    assert fetch(f"{server}/{name}", True).body == text


def test_letters_outside_ascii_travel_escaped(server: str) -> None:
    fetch(f"{server}/도 커?q=가#없음", False)
    assert Handler.seen[-1][0] == "/%EB%8F%84%20%EC%BB%A4?q=%EA%B0%80"
    fetch(f"{server}/%EB%8F%84", False)
    assert Handler.seen[-1][0] == "/%EB%8F%84"


def test_errors_and_redirects(server: str) -> None:
    assert fetch(f"{server}/gone", True).status == 410
    assert fetch(f"{server}/hop", True).body == "<h1 id='제목'>"


def test_redirects_end(server: str) -> None:
    before = len(Handler.seen)
    assert fetch(f"{server}/loop", False).status == 302
    assert len(Handler.seen) - before <= module.MAX_REDIRECTS + 1


@pytest.mark.parametrize("path", ["file", "nothing-but-ftp"])
def test_only_http_is_spoken(server: str, path: str) -> None:
    url = f"{server}/file" if path == "file" else "ftp://127.0.0.1/"
    answer = fetch(url, False)
    assert answer.problem or answer.status == 302
    assert not answer.body


def test_a_large_page_is_not_read_to_its_end(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    assert "larger than" in (fetch(f"{server}/large", True).problem or "")


@pytest.mark.parametrize("name", ["never", "drip"])
def test_a_slow_server_is_given_up(server: str, name: str) -> None:
    assert fetch(f"{server}/{name}", True, timeout_s=0.2).problem == "no answer within 0.2 seconds"


def test_a_socket_that_gives_up_first_is_told_alike(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Timer", lambda _timeout_s, _abort: MagicMock())
    assert fetch(f"{server}/never", True, timeout_s=0.05).problem == "no answer within 0.05 seconds"


def test_nobody_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert fetch(f"http://127.0.0.1:{port}/", False).problem == "Connection refused"
    assert fetch(f"http://{'a' * 70}.한국/", False).problem
