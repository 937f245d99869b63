"""The line that shows what a build is at: on a terminal alone, not too often, and gone in the end."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.commands.progress import ProgressLine, showing_progress

PACKAGE = Path(__file__).parents[3]


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


def make_line(out: io.StringIO, clock: Clock, columns: int = 80) -> ProgressLine:
    return ProgressLine(out, lambda: columns, clock)


def test_a_short_build_shows_nothing(out: io.StringIO, clock: Clock) -> None:
    line = make_line(out, clock)
    line.begin("reading pages")
    line.advance(1, 2)
    line.clear()
    assert out.getvalue() == ""


def test_stage_and_steps_are_shown_and_cleared(out: io.StringIO, clock: Clock) -> None:
    line = make_line(out, clock)
    clock.now += 1
    line.begin("rendering templates")
    clock.now += 1
    line.advance(500, 1000)
    line.clear()
    first, second, last = out.getvalue().split("\r")[1:]
    assert first == "rendering templates...\x1b[K"
    assert second == f"rendering templates [{'=' * 12}{' ' * 12}] 500/1000\x1b[K"
    assert last == "\x1b[K"


def test_steps_that_follow_each_other_quickly_are_left_out(out: io.StringIO, clock: Clock) -> None:
    line = make_line(out, clock)
    clock.now += 1
    for done in range(100):
        line.advance(done, 100)
        clock.now += 0.01
    assert out.getvalue().count("\r") == 10


def test_a_narrow_terminal_gets_one_line_still(out: io.StringIO, clock: Clock) -> None:
    line = make_line(out, clock, columns=20)
    clock.now += 1
    line.begin("rendering templates")
    line.advance(1, 100)
    shown = re.split(r"\r", out.getvalue().replace("\x1b[K", ""))
    assert max(map(len, shown)) == 19


def test_elsewhere_nothing_is_shown(capfd, clock: Clock) -> None:
    with showing_progress() as line:
        line.begin("writing files")
    unseen = ProgressLine(None, lambda: 80, clock)
    clock.now += 1
    unseen.begin("writing files")
    unseen.advance(1, 2)
    unseen.clear()
    assert capfd.readouterr() == ("", "")


def build_on_terminal(root: Path, **environment: str) -> str:
    """Return all that a build writes to a terminal."""
    ours, theirs = pty.openpty()
    known = {"PATH", "HOME", "LANG", "PYTHONPATH"}
    env = {name: value for name, value in os.environ.items() if name in known}
    command = [sys.executable, "-c", _SLOW, "--root", str(root), "build", "--no-cache"]
    path = os.pathsep.join(filter(None, (str(PACKAGE), env.get("PYTHONPATH"))))
    with subprocess.Popen(
        command, stderr=theirs, stdout=theirs, stdin=theirs, env={**env, "PYTHONPATH": path, **environment}
    ):
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 65536):
                said += piece
        except OSError:  # the other end is closed
            pass
        os.close(ours)
    return said.decode()


# Every build is a long one.
_SLOW = """
import sys
from generator.commands import progress
progress._SILENT_S = 0.0
from generator.cli import run
sys.exit(run(sys.argv[1:]))
"""


def test_on_a_terminal_the_line_is_rewritten_and_gone_in_the_end(site) -> None:
    said = build_on_terminal(site.root, TERM="xterm-256color")
    assert "rendering Markdown...\x1b[K" in said
    before, _, after = said.rpartition("\x1b[K")
    assert before.endswith("\r")
    assert after.startswith("Done in ")


@pytest.mark.parametrize(
    "plain", [{"TERM": "dumb"}, {"TERM": "xterm", "CI": "true"}, {"TERM": "xterm", "NO_COLOR": "1"}]
)
def test_plain_lines_where_they_are_wanted(site, plain: dict[str, str]) -> None:
    said = build_on_terminal(site.root, **plain)
    assert "\x1b" not in said
    assert [line.split(" ")[0] for line in said.split("\r\n")] == ["Building", "->", "Done", "", ""]
