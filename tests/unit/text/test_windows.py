"""Names that Windows cannot have are told, with the reason, once."""

from __future__ import annotations

import pytest

from generator.text.windows import check_names, find_objection


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("CON", "device"),
        ("aux.md", "device"),
        ("Com1 .tar.gz", "device"),
        ("lpt².md", "device"),
        ("a:b.md", "`:`"),
        ("what?.md", "`?`"),
        ("a\\b", "`\\`"),
        ("a\nb", "U+000A"),
        ("end.", "dot"),
        ("end ", "space"),
    ],
)
def test_a_name_that_windows_cannot_have(name: str, reason: str) -> None:
    assert reason in (find_objection(name) or "")


@pytest.mark.parametrize(
    "name", ["a.md", "console.md", "COM10", "한글 이름.md", "-rf", "#1.md", "100%.md", ".hidden", "…"]
)
def test_a_name_that_it_can(name: str) -> None:
    assert find_objection(name) is None


def test_a_folder_is_told_once() -> None:
    paths = ["content/a:b/one.md", "content/a:b/two.md", "content/ok/con.md"]
    assert [warning.split("`")[1] for warning in check_names(paths)] == ["content/a:b", "content/ok/con.md"]
    assert next(check_names(["content/a\nb.md"])).startswith("`content/a\\u000ab.md` ")
