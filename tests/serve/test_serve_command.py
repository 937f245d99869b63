"""`hanji serve` as its own process: what it says, where it listens, what it leaves alone, and how it ends."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.commands.rebuilds import format_rebuild
from generator.errors import SiteError
from generator.serve.address import DEFAULT_PORT, open_socket
from generator.serve.server import Rebuilt
from generator.serve.snapshot import Snapshot
from generator.serve.store import State

REPOSITORY = Path(__file__).parents[2]
DEADLINE_S = 60.0
SITE = {
    "config.toml": 'base_url = "https://example.com"\n',
    "templates/index.html": "<body>{{ config.base_url | safe }} {% for p in section.pages %}{{ p.title }};{% endfor %}",
    "templates/page.html": "<body>{{ page.content | safe }}</body>\n",
    "content/a.md": '+++\ntitle = "A"\n+++\nfirst\n',
    "content/draft.md": '+++\ntitle = "D"\ndraft = true\n+++\n',
    "public/index.html": "the last build\n",
}


@dataclass
class Serving:
    """A running `hanji serve`; its output goes to a file."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    @property
    def url(self) -> str:
        self.wait_until(lambda: "Web server is available at " in self.said)
        return re.findall(r"available at (\S+)", self.said)[0]

    @property
    def port(self) -> int:
        return int(self.url.split(":")[2].split("/")[0])

    def ask(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def wait_until(self, condition) -> None:
        deadline = time.monotonic() + DEADLINE_S
        while not condition():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.01)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in SITE.items():
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "site"


@contextmanager
def serving(root: Path, *arguments: str) -> Iterator[Serving]:
    log = root.parent / "log"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", "--root", str(root), "serve", *arguments],
            stdout=stream,
            stderr=stream,
            env=environment,
            cwd=root.parent,
        )
    try:
        yield Serving(process, log)
    finally:
        process.kill()
        process.wait()


def test_serve_follows_edits_and_ends_at_ctrl_c_without_a_trace(root: Path) -> None:
    with serving(root, "--port", "0") as server:
        assert server.url == f"http://127.0.0.1:{server.port}"
        assert server.ask("/")[1].startswith(f"<body>{server.url} A;<script")
        (root / "content/a.md").write_text('+++\ntitle = "A"\n+++\nsecond\n')
        server.wait_until(lambda: "second" in server.ask("/a/")[1])
        (root / "content/a.md").write_text("+++\ntitle = <script>\n+++\n")
        server.wait_until(lambda: "hanji-overlay" in server.ask("/a/")[1])
        assert "second" in server.ask("/a/")[1]
        assert "title = &lt;script&gt;" in server.ask("/a/")[1]
        started = time.monotonic()
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(DEADLINE_S) == 0
        assert time.monotonic() - started < 2
        assert "Traceback" not in server.said
    lines = server.said.split("\n")
    assert lines[:2] == ["Building site...", "-> Creating 1 pages (1 orphan) and 0 sections"] or lines[1].startswith(
        "->"
    )
    assert re.search(r"^\d\d:\d\d:\d\d ~ content/a\.md → 1 page in \d+ms$", server.said, re.MULTILINE)
    assert re.search(r"^\d\d:\d\d:\d\d ~ content/a\.md → failed; the last good pages stay$", server.said, re.MULTILINE)
    assert " --> content/a.md:2:9\n" in server.said
    assert (root / "public/index.html").read_text() == "the last build\n"
    assert [path.name for path in (root / "public").iterdir()] == ["index.html"]


def test_end_told_by_another_program_is_as_quick(root: Path) -> None:
    with serving(root, "--port", "0") as server:
        assert server.ask("/")[0] == 200
        with socket.create_connection(("127.0.0.1", server.port)):
            started = time.monotonic()
            server.process.terminate()
            assert server.process.wait(DEADLINE_S) == 143
            assert time.monotonic() - started < 2
        assert "Traceback" not in server.said


def test_terminal_is_left_clean(root: Path) -> None:
    controller, terminal = os.openpty()
    command = [sys.executable, "-m", "generator", "--root", str(root), "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    process = subprocess.Popen(
        command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment, start_new_session=True
    )
    try:
        before, said = termios.tcgetattr(terminal), b""
        while b"Press Ctrl+C to stop" not in said:
            said += os.read(controller, 1000)
        process.send_signal(signal.SIGINT)
        assert process.wait(DEADLINE_S) == 0
        assert termios.tcgetattr(terminal) == before
        os.write(terminal, b"$ ")
        while not said.endswith(b"$ "):
            said += os.read(controller, 1000)
        assert said.endswith(b"\r\n$ ")
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
        os.close(controller)


