"""Which folders a build may publish to."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands.output_dir import check_output_dir, choose_output_dir
from generator.errors import SiteError


def test_nothing_given_leaves_it_to_the_config() -> None:
    assert choose_output_dir(None, force=False) is None


def test_new_folder_is_taken_from_the_current_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert choose_output_dir(Path("out"), force=False) == tmp_path / "out"


def test_existing_folder_needs_force(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"already exists. Use --force to overwrite\."):
        choose_output_dir(tmp_path, force=False)
    assert choose_output_dir(tmp_path, force=True) == tmp_path


def test_dangling_link_exists(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("nowhere")
    with pytest.raises(SiteError):
        choose_output_dir(tmp_path / "out", force=False)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (".", "it is the site itself"),
        ("public/..", "it is the site itself"),
        ("..", "the site lies in it"),
        ("/", "the site lies in it"),
        ("content", "it is a source folder"),
        ("content/posts", "it lies in a source folder"),
        ("themes/a/static", "it lies in a source folder"),
        ("link", "it is a source folder"),
        ("config.toml", "it is a file"),
    ],
)
def test_folders_of_the_author_are_refused(tmp_path: Path, target: str, reason: str) -> None:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "link").symlink_to("content")
    (root / "config.toml").touch()
    with pytest.raises(SiteError, match=reason):
        check_output_dir(root / target, root)


def test_home_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    with pytest.raises(SiteError, match="your home folder"):
        check_output_dir(tmp_path / "me", tmp_path / "site")


def test_other_folders_are_taken(tmp_path: Path) -> None:
    for target in ("public", "build/site", "../elsewhere", "content-out"):
        check_output_dir(tmp_path / "site" / target, tmp_path / "site")


def test_a_folder_with_other_files_is_refused_but_not_one_that_holds_a_site(tmp_path: Path) -> None:
    for root, target in ((tmp_path / "site", tmp_path / "elsewhere"), (tmp_path / "site", tmp_path / "site/docs")):
        target.mkdir(parents=True)
        check_output_dir(target, root)
        (target / "mine.txt").touch()
        with pytest.raises(SiteError, match="holds files that are no site's"):
            check_output_dir(target, root)
        (target / "index.html").touch()
        check_output_dir(target, root)


def test_the_usual_folder_is_taken_whatever_stands_there(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public/CNAME").touch()
    check_output_dir(tmp_path / "public", tmp_path)


@pytest.mark.parametrize("target", [".git", ".git/x", ".hanji", ".hanji/x", "../other/.git"])
def test_folders_of_programs_are_refused(tmp_path: Path, target: str) -> None:
    with pytest.raises(SiteError, match="keeps"):
        check_output_dir(tmp_path / "site" / target, tmp_path / "site")


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "public").symlink_to("public")
    with pytest.raises(SiteError, match="a link to itself"):
        check_output_dir(tmp_path / "public", tmp_path)
