"""Two files for one place are found before anything is written."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.model.output import CopiedFile, KeptFile, OutputFile
from generator.write.collisions import join_files


def made(*paths: str) -> list[OutputFile]:
    return [OutputFile(path=path, data=b"") for path in paths]


def test_each_path_once_and_no_warning_where_all_differ() -> None:
    files, warnings = join_files(made("a", "b/c"), [KeptFile(path="b/d")])
    assert list(files) == ["a", "b/c", "b/d"]
    assert warnings == ()


def test_a_static_file_over_a_page_holds_with_a_warning() -> None:
    copied = CopiedFile(path="x/index.html", file=Path("static/x/index.html"))
    files, warnings = join_files(made("x/index.html"), [copied])
    assert files == {"x/index.html": copied}
    assert warnings == ("collision: `x/index.html` is made twice; the copy of index.html takes the place of the other",)


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ("Foo/index.html", "foo/index.html", "in upper and lower case"),
        (
            unicodedata.normalize("NFC", "한글"),
            unicodedata.normalize("NFD", "한글"),
            "in how their letters are composed",
        ),
    ],
)
def test_paths_that_some_systems_take_for_one_get_a_warning(one: str, other: str, difference: str) -> None:
    files, warnings = join_files(made(one, other, "third"))
    assert len(files) == 3
    assert len(warnings) == 1
    assert difference in warnings[0]


def test_a_file_where_a_folder_must_be_is_an_error() -> None:
    with pytest.raises(SiteError, match="`a/b` is to be a file of the output, and a folder with `a/b/c/d` in it"):
        join_files(made("a/b", "a/b/c/d"))
