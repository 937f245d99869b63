"""Regular files alone are read, and of no more than so many bytes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.files.own_folder import make_own_folder
from generator.files.reading import read_regular


def test_a_file_is_read_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"bytes")
    (tmp_path / "link").symlink_to("a")
    assert read_regular(tmp_path / "link", most=5) == b"bytes"


def test_what_has_no_end_or_is_too_much_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "."):
        with pytest.raises(OSError, match="not a regular file"):
            read_regular(tmp_path / name)
    (tmp_path / "a").write_bytes(b"bytes")
    with pytest.raises(OSError, match="larger than 4 bytes"):
        read_regular(tmp_path / "a", most=4)


def test_the_own_folder_is_in_no_repository(tmp_path: Path) -> None:
    for _ in range(2):
        assert make_own_folder(tmp_path) == tmp_path / ".hanji"
    assert (tmp_path / ".hanji/.gitignore").read_text() == "*\n"
    assert make_own_folder(tmp_path / "nowhere") is None