def test_warnings_of_a_rebuild_are_told_once(root: Path) -> None:
    (root / "config.toml").write_text(f'{SITE["config.toml"]}[markdown.highlighting]\ntheme = "github-dark"\n')
    with serving(root, "--port", "0") as server:
        assert server.ask("/")[0] == 200
        for number in range(2):
            (root / "content/a.md").write_text(f'+++\ntitle = "A"\n+++\n```nolang\nedit{number}\n```\n')
            server.wait_until(lambda number=number: f"edit{number}" in server.ask("/a/")[1])
        server.wait_until(lambda: server.said.count("~ content/a.md") == 2)
        assert server.said.count("nolang") == 1


def test_taken_usual_port_is_said(root: Path) -> None:
    with suppress(SiteError), open_socket("127.0.0.1", DEFAULT_PORT), serving(root) as server:
        assert server.port > DEFAULT_PORT
        assert f"Port {DEFAULT_PORT} is taken; {server.port} is the next free one" in server.said


def test_name_of_a_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    name = os.fsdecode("\x1b[2Jx\n한글".encode() + b"\xff")
    state = State(version=2, snapshot=Snapshot.of({}), changed=frozenset({"a/index.html", "b/index.html", "x.css"}))
    rebuilt = Rebuilt(causes=frozenset({tmp_path / "content" / name, tmp_path}), seconds=0.0384, state=state)
    line = format_rebuild(rebuilt, tmp_path)
    assert line[8:] == " - content/\ufffd[2Jx\ufffd한글\ufffd and 1 more → 2 pages and 1 file in 38ms"


def test_first_build_that_fails_ends_it(root: Path) -> None:
    (root / "templates/page.html").write_text("{{ page.nope }}")
    with serving(root, "--port", "0") as server:
        assert server.process.wait(DEADLINE_S) == 1
        assert "Variable `page.nope` is not defined" in server.said


def test_busy_port_that_was_asked_for_ends_it(root: Path) -> None:
    with open_socket("127.0.0.1", 0) as taken, serving(root, "--port", str(taken.getsockname()[1])) as server:
        assert server.process.wait(DEADLINE_S) == 1
        assert "The requested port is not available" in server.said


def test_drafts_base_path_and_written_builds(root: Path) -> None:
    options = ("--port", "0", "--drafts", "--base-url", "http://127.0.0.1/docs/", "--output-dir", "out")
    with serving(root, *options) as server:
        assert server.url == f"http://127.0.0.1:{server.port}/docs"
        status, text = server.ask("/docs/")
        assert (status, "A;D;" in text or "D;A;" in text) == (200, True)
        assert server.ask("/")[0] == 404
        written = (root.parent / "out/index.html").read_text()
        assert written.startswith(f"<body>{server.url} ")
        assert "<script" not in written
        assert "hanji-badge" in server.ask("/docs/draft/")[1]
        assert "hanji-badge" not in server.ask("/docs/a/")[1]
        assert (root.parent / "out/draft/index.html").read_text() == "<body></body>\n"
        (root / "content/a.md").unlink()
        server.wait_until(lambda: server.ask("/docs/a/")[0] == 404)
        assert not (root.parent / "out/a").exists()


def test_extra_path_is_watched_and_must_exist(root: Path) -> None:
    with serving(root, "--port", "0", "--extra-watch-path", "../data") as server:
        assert server.process.wait(DEADLINE_S) == 1
        assert "There is nothing to watch at" in server.said
    (root.parent / "data").mkdir()
    with serving(root, "--port", "0", "--extra-watch-path", "../data") as server:
        assert server.url
        (root.parent / "data/x.json").write_text("{}")
        server.wait_until(lambda: re.search(r"data/x\.json.* → nothing new in", server.said))


def test_other_interfaces_are_said_aloud(root: Path) -> None:
    with serving(root, "--port", "0", "--interface", "0.0.0.0") as server:
        server.wait_until(lambda: "warning: Everyone who can reach 0.0.0.0" in server.said)


@pytest.mark.parametrize("arguments", [("-i", "nowhere"), ("-p", "70000"), ("-d", "0")])
def test_values_that_cannot_be_are_wrong_usage(root: Path, arguments: tuple[str, str]) -> None:
    with serving(root, *arguments) as server:
        assert server.process.wait(DEADLINE_S) == 2
        assert "Error: Invalid value for" in server.said
