"""Files wait on disk once they are many, and are published from there; nothing of it is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.output import BuildReport, OutputFile, ShelvedFile, SiteOutput
from generator.write import publish
from generator.write.shelf import Shelf

FILES = [OutputFile(path=f"{name}/index.html", data=name.encode() * 10, source=f"{name}.md") for name in "abcd"]


def output(root: Path, files: list[OutputFile | ShelvedFile]) -> SiteOutput:
    return SiteOutput(
        root=root,
        files={file.path: file for file in files},
        config_output_dir=root / "public",
        report=BuildReport(),
    )


def test_what_is_too_much_for_the_memory_waits_on_disk(tmp_path: Path) -> None:
    with Shelf(tmp_path, most_held=25) as shelf:
        put = [shelf.put(file) for file in FILES]
        assert put[:2] == FILES[:2]
        assert [file.file.read_bytes() for file in put[2:] if isinstance(file, ShelvedFile)] == [b"c" * 10, b"d" * 10]
        report = publish(output(tmp_path, put), tmp_path / "public")
        assert report.written == 4
        assert (tmp_path / "public/d/index.html").read_bytes() == b"d" * 10
        assert publish(output(tmp_path, put), tmp_path / "public").written == 0
    assert not (tmp_path / ".hanji/shelf").exists()


def test_what_a_killed_build_left_is_no_hindrance(tmp_path: Path) -> None:
    left = tmp_path / ".hanji/shelf/1"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"old")
    with Shelf(tmp_path, most_held=0) as shelf:
        (file,) = [shelf.put(FILES[0])]
        assert isinstance(file, ShelvedFile)
        assert file.file.read_bytes() == FILES[0].data


@pytest.mark.parametrize("hindrance", ["a file", "a link"])
def test_where_no_folder_can_be_made_the_memory_has_to_do(tmp_path: Path, hindrance: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    site = tmp_path / "site"
    site.mkdir()
    if hindrance == "a file":
        (site / ".hanji").write_text("")
    else:
        (site / ".hanji").symlink_to(elsewhere)
    with Shelf(site, most_held=0) as shelf:
        assert shelf.put(FILES[0]) == FILES[0]
    assert list(elsewhere.iterdir()) == []
