"""Builds in, snapshots out: each is what one taken for itself would be, whatever came, went or changed before it."""

from __future__ import annotations

from pathlib import Path

from generator.commands.preview import Snapshots
from generator.model.output import BuildReport, CopiedFile, OutputFile, PendingFile, SiteOutput
from generator.serve.changes import find_changed
from generator.serve.snapshot import PendingEntry

A, B, C = (OutputFile(path=f"{name}.html", data=name.encode()) for name in "abc")
COMPOSED, DECOMPOSED = "\uac00.html", "\u1100\u1161.html"


def output(*files: OutputFile | CopiedFile | PendingFile) -> SiteOutput:
    made = {file.path: file for file in files if not isinstance(file, PendingFile)}
    late = {file.path: file for file in files if isinstance(file, PendingFile)}
    return SiteOutput(root=Path(), files=made, pending=late, config_output_dir=Path(), report=BuildReport())


def entries(snapshots: Snapshots, *files: OutputFile | CopiedFile | PendingFile) -> dict[str, object]:
    return dict(snapshots.take(output(*files)).entries)


def test_what_comes_goes_and_changes() -> None:
    snapshots = Snapshots()
    assert entries(snapshots, A, B) == {"a.html": b"a", "b.html": b"b"}
    assert entries(snapshots, A, C) == {"a.html": b"a", "c.html": b"c"}
    assert entries(snapshots, A, OutputFile(path="c.html", data=b"2")) == {"a.html": b"a", "c.html": b"2"}
    assert entries(snapshots) == {}


def test_pending_files_come_and_go() -> None:
    snapshots = Snapshots()
    late = entries(snapshots, A, PendingFile("b.html", str.encode))["b.html"]
    assert isinstance(late, PendingEntry)
    assert late.read() == b"b.html"
    assert entries(snapshots, A, B) == {"a.html": b"a", "b.html": b"b"}


def test_files_on_disk_are_looked_at_each_time(tmp_path: Path) -> None:
    file = tmp_path / "p.png"
    file.write_bytes(b"1")
    copy = CopiedFile(path="p.png", file=file)
    snapshots = Snapshots()
    before = snapshots.take(output(A, copy))
    assert not find_changed(before, snapshots.take(output(A, copy)))
    file.write_bytes(b"22")
    assert find_changed(before, snapshots.take(output(A, copy))) == {"p.png"}


def test_two_paths_that_are_one_to_the_server() -> None:
    one, other = OutputFile(path=COMPOSED, data=b"1"), OutputFile(path=DECOMPOSED, data=b"2")
    snapshots = Snapshots()
    for files in ((one, other), (one,), (other, one), (other,), (one,)):
        assert entries(snapshots, *files) == {COMPOSED: files[-1].data}
