"""Measuring: time and memory of all of a command's processes, touched files, edits, the server's answers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.builds import serving
from bench.builds.generators import Generator, find_peers, own_generator
from bench.builds.machine import ROOT
from bench.builds.measure import count_touched, stamp_files
from bench.builds.serving import Save, measure_saves, measure_start
from bench.builds.works import TAG_LINK, edit_body, edit_template, edit_title

# Each in a process of its own: a measurement waits for every child of its process, and here others may have some.
MEASURING = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from bench.builds.measure import adopt_orphans, run_measured
adopt_orphans()
print(json.dumps(asdict(run_measured([sys.executable, "-I", "-S", "-c", sys.argv[1]], Path.cwd(), memory=True))))
"""
LEAVES_AN_ORPHAN = """
import os
if os.fork() == 0:
    os.fork()
    while sum(os.times()[:2]) < 0.15:
        pass
"""
TAKES_MEMORY = """
import time
taken = bytearray(b"x" * 60_000_000)
time.sleep(0.2)
"""
SERVER = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(Path("post.md").read_bytes() + b"</html>")

HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Page).serve_forever()
"""


def measure(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", MEASURING, code], cwd=ROOT, capture_output=True, text=True)


def test_what_a_command_leaves_running_counts() -> None:
    sample = json.loads(measure(LEAVES_AN_ORPHAN).stdout)
    assert sample["cpu_s"] >= 0.3
    assert 0 < sample["user_s"] <= sample["cpu_s"]


def test_memory_is_watched() -> None:
    sample = json.loads(measure(TAKES_MEMORY).stdout)
    assert sample["peak_bytes"] > 60_000_000
    assert sample["wall_s"] > 0.2


def test_a_command_that_fails_is_told() -> None:
    failed = measure("raise SystemExit('no such theme')")
    assert failed.returncode
    assert "no such theme" in failed.stderr


def test_touched_files_are_counted(tmp_path: Path) -> None:
    for name in ("kept", "same", "gone", "changed"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    before = stamp_files(tmp_path)
    (tmp_path / "gone").unlink()
    (tmp_path / "new").write_text("new", encoding="utf-8")
    (tmp_path / "again").write_text("same", encoding="utf-8")
    (tmp_path / "again").replace(tmp_path / "same")
    (tmp_path / "changed").write_text("longer than before", encoding="utf-8")
    assert count_touched(before, before) == 0
    assert count_touched(before, stamp_files(tmp_path)) == 4


def test_edits_change_what_they_say() -> None:
    text = '+++\ntitle = "A post"\ndate = 2025-01-01\n+++\n\nA text.\n'
    assert edit_title(text, "new") == text.replace("A post", "A post new")
    assert edit_body(text, "new") == text + "\nnew\n"
    assert edit_template("a{% block title %}b", "new") == "a{% block title %}new b"


def test_the_script_of_the_package_is_not_hugo(tmp_path: Path) -> None:
    binary = tmp_path / "lib/python3.11/site-packages/hugo/binaries/hugo"
    for program in (binary, tmp_path / "bin/hugo"):
        program.parent.mkdir(parents=True)
        program.touch(mode=0o755)
    (hugo,) = find_peers(["hugo"], tmp_path / "bin")
    assert hugo.command == (str(binary),)


def test_peers_that_are_not_there_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(find_peers(["hugo", "pelican", "mkdocs", "zola"], tmp_path)) == []


def test_the_next_build_is_a_first_one(tmp_path: Path) -> None:
    blog, leavings = tmp_path / "blog", tmp_path / "leavings"
    for _ in range(2):
        for path in ("public/a/index.html", ".hanji/state", "content/a.md"):
            (blog / path).parent.mkdir(parents=True, exist_ok=True)
            (blog / path).touch()
        own_generator(None).clean(blog, leavings)
        assert [path.name for path in blog.iterdir()] == ["content"]
    # Removing them then and there would slow the next build down.
    assert len(list(leavings.rglob("index.html"))) == 2


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator:
    monkeypatch.setattr(serving, "BETWEEN_S", 0)
    (tmp_path / "post.md").write_text("A text.", encoding="utf-8")
    command = (sys.executable, "-I", "-c", SERVER)
    return Generator(name="served", flavour="zola", command=command, build=(), output="public")


def test_a_start_is_timed_to_the_first_page(tmp_path: Path, served: Generator) -> None:
    assert measure_start(served, tmp_path, "/").wall_s > 0


def test_saves_are_timed_and_taken_back(tmp_path: Path, served: Generator) -> None:
    save = Save(source="post.md", edit=edit_body, address="/")
    assert len(measure_saves(served, tmp_path, save, 3)) == 3
    assert (tmp_path / "post.md").read_text(encoding="utf-8") == "A text."


def test_a_save_is_awaited_where_the_post_leads_to(tmp_path: Path, served: Generator) -> None:
    save = Save(source="post.md", edit=edit_body, address="/", link=TAG_LINK)
    with pytest.raises(RuntimeError, match="no link"):
        measure_saves(served, tmp_path, save, 1)
    (tmp_path / "post.md").write_text('<a href="http://127.0.0.1/tags/a/">a</a>', encoding="utf-8")
    assert len(measure_saves(served, tmp_path, save, 1)) == 1
