"""The output folder is brought to what was built, and nothing more is touched."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.model.output import BuildReport, CopiedFile, KeptFile, OutputFile, SiteOutput, WriteReport
from generator.write import publish
from generator.write.publication import find_second


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


def test_a_source_that_changed_behind_its_time_is_copied(tmp_path: Path) -> None:
    source, out = tmp_path / "photo.bin", tmp_path / "public"
    for content in ("one", "two"):
        source.write_text(content)
        os.utime(source, ns=(10**18, 10**18))
        publish(built(tmp_path, {"photo.bin": source}), out)
        assert tree(out) == {"photo.bin": content}


def test_a_copy_that_is_older_than_its_source_is_compared(tmp_path: Path) -> None:
    source, out = tmp_path / "photo.bin", tmp_path / "public"
    source.write_text("one")
    publish(built(tmp_path, {"photo.bin": source}), out)
    source.chmod(0o600)
    assert publish(built(tmp_path, {"photo.bin": source}), out) == WriteReport(written=0, kept=1, removed=0)


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


def test_what_was_published_can_be_found_in_the_sites_own_folder(tmp_path: Path) -> None:
    out = tmp_path / "public"
    series = ({"a": "1", "b/c": "2"}, {"a": "3", "b/c": "2"}, {"a/d": "4", "e": "5"}, {"a": "6"})
    for files in series:
        publish(built(tmp_path, files), out)
        second = find_second(out, tmp_path)
        assert second is not None
        assert tree(second) == tree(out) == files


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


def test_where_nothing_differs_nothing_is_touched(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish(built(tmp_path, {"a.html": "a", "b/index.html": "b"}), out)
    before = {path: os.stat(path) for path in (out, *out.rglob("*"))}
    assert publish(built(tmp_path, {"a.html": "a", "b/index.html": "b"}), out) == WriteReport(kept=2)
    assert {path: os.stat(path) for path in (out, *out.rglob("*"))} == before


def test_one_file_is_replaced_in_the_folder_that_stands(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish(built(tmp_path, {"a.html": "a", "b.html": "b"}), out)
    before = out.stat().st_ino
    publish(built(tmp_path, {"a.html": "A", "b.html": "b"}), out)
    assert out.stat().st_ino == before
    assert tree(out) == {"a.html": "A", "b.html": "b"}


def test_several_files_change_with_their_folder_and_what_stays_is_not_copied(tmp_path: Path) -> None:
    out = tmp_path / "public"
    for version in ("one", "two", "three", "four"):
        before = out.stat().st_ino if out.exists() else 0
        kept = (out / "kept/c").stat().st_ino if before else 0
        publish(built(tmp_path, {"a": version, "x/b": version, "kept/c": "same"}), out)
        assert out.stat().st_ino != before
        assert kept in (0, (out / "kept/c").stat().st_ino)
        assert tree(out) == {"a": version, "x/b": version, "kept/c": "same"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [".hanji", "public"]


def test_a_kept_file_stays_and_one_that_is_gone_is_an_error(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish(built(tmp_path, {"a": "a", "b": "b", "c": "c"}), out)
    new = built(tmp_path, {"b": "B", "c": "C"})
    files = {**new.files, "a": KeptFile(path="a")}
    kept = SiteOutput(root=tmp_path, files=files, config_output_dir=out, report=BuildReport())
    assert publish(kept, out) == WriteReport(written=2, kept=1)
    assert tree(out) == {"a": "a", "b": "B", "c": "C"}
    (out / "a").unlink()
    with pytest.raises(SiteError, match="is gone since this build began"):
        publish(kept, out)


def test_a_failing_write_leaves_the_old_output_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish(built(tmp_path, {"a": "a", "b": "b"}), out)
    with pytest.raises(SiteError, match=r"public/gone\.bin: The output could not be written.*gone\.bin"):
        publish(built(tmp_path, {"a": "A", "b": "B", "gone.bin": tmp_path / "gone.bin"}), out)
    assert tree(out) == {"a": "a", "b": "b"}
    assert not list(tmp_path.glob(".hanji/*/tree"))
    publish(built(tmp_path, {"a": "A", "b": "B"}), out)
    assert tree(out) == {"a": "A", "b": "B"}


def test_what_is_edited_by_hand_is_put_right(tmp_path: Path) -> None:
    out = tmp_path / "public"
    files = {"a": "a", "b": "b", "c": "c"}
    publish(built(tmp_path, files), out)
    publish(built(tmp_path, {name: text * 2 for name, text in files.items()}), out)
    (out / "a").write_text("xx")
    (out / "b").unlink()
    (out / "stray").mkdir()
    (out / "stray/d").write_text("d")
    publish(built(tmp_path, {name: text * 2 for name, text in files.items()}), out)
    assert tree(out) == {"a": "aa", "b": "bb", "c": "cc"}
    assert not (out / "stray").exists()


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    script, out = tmp_path / "run.sh", tmp_path / "public"
    script.write_text("#!/bin/sh")
    script.chmod(0o700)
    before = os.umask(0o077)
    try:
        publish(built(tmp_path, {"a/b.html": "b", "run.sh": script}), out)
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (out, *out.rglob("*"))}
    assert modes == {"public": 0o755, "a": 0o755, "b.html": 0o644, "run.sh": 0o755}


def test_what_begins_with_a_dot_goes_over_to_the_new_folder_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "public"
    (out / ".git/refs/tags").mkdir(parents=True)
    (out / ".git/HEAD").write_text("ref")
    (out / ".git").chmod(0o700)
    (out / ".link").symlink_to("nowhere")
    publish(built(tmp_path, {"a": "a", "b": "b"}, preserve_dotfiles=True), out)
    assert publish(built(tmp_path, {"a": "A", "b": "B"}, preserve_dotfiles=True), out) == WriteReport(written=2)
    assert (out / ".git/refs/tags").is_dir()
    assert stat.S_IMODE((out / ".git").stat().st_mode) == 0o700
    assert os.readlink(out / ".link") == "nowhere"
    assert tree(out) == {"a": "A", "b": "B", ".git/HEAD": "ref"}


def test_a_name_may_be_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    name = "가" * 85
    for text in ("a", "b"):
        publish(built(tmp_path, {name: text}), tmp_path / "public")
    assert tree(tmp_path / "public") == {name: "b"}


def test_a_folder_named_on_the_command_line_is_swapped_too_without_litter(tmp_path: Path) -> None:
    elsewhere = tmp_path / "out/preview"
    for text in ("a", "b"):
        publish(built(tmp_path / "site", {"x": text, "y/z": text}), elsewhere)
        assert tree(elsewhere) == {"x": text, "y/z": text}
    assert [path.name for path in elsewhere.parent.iterdir()] == ["preview"]


def test_an_output_that_is_a_link_stays_one(tmp_path: Path) -> None:
    real, out = tmp_path / "www", tmp_path / "public"
    real.mkdir()
    out.symlink_to(real)
    for text in ("a", "b"):
        publish(built(tmp_path, {"x": text, "y": text}), out)
    assert out.is_symlink()
    assert tree(real) == {"x": "b", "y": "b"}


def test_an_output_that_cannot_be_moved_is_filled_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "public"
    publish(built(tmp_path, {"a/x": "a", "b": "b", "c": "c"}), out)
    monkeypatch.setattr("generator.write.publication._can_move", lambda folder, other: False)
    before = out.stat().st_ino
    publish(built(tmp_path, {"a": "A", "b/y": "B", "c": "c"}), out)
    assert out.stat().st_ino == before
    assert tree(out) == {"a": "A", "b/y": "B", "c": "c"}
