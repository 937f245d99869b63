from __future__ import annotations

import os
import socket
import unicodedata
from pathlib import Path

import pytest

from generator.assets.static import StaticFiles, static_files
from generator.model.config import SiteConfig


def write(file: Path, text: str = "x") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def make_config(root: Path, **options: object) -> SiteConfig:
    return SiteConfig(root=root, file=root / "config.toml", base_url="https://a.kr", languages={}, **options)  # type: ignore[arg-type]


def paths(found: StaticFiles) -> list[str]:
    return [file.path for file in found.files]


def test_no_static_folder_is_no_files(tmp_path: Path) -> None:
    assert static_files(make_config(tmp_path)) == ((), (), ())


def test_files_come_sorted_with_dotfiles_and_korean_names(tmp_path: Path) -> None:
    for name in ("b.txt", "가 나.txt", ".well-known/x", "sub/LICENSE", "a.txt"):
        write(tmp_path / "static" / name)
    assert paths(static_files(make_config(tmp_path))) == [".well-known/x", "a.txt", "b.txt", "sub/LICENSE", "가 나.txt"]


def test_site_wins_over_theme(tmp_path: Path) -> None:
    write(tmp_path / "themes/t/static/a.css", "theme")
    write(tmp_path / "themes/t/static/b.css", "theme")
    own = write(tmp_path / "static/a.css", "site")
    found = static_files(make_config(tmp_path, theme="t"))
    assert paths(found) == ["a.css", "b.css"]
    assert found.files[0].file == own


def test_ignored_globs_match_paths_below_static_and_spare_the_theme(tmp_path: Path) -> None:
    for name in ("b.log", "sub/c.log", "drafts/e.txt", "sub/d.txt"):
        write(tmp_path / "static" / name)
    write(tmp_path / "themes/t/static/t.log")
    found = static_files(make_config(tmp_path, theme="t", ignored_static=("*.log", "drafts")))
    assert paths(found) == ["drafts/e.txt", "sub/d.txt", "t.log"]


def test_hard_links_are_for_the_sites_own_files(tmp_path: Path) -> None:
    write(tmp_path / "themes/t/static/t.css")
    write(tmp_path / "static/a.css")
    found = static_files(make_config(tmp_path, theme="t", hard_link_static=True))
    assert [(file.path, file.hard_link) for file in found.files] == [("a.css", True), ("t.css", False)]


def test_empty_folders_are_kept(tmp_path: Path) -> None:
    (tmp_path / "static/empty/deep").mkdir(parents=True)
    write(tmp_path / "static/full/a.txt")
    assert static_files(make_config(tmp_path)).folders == ("empty", "empty/deep")


def test_processed_images_of_older_builds_are_left_out(tmp_path: Path) -> None:
    write(tmp_path / "static/processed_images/a.0123456789abcdef.jpg")
    write(tmp_path / "static/processed_images/keep/b.jpg")
    assert paths(static_files(make_config(tmp_path))) == ["processed_images/keep/b.jpg"]


def test_decomposed_names_are_published_composed(tmp_path: Path) -> None:
    write(tmp_path / "static" / unicodedata.normalize("NFD", "도커.txt"))
    assert paths(static_files(make_config(tmp_path))) == ["도커.txt"]


def test_links_are_followed_inside_the_site(tmp_path: Path) -> None:
    write(tmp_path / "shared/a.txt")
    (tmp_path / "static").mkdir()
    (tmp_path / "static/one.txt").symlink_to(tmp_path / "shared/a.txt")
    (tmp_path / "static/all").symlink_to(tmp_path / "shared")
    assert paths(static_files(make_config(tmp_path))) == ["all/a.txt", "one.txt"]


@pytest.mark.parametrize(
    ("target", "reason"), [("../..", "out of the site"), ("nowhere", "a link to nothing"), (".", "stands in")]
)
def test_a_link_that_leads_astray_is_a_warning(tmp_path: Path, target: str, reason: str) -> None:
    write(tmp_path / "site/static/a.txt")
    (tmp_path / "site/static/odd").symlink_to(target)
    found = static_files(make_config(tmp_path / "site"))
    assert paths(found) == ["a.txt"]
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith("static/odd is not published")
    assert reason in found.warnings[0]


def test_a_theme_that_is_a_link_is_part_of_the_site(tmp_path: Path) -> None:
    write(tmp_path / "theme/static/t.css")
    (tmp_path / "theme/example/themes").mkdir(parents=True)
    (tmp_path / "theme/example/themes/t").symlink_to("../..")
    assert paths(static_files(make_config(tmp_path / "theme/example", theme="t"))) == ["t.css"]


def test_pipes_sockets_and_unreadable_names_are_warnings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "static/a.txt")
    os.mkfifo(tmp_path / "static/pipe")
    Path(os.fsdecode(os.fsencode(tmp_path / "static") + b"/odd\xff.txt")).write_text("x")
    monkeypatch.chdir(tmp_path / "static")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
    found = static_files(make_config(tmp_path))
    assert paths(found) == ["a.txt"]
    assert [warning.split(" ")[0] for warning in found.warnings] == [
        "static/odd\\udcff.txt",
        "static/pipe",
        "static/socket",
    ]
