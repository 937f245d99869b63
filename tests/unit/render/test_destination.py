"""Where output files go, and where they must not."""

from __future__ import annotations

import pytest

from generator.errors import SiteError
from generator.render.destination import alias_destination, destination


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "index.html"),
        ("/a/b/", "a/b/index.html"),
        ("//a/./b", "a/b/index.html"),
        ("/글 하나/", "글 하나/index.html"),
    ],
)
def test_a_url_path_is_a_folder(path: str, expected: str) -> None:
    assert destination(path, "index.html", shown="content/a.md") == expected


@pytest.mark.parametrize(
    ("alias", "expected"),
    [("old", "old/index.html"), ("/old/post.html", "old/post.html"), ("a.htm", "a.htm/index.html"), ("", "index.html")],
)
def test_an_alias_may_name_a_file(alias: str, expected: str) -> None:
    assert alias_destination(alias, shown="content/a.md") == expected


@pytest.mark.parametrize("path", ["../a", "/a/../../b", "a/..", "a\0b"])
def test_nothing_leaves_the_output_folder(path: str) -> None:
    with pytest.raises(SiteError) as caught:
        destination(path, "index.html", shown="content/a.md")
    assert caught.value.where is not None
    assert caught.value.where.file == "content/a.md"
