"""Regular files inside of the site alone are read, and of no more than so many bytes."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator.files import reading
from generator.files.own_folder import find_seal, make_own_folder
from generator.files.reading import read_regular, resolve_roots


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


def test_what_lies_elsewhere_is_refused_whichever_way_it_is_reached(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/in").write_bytes(b"in")
    (tmp_path / "site-not/x").parent.mkdir()
    (tmp_path / "site-not/x").write_bytes(b"out")
    (tmp_path / "site/link").symlink_to("../site-not/x")
    (tmp_path / "site/folder").symlink_to("../site-not")
    (tmp_path / "site/again").symlink_to("../site/in")
    roots = resolve_roots(tmp_path / "site")
    assert read_regular(tmp_path / "site/again", roots=roots) == read_regular(tmp_path / "site/in", roots=roots)
    for way in ("site/link", "site/folder/x", "site/../site-not/x", "site-not/x"):
        with pytest.raises(OSError, match="not inside of the site"):
            read_regular(tmp_path / way, roots=roots)


@pytest.mark.parametrize("told", [True, False])
def test_a_file_exchanged_before_it_is_opened_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    """The look at the path finds a file of the site; the moment after, a link stands there."""
    (tmp_path / "site").mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    file = tmp_path / "site/a"
    file.write_bytes(b"mine")
    really_open = os.open
    if not told:
        monkeypatch.setattr(reading, "_open_files", lambda: None)

    def exchange(path: str, *rest: Any, **more: Any) -> int:
        if path == file and not file.is_symlink():
            file.unlink()
            file.symlink_to("../secret")
        return really_open(path, *rest, **more)

    monkeypatch.setattr(os, "open", exchange)
    with pytest.raises(OSError, match="not inside of the site"):
        read_regular(file, roots=resolve_roots(tmp_path / "site"))


def test_a_file_exchanged_after_it_is_opened_is_seen_where_the_system_tells_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    file.symlink_to("../elsewhere")
    (tmp_path.parent / "elsewhere").write_bytes(b"secret")

    def exchange() -> None:
        file.unlink()
        file.write_bytes(b"mine")

    monkeypatch.setattr(reading, "_open_files", exchange)
    with pytest.raises(OSError, match="exchanged"):
        read_regular(file, roots=resolve_roots(tmp_path))


def test_a_forked_process_looks_at_its_own_files(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "site/link").symlink_to("../secret")
    (tmp_path / "site/a").write_bytes(b"mine")
    roots = resolve_roots(tmp_path / "site")
    read_regular(tmp_path / "site/a", roots=roots)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(read_regular, (tmp_path / "site/a",), {"roots": roots}) == b"mine"
        with pytest.raises(OSError, match="not inside of the site"):
            pool.apply(read_regular, (tmp_path / "site/link",), {"roots": roots})


def test_a_file_that_grows_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"0123456789")
    real = os.fstat

    def smaller(opened: int) -> Any:
        state = real(opened)
        return SimpleNamespace(st_mode=state.st_mode, st_size=4)

    monkeypatch.setattr(os, "fstat", smaller)
    assert read_regular(tmp_path / "a") == b"0123456789"


def test_the_seal_stays_and_is_another_where_the_folder_is_copied_to(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    seal = find_seal(tmp_path / "one")
    assert seal == find_seal(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    assert find_seal(tmp_path / "other") != seal
    assert find_seal(tmp_path / "nowhere") is None


def test_the_own_folder_is_in_no_repository(tmp_path: Path) -> None:
    for _ in range(2):
        assert make_own_folder(tmp_path) == tmp_path / ".hanji"
    assert (tmp_path / ".hanji/.gitignore").read_text() == "*\n"
    assert make_own_folder(tmp_path / "nowhere") is None
