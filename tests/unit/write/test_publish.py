"""The output folder is brought to what was built, and nothing more is touched."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.model.output import BuildReport, CopiedFile, OutputFile, SiteOutput, WriteReport
from generator.write import publish


def built(root: Path, files: Mapping[str, str | Path], *, folders: tuple[str, ...] = (), **more: bool) -> SiteOutput:
    made = {
        path: CopiedFile(path=path, file=what) if isinstance(what, Path) else OutputFile(path=path, data=what.encode())
        for path, what in files.items()
    }
    output_dir = root / "public"
    return SiteOutput(
        root=root, files=made, folders=folders, config_output_dir=output_dir, report=BuildReport(), **more
    )


def tree(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish(built(tmp_path, {"a.html": "a", "b/index.html": "b"}), out)
    before = os.stat(out / "a.html")
    report = publish(built(tmp_path, {"a.html": "a", "b/index.html": "B"}), out)
    assert report == WriteReport(written=1, kept=1, removed=0)
    assert os.stat(out / "a.html") == before
    assert tree(out) == {"a.html": "a", "b/index.html": "B"}


def test_stale_files_and_folders_go(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish(built(tmp_path, {"old/deep/a.html": "a", "b.html": "b"}, folders=("empty",)), out)
    assert (out / "empty").is_dir()
    assert publish(built(tmp_path, {"b.html": "b"}), out).removed == 1
    assert [p.name for p in out.iterdir()] == ["b.html"]


def test_a_file_may_become_a_folder_and_back(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish(built(tmp_path, {"a": "file"}), out)
    publish(built(tmp_path, {"a/index.html": "x", "a/b/c.html": "y"}), out)
    assert tree(out) == {"a/index.html": "x", "a/b/c.html": "y"}
    publish(built(tmp_path, {"a": "file"}), out)
    assert tree(out) == {"a": "file"}


def test_dotfiles_stay_where_the_site_wants_them(tmp_path: Path) -> None:
    out = tmp_path / "public"
    out.mkdir()
    (out / ".git").mkdir()
    (out / ".git/HEAD").write_text("ref")
    publish(built(tmp_path, {"a": "a"}, preserve_dotfiles=True), out)
    assert tree(out) == {"a": "a", ".git/HEAD": "ref"}
    publish(built(tmp_path, {"a": "a"}), out)
    assert tree(out) == {"a": "a"}


def test_copies_keep_their_time_and_are_not_repeated(tmp_path: Path) -> None:
    source, out = tmp_path / "photo.bin", tmp_path / "public"
    source.write_text("bytes")
    os.utime(source, ns=(10**18, 10**18))
    assert publish(built(tmp_path, {"photo.bin": source}), out).written == 1
    assert os.stat(out / "photo.bin").st_mtime_ns == 10**18
    assert publish(built(tmp_path, {"photo.bin": source}), out) == WriteReport(kept=1)


def test_a_hard_link_shares_the_bytes(tmp_path: Path) -> None:
    source, out = tmp_path / "photo.bin", tmp_path / "public"
    source.write_text("bytes")
    output = built(tmp_path, {})
    linked = {"photo.bin": CopiedFile(path="photo.bin", file=source, hard_link=True)}
    for _ in range(2):
        publish(SiteOutput(root=tmp_path, files=linked, config_output_dir=out, report=output.report), out)
        assert os.path.samefile(out / "photo.bin", source)
    assert [p.name for p in out.iterdir()] == ["photo.bin"]


def test_a_link_in_the_output_is_replaced_not_followed(tmp_path: Path) -> None:
    out, outside = tmp_path / "public", tmp_path / "outside"
    outside.mkdir()
    (outside / "keep.txt").write_text("kept")
    out.mkdir()
    (out / "a").symlink_to(outside)
    publish(built(tmp_path, {"a/index.html": "x"}), out)
    assert tree(outside) == {"keep.txt": "kept"}
    assert tree(out) == {"a/index.html": "x"}


def test_a_refusing_disk_is_an_error_with_a_place(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(SiteError, match="The output could not be written"):
        publish(built(tmp_path, {"a": "a"}), blocked / "public")
