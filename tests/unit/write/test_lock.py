"""One build of a site at a time; a lock ends with its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.write.lock import build_lock

HOLD = """
import sys
from pathlib import Path
from generator.write.lock import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_lock_is_free_again_after_its_use_and_tells_who_had_it(tmp_path: Path) -> None:
    for _ in range(2):
        with build_lock(tmp_path, patience_s=0):
            assert (tmp_path / ".hanji/lock").read_text() == f"{os.getpid()}\n"
    assert (tmp_path / ".hanji/.gitignore").read_text() == "*\n"


def test_two_builds_do_not_go_together_and_a_killed_one_is_no_obstacle(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        message = rf"Another build of this site is at work \(process {other.pid}\)"
        with pytest.raises(SiteError, match=message), build_lock(tmp_path, patience_s=0.05):
            pass
        other.send_signal(signal.SIGKILL)
        with build_lock(tmp_path):
            assert other.wait() == -signal.SIGKILL


def test_a_site_that_may_not_be_written_to_needs_no_lock(tmp_path: Path) -> None:
    (tmp_path / ".hanji").write_text("in the way of the folder")
    with build_lock(tmp_path):
        assert (tmp_path / ".hanji").read_text() == "in the way of the folder"
