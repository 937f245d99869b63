"""Two folders change places, with the system's help and without, and a swap that was cut short is taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.write import swap as swap_module
from generator.write.swap import recover, swap


@pytest.fixture(params=["as the system can", "in two steps"])
def folders(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    if request.param == "in two steps":
        monkeypatch.setattr(swap_module, "_find_exchange", lambda: None)
    new, target = tmp_path / "new", tmp_path / "target"
    for folder in (new, target):
        folder.mkdir()
        (folder / folder.name).write_text("")
    return new, target, tmp_path / "aside"


def test_two_folders_change_places(folders: tuple[Path, Path, Path]) -> None:
    new, target, aside = folders
    swap(new, target, aside)
    assert [os.listdir(folder) for folder in (new, target)] == [["target"], ["new"]]
    assert not aside.exists()


def test_what_was_not_there_leaves_nothing(folders: tuple[Path, Path, Path]) -> None:
    new, target, aside = folders
    swap(new, target.with_name("other"), aside)
    assert os.listdir(target.with_name("other")) == ["new"]
    assert not new.exists()


def test_a_swap_that_fails_changes_nothing(folders: tuple[Path, Path, Path]) -> None:
    new, target, aside = folders
    with pytest.raises(OSError, match="No such file"):
        swap(new.with_name("nothing"), target, aside)
    assert os.listdir(target) == ["target"]
    assert not aside.exists()


def test_a_swap_that_was_cut_short_is_taken_back_or_ended(tmp_path: Path) -> None:
    target, aside = tmp_path / "target", tmp_path / "aside"
    aside.mkdir()
    (aside / "old").write_text("")
    recover(target, aside)
    assert os.listdir(target) == ["old"]
    aside.mkdir()
    recover(target, aside)
    assert [path.name for path in tmp_path.iterdir()] == ["target"]
