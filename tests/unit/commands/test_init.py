"""`hanji init`: its questions, what it makes, and that it overwrites nothing."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path

import pytest


@pytest.fixture
def init(hanji, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Call init in tmp_path with these lines as answers."""
    monkeypatch.chdir(tmp_path)

    def call(answers: str, *arguments: str):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(answers.encode(errors="surrogateescape"))))
        return hanji("init", *arguments)

    return call


def config_of(folder: Path) -> dict:
    return tomllib.loads((folder / "zola.toml").read_text())


def test_empty_answers_take_the_defaults(init, tmp_path: Path) -> None:
    answer = init("\n\n\n", "blog")
    assert answer.status == 0
    assert config_of(tmp_path / "blog") == {
        "base_url": "https://example.com",
        "compile_sass": True,
        "build_search_index": False,
        "markdown": {"highlighting": {"theme": "catppuccin-mocha"}},
        "extra": {},
    }
    made = sorted(path.name for path in (tmp_path / "blog").iterdir())
    assert made == ["content", "sass", "static", "templates", "themes", "zola.toml"]
    assert "> What is the URL of your site? (https://example.com): " in answer.out
    assert "[Y/n]: " in answer.out
    assert f"Done! Your site was created in {tmp_path / 'blog'}\n" in answer.out
    assert "hanji serve" in answer.out


def test_answers_are_taken_and_wrong_ones_asked_again(init, tmp_path: Path) -> None:
    answer = init('example.org\nhttps://a"b\nhttps://example.org/blog\nmaybe\nNO\nyes\n', "blog")
    assert answer.status == 0
    assert "Invalid URL: 'example.org'" in answer.out
    assert "Invalid URL: 'https://a\"b'" in answer.out
    assert "Invalid choice: 'maybe'" in answer.out
    config = config_of(tmp_path / "blog")
    assert config["base_url"] == "https://example.org/blog"
    assert (config["compile_sass"], config["build_search_index"]) == (False, True)
    assert not (tmp_path / "blog/sass").exists()


@pytest.mark.parametrize(
    "url", ["http://[bad", "http://a:99999", "http://", "http://a\tb", "mailto:a@b", "http://a\udcff"]
)
def test_what_is_no_address_is_asked_for_again(init, tmp_path: Path, url: str) -> None:
    answer = init(f"{url}\nhttps://example.org\n\n\n", "blog")
    assert answer.status == 0
    assert "Invalid URL: " in answer.out
    assert config_of(tmp_path / "blog")["base_url"] == "https://example.org"


def test_current_folder_with_hidden_files_is_empty(init, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert init("\n\n\n").status == 0
    assert (tmp_path / "zola.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "what"),
    [((), "The current directory is"), (("blog",), "`blog` is"), (("blog/a.md",), "`blog/a.md` is")],
)
def test_folder_that_is_not_empty_is_refused(init, tmp_path: Path, arguments, what: str) -> None:
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog/a.md").write_text("mine")
    answer = init("\n\n\n", *arguments)
    assert answer.status == 1
    assert f"{what} not an empty folder (hidden files are ignored)." in answer.err
    assert [path.name for path in tmp_path.rglob("*")] == ["blog", "a.md"]


def test_force_makes_the_site_beside_but_overwrites_nothing(init, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine")
    assert init("\n\n\n", "--force").status == 0
    answer = init("\n\n\n", "--force")
    assert answer.status == 1
    assert "`zola.toml` exists already" in answer.err
    assert (tmp_path / "a.txt").read_text() == "mine"


def test_end_of_input_makes_nothing(init, tmp_path: Path) -> None:
    answer = init("https://example.org\n", "blog")
    assert answer.status == 1
    assert "The input ended" in answer.err
    assert not (tmp_path / "blog").exists()


def test_parent_must_exist(init, tmp_path: Path) -> None:
    answer = init("\n\n\n", "a/b")
    assert answer.status == 1
    assert "`a/b` could not be made: No such file or directory" in answer.err
