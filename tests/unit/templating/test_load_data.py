from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from generator.http.ask import Request
from generator.model.config import LimitsConfig, SiteConfig
from generator.templating.effects import Effects
from generator.templating.functions.data import LoadData
from generator.templating.functions.fetch import FetchError, fetch
from generator.templating.functions.files import SiteFiles
from generator.tera.errors import CallError

Load = Callable[..., Any]


@pytest.fixture
def load(tmp_path: Path, make_config: Callable[..., SiteConfig], server: str) -> Load:
    (tmp_path / "data").mkdir()
    for name, text in {
        "a.json": '{"b": 1, "a": [null]}',
        "a.toml": "b = 2024-01-02\n[a]\nc = 1\n",
        "a.yaml": "b: yes\na: 1\n",
        "a.yml": "- 1\n",
        "a.csv": "x,y\n1,2\n",
        "a.txt": "\ufeffplain",
        "broken.json": '{\n "a": }',
        "a.bib": "@book{x}",
    }.items():
        (tmp_path / "data" / name).write_text(text, encoding="utf-8")
    (tmp_path / "data/latin.txt").write_bytes(b"\xe9")
    function = LoadData(files=SiteFiles(make_config(), Effects()), private_urls=(server,))
    return lambda **args: function(args)


@pytest.mark.parametrize(
    ("args", "value"),
    [
        ({"path": "data/a.json"}, {"b": 1, "a": [None]}),
        ({"path": "/data/a.toml"}, {"a": {"c": 1}, "b": "2024-01-02"}),
        ({"path": "data/a.yaml"}, {"b": "yes", "a": 1}),
        ({"path": "data/a.yml"}, [1]),
        ({"path": "data/a.csv"}, {"headers": ["x", "y"], "records": [["1", "2"]]}),
        ({"path": "data/a.txt"}, "plain"),
        ({"path": "data/a.bib"}, "@book{x}"),
        ({"path": "data/a.json", "format": "Plain"}, '{"b": 1, "a": [null]}'),
        ({"literal": "[1]"}, "[1]"),
        ({"literal": "[1]", "format": "JSON"}, [1]),
        ({"path": "none.json", "required": False}, None),
        ({"path": "none.json", "required": False, "format": "ini"}, None),
        ({"path": "../..", "required": False}, None),
        ({"url": "no url", "required": False}, None),
        ({"required": False}, None),
    ],
)
def test_sources_and_formats(load: Load, args: dict[str, Any], value: Any) -> None:
    assert load(**args) == value


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        ({}, "requires EITHER"),
        ({"path": "a", "literal": "b"}, "requires EITHER"),
        ({"path": 1}, "`path` must be a string"),
        ({"path": "data/none.json"}, "data/none.json doesn't exist"),
        ({"path": "data/a.json", "format": "ini"}, "Unknown output format ini"),
        ({"path": "data/broken.json", "required": False}, "data/broken.json:2:7: "),
        ({"path": "data/latin.txt"}, "not valid UTF-8"),
        ({"path": "data"}, "not a regular file"),
        ({"path": "../.."}, "not inside the base site directory"),
        ({"url": "file:///etc/hosts"}, "must begin with"),
        ({"url": "https://[::1"}, "Invalid IPv6 URL"),
        ({"url": "https://example.com", "method": "PUT"}, "POST or GET"),
        ({"url": "https://example.com", "headers": ["no"]}, "got 'no'"),
        ({"path": "data/a.json", "method": "PUT"}, "POST or GET"),
        ({"path": "data/a.json", "headers": "a=b"}, "`headers` must be a list"),
        ({"literal": "x", "body": 1}, "`body` must be a string"),
        ({"path": "none.json", "required": False, "format": 1}, "`format` must be a string"),
    ],
)
def test_mistakes(load: Load, args: dict[str, Any], problem: str) -> None:
    with pytest.raises(CallError, match=problem):
        load(**args)


def test_a_file_is_read_once(load: Load, tmp_path: Path) -> None:
    first = load(path="data/a.json")
    (tmp_path / "data/a.json").unlink()
    assert load(path="data/a.json") is first


class Handler(BaseHTTPRequestHandler):
    """Answers with what it was asked, or as badly as its path wants."""

    stop = Event()

    def do_GET(self) -> None:
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header("Location", "/echo")
            self.end_headers()
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hosts")
            self.end_headers()
        elif self.path == "/missing":
            self.send_error(404)
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            self.stop.wait(10)
        else:
            self.answer(b"")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, body: bytes) -> None:
        shown = "|".join(f"{name}={self.headers.get(name)}" for name in ("Accept", "X-A", "Content-Type"))
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=euc-kr")
        self.end_headers()
        self.wfile.write(f"한|{self.command}|{shown}|".encode("euc-kr") + body)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    Handler.stop.clear()
    yield f"http://127.0.0.1:{httpd.server_port}"
    Handler.stop.set()
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def test_urls_are_asked_with_headers_and_read_in_their_charset(load: Load, server: str) -> None:
    got = load(url=f"{server}/redirect", headers=["X-A=1=2"])
    assert got == "한|GET|Accept=text/plain|X-A=1=2|Content-Type=None|"
    assert load(url=f"{server}/한 글?q=값#part", format="plain") == got.replace("1=2", "None")
    sent = load(url=server, method="post", body="q=1", content_type="text/x", headers=[])
    assert sent == "한|POST|Accept=text/plain|X-A=None|Content-Type=text/x|q=1"


def test_an_answer_that_is_none_is_an_error_unless_it_is_optional(load: Load, server: str) -> None:
    for path, problem in (("/missing", "404 Not Found"), ("/away", "Could not get|Failed to request")):
        with pytest.raises(CallError, match=problem):
            load(url=server + path)
        assert load(url=server + path, required=False) is None


def test_a_server_that_never_ends_is_left(server: str) -> None:
    with pytest.raises(FetchError, match="took longer than 1 s"):
        fetch(Request(url=f"{server}/slow"), LimitsConfig(http_seconds=1), (server,))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "10.0.0.1"])
def test_private_addresses_are_not_asked(host: str) -> None:
    with pytest.raises(FetchError, match=r"private network|Could not get"):
        fetch(Request(url=f"http://{host}:9/"), LimitsConfig(http_seconds=2))


def test_an_answer_is_bounded_in_size_and_in_redirects(server: str) -> None:
    with pytest.raises(FetchError, match=r"larger than 5 bytes \(`limits.http_size`\)"):
        fetch(Request(url=server), LimitsConfig(http_size=5), (server,))
    with pytest.raises(FetchError, match="redirect"):
        fetch(Request(url=f"{server}/redirect"), LimitsConfig(http_redirects=0), (server,))


def test_an_allowed_address_does_not_allow_its_neighbours(server: str) -> None:
    with pytest.raises(FetchError, match=r'write `urls = \["http://127.0.0.1:\d+"\]` below `\[security\]`'):
        fetch(Request(url=server), LimitsConfig(), ("http://127.0.0.1:1",))


def test_a_file_is_bounded_in_size_and_must_end(make_config: Callable[..., SiteConfig], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("123456")
    os.mkfifo(tmp_path / "pipe")
    load = LoadData(files=SiteFiles(make_config(limits=LimitsConfig(data_size=5)), Effects()))
    with pytest.raises(CallError, match=r"larger than 5 bytes \(`limits.data_size`\)"):
        load({"path": "a.txt"})
    with pytest.raises(CallError, match="not a regular file"):
        load({"path": "pipe"})
