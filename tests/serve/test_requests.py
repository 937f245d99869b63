"""What the server answers: pages, files, types, caching, and nothing that is not the site's."""

from __future__ import annotations

import http.client
import logging
import re
import socket
import time
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from h11 import LocalProtocolError
from msgspec.structs import replace

from generator.serve.live_page import render_badge
from generator.serve.snapshot import Badge


def test_pages_are_found_at_their_paths(steady) -> None:
    assert "<h1>home</h1>" in steady.ask("/").text
    assert "page a" in steady.ask("/a/").text
    assert "page a" in steady.ask("/a/index.html").text
    assert "page a" in steady.ask("/a/?x=1").text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_korean_paths_are_found_in_both_unicode_forms(steady, form: str) -> None:
    assert "korean page" in steady.ask("/" + quote(unicodedata.normalize(form, "한글")) + "/").text


def test_missing_slash_is_a_redirect_that_keeps_the_query(steady) -> None:
    answer = steady.ask("/a?x=1")
    assert (answer.status, answer.headers["location"]) == (302, "/a/?x=1")
    answer = steady.ask("/" + quote("한글"))
    assert (answer.status, answer.headers["location"]) == (302, "/" + quote("한글") + "/")
    assert steady.ask("//a").status == 404


def test_head_answers_as_get_without_the_body(steady) -> None:
    page, head = steady.ask("/"), steady.ask("/", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(page.body))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/atom.xml", "text/xml; charset=utf-8"),
        ("/files/big.bin", "application/octet-stream"),
    ],
)
def test_content_types(steady, path: str, expected: str) -> None:
    answer = steady.ask(path)
    assert answer.headers["content-type"] == expected
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/style.css", "/files/big.bin"])
def test_what_the_browser_has_is_not_sent_again(steady, path: str) -> None:
    first = steady.ask(path)
    assert first.headers["cache-control"] == "no-cache"
    again = steady.ask(path, If_None_Match=f'"other", W/{first.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert steady.ask(path, If_None_Match='"other"').status == 200
    assert steady.ask(path, If_None_Match="*").status == 304


def test_range_of_a_file_is_sent_alone(steady) -> None:
    answer = steady.ask("/files/big.bin", Range="bytes=2-5")
    assert (answer.status, answer.body) == (206, b"2345")
    assert answer.headers["content-range"] == "bytes 2-5/10"
    assert steady.ask("/files/big.bin", Range="bytes=20-").status == 416


@pytest.mark.parametrize("wanted", ["lines=1-2", "bytes=", "bytes=a-b", "bytes=--1", "bytes=0-" + "9" * 5000])
def test_range_that_cannot_be_read_is_left_out(steady, wanted: str) -> None:
    answer = steady.ask("/files/big.bin", Range=wanted)
    assert (answer.status, answer.body) == (200, b"0123456789")


def test_address_in_full_names_the_host_itself(steady) -> None:
    assert "page a" in steady.ask(f"http://{steady.host}/a/", Host="evil.example").text
    assert steady.ask("http://evil.example/a/").status == 403
    assert steady.ask("ftp://127.0.0.1/a/").status == 404


def test_requests_in_one_go_are_answered_in_order(steady) -> None:
    paths = ["/", "/a/", "/files/big.bin", "/nope"] * 25
    requests = [f"GET {path} HTTP/1.1\r\nHost: {steady.host}\r\n\r\n".encode() for path in paths]
    with socket.create_connection(("127.0.0.1", steady.port), timeout=10) as line:
        line.sendall(b"".join((*requests, b"GARBAGE\r\n\r\n")))
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"200", b"200", b"200", b"404"] * 25 + [b"400"]


