from __future__ import annotations

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from unittest.mock import MagicMock

import pytest

from generator.http import guard
from generator.http.ask import Bounds, LargeReplyError, LateReplyError, NoReplyError, Reply, Request, ask


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

    def answer_login(self) -> None:
        self.send(200, str(self.headers["Authorization"]).encode())

    def answer_forward(self) -> None:
        self.send(302, Location="/login")

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


def fetch(url: str, *, with_content: bool = True, **bounds: Any) -> Reply:
    return ask(Request(url=url, with_content=with_content), Bounds(**bounds))


def test_a_page_comes_with_its_text_when_asked(server: str) -> None:
    reply = fetch(f"{server}/page")
    assert (reply.status, reply.reason, reply.text) == (200, "OK", "<h1 id='제목'>")
    assert fetch(f"{server}/page", with_content=False) == Reply(status=200, reason="OK")


def test_what_is_asked_is_sent(server: str) -> None:
    ask(Request(url=f"{server}/who", headers=(("Accept", "text/html"),)), Bounds())
    _, accepted, agent = Handler.seen[-1]
    assert accepted == "text/html"
    assert (agent or "").startswith("hanji/")


@pytest.mark.parametrize(("name", "text"), [("korean", "<h1 id='제목'>"), ("nonsense", "제")])
def test_text_in_other_encodings(server: str, name: str, text: str) -> None:
    assert fetch(f"{server}/{name}").text == text


def test_a_login_in_the_address_is_told_to_its_server_alone(server: str) -> None:
    with_login = server.replace("//", "//na%40me:pass@")
    assert fetch(f"{with_login}/login").text == "Basic bmFAbWU6cGFzcw=="
    assert fetch(f"{with_login}/forward").text == "None"


def test_letters_outside_ascii_travel_escaped(server: str) -> None:
    fetch(f"{server}/도 커?q=가#없음")
    assert Handler.seen[-1][0] == "/%EB%8F%84%20%EC%BB%A4?q=%EA%B0%80"
    fetch(f"{server}/%EB%8F%84")
    assert Handler.seen[-1][0] == "/%EB%8F%84"


def test_errors_and_redirects(server: str) -> None:
    assert fetch(f"{server}/gone").status == 410
    assert fetch(f"{server}/hop").text == "<h1 id='제목'>"


@pytest.mark.parametrize("redirects", [0, 1, 10])
def test_redirects_end(server: str, redirects: int) -> None:
    before = len(Handler.seen)
    assert fetch(f"{server}/loop", redirects=redirects) == Reply(status=302, reason="too many redirects")
    assert len(Handler.seen) - before == redirects + 1


def test_only_http_is_spoken(server: str) -> None:
    with pytest.raises(NoReplyError, match="unknown url type: ftp"):
        fetch("ftp://127.0.0.1/")
    assert fetch(f"{server}/file").status == 302


def test_a_large_page_is_not_read_to_its_end(server: str) -> None:
    with pytest.raises(LargeReplyError, match="larger than 1,000 bytes"):
        fetch(f"{server}/large", size=1000)


@pytest.mark.parametrize("name", ["never", "drip"])
def test_a_slow_server_is_given_up(server: str, name: str) -> None:
    with pytest.raises(LateReplyError, match=r"no answer within 0\.2 seconds"):
        fetch(f"{server}/{name}", seconds=0.2)


def test_a_socket_that_gives_up_first_is_told_alike(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "Thread", MagicMock())
    with pytest.raises(LateReplyError, match=r"no answer within 0\.05 seconds"):
        fetch(f"{server}/never", seconds=0.05)


def test_each_address_is_checked_before_it_is_asked(server: str) -> None:
    checked: list[tuple[str, int, str]] = []

    def check(*address: Any) -> None:
        checked.append(address)
        if len(checked) > 1:
            raise OSError("not this one")

    seen = len(Handler.seen)
    assert fetch(f"{server}/page", check_address=check).status == 200
    with pytest.raises(NoReplyError, match="not this one"):
        fetch(f"{server}/page", check_address=check)
    assert checked == [("127.0.0.1", int(server.rpartition(":")[2]), "127.0.0.1")] * 2
    assert len(Handler.seen) == seen + 1


def test_nobody_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(NoReplyError, match="Connection refused"):
        fetch(f"http://127.0.0.1:{port}/")
    with pytest.raises(NoReplyError):
        fetch(f"http://{'a' * 70}.한국/")
