"""Edits: each becomes what is served, open pages hear of it, and a broken one takes nothing away."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from generator.serve.snapshot import Snapshot

DEADLINE_S = 60.0


def open_socket(server, version: int = 1, page: str = "") -> ClientConnection:
    return connect(f"{server.socket_url}?version={version}&page={quote(page)}", origin=server.origin)


def news(client: ClientConnection) -> dict:
    return json.loads(client.recv(timeout=DEADLINE_S))


def serves(server, path: str, text: str) -> bool:
    return text in server.ask(path).text


def test_edit_is_served_and_told(server) -> None:
    with open_socket(server) as client:
        server.write("content/a/index.html", "<p>edited</p>")
        assert news(client) == {"version": 2, "changed": ["/a/"], "overlay": ""}
    assert serves(server, "/a/", "edited")
    (rebuilt,) = server.rebuilt
    assert rebuilt.causes == {server.root / "content/a/index.html"}


def test_style_is_told_by_its_path(server) -> None:
    with open_socket(server) as client:
        server.write("content/style.css", "body{color:red}")
        assert news(client)["changed"] == ["/style.css"]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("/a/", ["/a/", "/style.css"]),
        ("/" + quote("한글") + "/", ["/style.css"]),
        ("/none/", ["/404.html", "/style.css"]),
        ("elsewhere", ["/404.html", "/a/", "/atom.xml", "/style.css"]),
    ],
)
def test_page_is_told_of_no_other_document(root: Path, run_server, page: str, told: list[str]) -> None:
    def rebuild(_causes: frozenset[Path]) -> Snapshot:
        korean = (root / "content/한글/index.html").read_bytes()
        edited = dict.fromkeys(("404.html", "a/index.html", "atom.xml", "style.css"), b"new")
        return Snapshot.of({**edited, "한글/index.html": korean})

    (root / "content/404.html").write_text("not found")
    (root / "content/index.html").unlink()
    (root / "content/files/big.bin").unlink()
    with run_server(root, rebuild=rebuild) as server, open_socket(server, page=page) as client:
        server.write("templates/page.html", "new")
        assert news(client)["changed"] == told


def test_page_with_the_sheets_new_hash_is_not_told(root: Path, run_server) -> None:
    def rebuild(_causes: frozenset[Path]) -> Snapshot:
        style = (root / "content/style.css").read_bytes()
        page = f'<link href="/style.css?h={style.hex()}"><p>page</p>'
        return Snapshot.of({"style.css": style, "index.html": page.encode()})

    def save(text: str) -> None:
        # In one step: of an empty file the page would have no hash, and be another.
        (root / ".style.swp").write_text(text)
        (root / ".style.swp").replace(root / "content/style.css")

    with run_server(root, rebuild=rebuild) as server:
        save("b{}")
        server.wait_until(lambda: serves(server, "/", b"b{}".hex()))
        with open_socket(server, version=2) as client:
            save("c{}")
            assert news(client) == {"version": 3, "changed": ["/style.css"], "overlay": ""}
        assert serves(server, "/", b"c{}".hex())


def test_file_on_disk_is_told_when_its_bytes_change(server) -> None:
    with open_socket(server) as client:
        server.write("content/files/big.bin", "other")
        assert news(client)["changed"] == ["/files/big.bin"]


def test_atomic_save_new_file_and_deletion_are_seen(server) -> None:
    page = server.root / "content/a/index.html"
    temporary = page.with_name(".index.html.swp1")
    temporary.write_text("<p>saved by renaming</p>")
    os.replace(temporary, page)
    server.wait_until(lambda: serves(server, "/a/", "saved by renaming"))
    server.write("content/new/deep/index.html", "<p>new</p>")
    server.wait_until(lambda: serves(server, "/new/deep/", "new"))
    (server.root / "content/new/deep/index.html").unlink()
    server.wait_until(lambda: server.ask("/new/deep/").status == 404)


def test_folder_that_comes_later_is_watched_too(server) -> None:
    server.write("data/x.json", "1")
    server.wait_until(lambda: server.rebuilt)
    count = len(server.rebuilt)
    server.write("data/x.json", "2")
    server.wait_until(lambda: len(server.rebuilt) > count)


def test_folder_that_is_another_of_the_same_name_is_watched(server) -> None:
    for number in range(3):
        shutil.rmtree(server.root / "content")
        server.write("content/a/index.html", f"<p>anew {number}</p>")
        server.wait_until(lambda number=number: serves(server, "/a/", f"anew {number}"))
        server.write("content/a/index.html", f"<p>edited {number}</p>")
        server.wait_until(lambda number=number: serves(server, "/a/", f"edited {number}"))


def test_site_that_goes_and_comes_back_is_followed(server) -> None:
    away = server.root.with_name("away")
    server.write("content/a/index.html", "<p>before</p>")
    server.wait_until(lambda: serves(server, "/a/", "before"))
    os.rename(server.root, away)
    server.wait_until(lambda: server.ask("/a/").status == 404)
    shutil.copytree(away, server.root)
    server.wait_until(lambda: serves(server, "/a/", "before"))
    server.write("content/a/index.html", "<p>after</p>")
    server.wait_until(lambda: serves(server, "/a/", "after"))


def test_file_and_folder_outside_the_site_are_followed_through_renames(root: Path, run_server) -> None:
    folder = root.parent / "more"
    (folder / "inside").mkdir(parents=True)
    file = root.parent / "one.json"
    file.write_text("0")
    with run_server(root, more=(folder, file)) as server:
        for number in range(3):
            for target in (file, folder / "inside/x.json"):
                built = len(server.rebuilt)
                (root.parent / "unwatched.json").write_text(str(number))
                temporary = target.with_name("temporary.json~")
                temporary.write_text(str(number))
                os.replace(temporary, target)
                server.wait_until(lambda t=target, b=built: any(t in rebuilt.causes for rebuilt in server.rebuilt[b:]))
        assert frozenset().union(*(rebuilt.causes for rebuilt in server.rebuilt)) <= {file, target, target.parent}


def test_output_and_passing_files_cause_no_build(server) -> None:
    server.write("content/a/index.html", "<p>first</p>")
    server.wait_until(lambda: serves(server, "/a/", "first"))
    server.rebuilt.clear()
    server.write("public/index.html", "built")
    server.write("content/.a.md.swp", "vim")
    server.write("content/a.md~", "emacs")
    server.write(".git/HEAD", "ref")
    server.write("content/a/index.html", "<p>second</p>")
    server.wait_until(lambda: serves(server, "/a/", "second"))
    causes = frozenset().union(*(rebuilt.causes for rebuilt in server.rebuilt))
    assert causes == {server.root / "content/a/index.html"}


def test_build_that_changes_nothing_wakes_nobody(server) -> None:
    with open_socket(server) as client:
        server.write("templates/page.html", "no page uses it")
        server.wait_until(lambda: server.rebuilt)
        assert server.rebuilt[0].state.changed == frozenset()
        server.write("content/a/index.html", "<p>edited</p>")
        assert news(client)["version"] == 2


def test_many_edits_end_at_the_last_one(server) -> None:
    for number in range(100):
        server.write("content/a/index.html", f"<p>edit {number} end</p>")
    server.wait_until(lambda: serves(server, "/a/", "edit 99 end"))
    assert len(server.rebuilt) < 50


def test_edit_during_a_build_leads_to_one_more(root: Path, run_server, read_site) -> None:
    building, go_on = threading.Event(), threading.Event()

    def slow(_causes: frozenset[Path]):
        seen = read_site(root)
        building.set()
        assert go_on.wait(DEADLINE_S)
        return seen

    with run_server(root, rebuild=slow) as server:
        server.write("content/a/index.html", "<p>first</p>")
        assert building.wait(DEADLINE_S)
        assert serves(server, "/a/", "page a"), "requests are answered while it builds"
        server.write("content/a/index.html", "<p>second</p>")
        server.write("content/style.css", "b{}")
        go_on.set()
        server.wait_until(lambda: serves(server, "/a/", "second") and serves(server, "/style.css", "b{}"))
        assert len(server.rebuilt) <= 3


def test_what_changed_before_the_watch_began_is_built(root: Path, run_server) -> None:
    with run_server(root, since_ns=0) as server:
        server.wait_until(lambda: server.rebuilt)
        assert root / "content/a/index.html" in server.rebuilt[0].causes


def test_failure_of_a_build_that_is_outdated_is_not_shown(root: Path, run_server, read_site) -> None:
    building, go_on = threading.Event(), threading.Event()

    def slow(_causes: frozenset[Path]):
        seen = read_site(root)
        building.set()
        assert go_on.wait(DEADLINE_S)
        return seen

    with run_server(root, rebuild=slow) as server, open_socket(server) as client:
        server.write("content/a/index.html", "broken: half of a save")
        assert building.wait(DEADLINE_S)
        server.write("content/a/index.html", "<p>the whole save</p>")
        server.wait_until(lambda: server.background.has_changes)
        go_on.set()
        assert news(client) == {"version": 2, "changed": ["/a/"], "overlay": ""}
        server.wait_until(lambda: server.rebuilt)
        assert server.rebuilt[0].state.failure is None


def test_many_files_at_once_are_a_few_builds(server) -> None:
    for number in range(500):
        server.write(f"content/{number}/index.html", f"<p>{number}</p>")
    server.wait_until(lambda: all(serves(server, f"/{number}/", f"<p>{number}</p>") for number in (0, 250, 499)))
    assert len(server.rebuilt) < 50


def test_broken_edit_shows_over_the_last_good_page_until_mended(server) -> None:
    with open_socket(server) as client:
        server.write("content/a/index.html", "broken")
        told = news(client)
        assert told["changed"] == []
        assert "index.html is broken" in told["overlay"]
        page = server.ask("/a/")
        assert page.status == 200
        assert page.text.startswith("<p>page a</p>")
        assert told["overlay"] in page.text
        assert told["overlay"] in server.ask("/nope/").text
        for text in (told["overlay"], page.text):
            assert "&lt;script&gt;evil()&lt;/script&gt;" in text
            assert "<script>evil()" not in text
        server.write("content/a/index.html", "<p>mended</p>")
        assert news(client) == {"version": 3, "changed": ["/a/"], "overlay": ""}
    assert "hanji-overlay" not in server.ask("/a/").text


def test_page_that_missed_a_version_is_told_to_start_again(server) -> None:
    for number in (1, 2):
        server.write("content/a/index.html", f"<p>edit {number}</p>")
        server.wait_until(lambda number=number: serves(server, "/a/", f"edit {number}"))
    with open_socket(server, version=1) as client:
        told = news(client)
    assert told["version"] == server.store.state.version
    assert told["changed"] is None or told["version"] == 2


def test_no_request_sees_a_gap_while_builds_go_on(server) -> None:
    stop = threading.Event()

    def edit() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            server.write("content/index.html", f"<p>home {number}</p>")

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        answers = [server.ask("/a/") for _ in range(300)]
    finally:
        stop.set()
        editor.join()
    assert {answer.status for answer in answers} == {200}
    assert all(answer.text.startswith("<p>page a</p>") for answer in answers)


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://evil.example",
        "http://127.0.0.1:1",
        "http://127.0.0.1.evil.example",
        "file://",
        "http://localhost",
    ],
)
def test_socket_opens_for_pages_of_this_server_alone(server, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused, connect(server.socket_url, origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_socket_refuses_a_foreign_host_that_calls_itself_by_its_own_name(server) -> None:
    name = f"evil.example:{server.port}"
    line = socket.create_connection(("127.0.0.1", server.port))
    with line, pytest.raises(InvalidStatus) as refused:
        connect(f"ws://{name}{server.page.socket_path}", sock=line, origin=f"http://{name}")
    assert refused.value.response.status_code == 403


def test_socket_is_not_where_one_could_guess(server) -> None:
    for path in ("/livereload", "/_hanji/livereload", "/_hanji//livereload"):
        with pytest.raises(InvalidStatus), connect(f"ws://{server.host}{path}", origin=server.origin):
            pass


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 5000, "%D9%A3"])
def test_version_that_is_none_is_told_the_latest(server, version: str) -> None:
    server.write("content/a/index.html", "<p>edited</p>")
    server.wait_until(lambda: serves(server, "/a/", "edited"))
    with connect(f"{server.socket_url}?version={version}", origin=server.origin) as client:
        assert news(client) == {"version": 2, "changed": None, "overlay": ""}


def test_slow_clients_keep_nobody_waiting(server) -> None:
    clients = []
    try:
        for number in range(80):
            client = socket.create_connection(("127.0.0.1", server.port))
            client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " if number % 2 else b"G")
            clients.append(client)
        assert server.ask("/").status == 200
    finally:
        for client in clients:
            client.close()