def test_answers_on_one_connection_do_not_wait_for_each_other(steady) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", steady.port, timeout=10)
    durations = []
    for _ in range(30):
        started = time.monotonic()
        connection.request("GET", "/a/")
        assert b"page a" in connection.getresponse().read()
        durations.append(time.monotonic() - started)
    connection.close()
    # A system that waits for more to send waits 40 ms.
    assert sorted(durations)[5] < 0.03


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nHost: 127", b"GET /a/ HTTP/1.1\r\nHost: localhost\r\n\r\nGET"]
)
def test_who_does_not_ask_in_time_is_hung_up_on(
    root: Path, run_server, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr("generator.serve.server._REQUEST_S", 0.05)
    with run_server(root) as server, socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(sent)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
        assert answer.count(b"HTTP/1.1 200") == sent.count(b"\r\n\r\n")
        assert server.ask("/").status == 200


def test_missing_page_is_the_sites_404_page(root: Path, run_server) -> None:
    with run_server(root) as server:
        answer = server.ask("/nope/")
        assert answer.status == 404
        assert "Not Found" in answer.text
    (root / "content/404.html").write_text("<body>lost?</body>")
    with run_server(root) as server:
        answer = server.ask("/nope/")
        assert answer.status == 404
        assert answer.text.startswith("<body>lost?")
        assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_file_that_is_gone_from_disk_is_not_found(server) -> None:
    (server.root / "content/files/big.bin").unlink()
    assert server.ask("/files/big.bin").status == 404


def test_base_path_stands_before_everything(root: Path, run_server) -> None:
    with run_server(root, base_url="http://127.0.0.1:1/blog") as server:
        assert "home" in server.ask("/blog/").text
        assert server.ask("/").status == 404
        assert server.ask("/a/").status == 404
        assert server.ask("/blog/a").headers["location"] == "/blog/a/"
        assert server.page.script_path.startswith("/blog/_hanji/")
        assert server.ask(server.page.script_path).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_reading_is_allowed(steady, method: str) -> None:
    answer = steady.ask("/", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/a/", "/style.css", "/files/big.bin", "/nope", "SCRIPT"])
def test_no_other_origin_may_read(steady, path: str) -> None:
    path = steady.page.script_path if path == "SCRIPT" else path
    answer = steady.ask(path, Origin="http://evil.example")
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_script_is_kept_from_other_sites_pages(steady) -> None:
    answer = steady.ask(steady.page.script_path)
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert steady.page.socket_path in answer.text


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:1111", "[::2]", "8.8.8.8", "", "a b", "localhost@x"],
)
def test_other_hosts_are_refused(steady, host: str) -> None:
    answer = steady.ask("/", Host=host)
    assert answer.status in (400, 403)
    assert "home" not in answer.text


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "LOCALHOST:1111", "[::1]:1", "blog.localhost", "127.0.0.1:99"]
)
def test_names_of_this_machine_are_answered(steady, host: str) -> None:
    assert steady.ask("/", Host=host).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/%252e%252e%252fsecret.txt",
        "//secret.txt",
        "/a/../../secret.txt",
        "/files/../../secret.txt",
        "/%00",
        "/files/big.bin%00.html",
        "/files/big.bin/",
        "/%ff%fe",
        "/%",
        "/" + "%41" * 5000,
        "http://127.0.0.1/../secret.txt",
        "/content/index.html",
        "/.git/config",
    ],
)
def test_nothing_outside_the_snapshot_is_read(steady, path: str) -> None:
    (steady.root / "secret.txt").write_text("SECRET")
    (steady.root.parent / "secret.txt").write_text("SECRET")
    answer = steady.ask(path)
    assert answer.status in (400, 404)
    assert "SECRET" not in answer.text
    assert steady.ask("/").status == 200


def test_endless_header_is_refused(steady) -> None:
    with suppress(ConnectionError):
        assert steady.ask("/", X_Big="a" * 1_000_000).status == 400
    assert steady.ask("/").status == 200


def test_script_stands_before_the_end_of_the_body(steady) -> None:
    tag = f'<script src="{steady.page.script_path}?version=1"></script>'
    assert steady.ask("/").text == f"<html><head></head><body><h1>home</h1>{tag}</body></html>"
    assert steady.ask("/a/").text == f"<p>page a</p>{tag}"
    assert "script" not in steady.ask("/atom.xml").text


@pytest.mark.parametrize(
    ("badge", "text"),
    [
        (Badge(draft=True), "초안 · Draft"),
        (Badge(date=datetime(9999, 1, 2, tzinfo=UTC)), "앞선 날짜 · Future date: 9999-01-02"),
        (
            Badge(draft=True, date=datetime(9999, 1, 2, tzinfo=UTC)),
            "초안 · Draft / 앞선 날짜 · Future date: 9999-01-02",
        ),
    ],
)
def test_page_that_is_not_for_readers_yet_has_a_badge(root: Path, run_server, badge: Badge, text: str) -> None:
    with run_server(root) as server:
        server.store.state = replace(
            server.store.state, snapshot=replace(server.store.state.snapshot, badges={"한글/index.html": badge})
        )
        assert f">{text}</div>" in server.ask("/" + quote(unicodedata.normalize("NFD", "한글")) + "/").text
        assert "hanji-badge" not in server.ask("/a/").text


def test_date_that_has_come_has_no_badge() -> None:
    assert render_badge(Badge(date=datetime(2024, 1, 1, tzinfo=UTC))) == ""


@pytest.mark.parametrize(("error", "shown"), [(LocalProtocolError("can't handle it"), False), (KeyError("a"), True)])
def test_who_hangs_up_in_the_middle_is_no_bug(steady, error: Exception, shown: bool) -> None:
    handler = logging.getLogger("uvicorn").handlers[0]
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "", (), (type(error), error, None))
    assert bool(handler.filter(record)) is shown
