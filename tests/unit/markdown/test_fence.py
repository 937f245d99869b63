from __future__ import annotations

import pytest

from generator.markdown.fence import parse_fence
from generator.model.code import Fence


@pytest.mark.parametrize(
    ("info", "fence"),
    [
        ("", Fence()),
        ("  ", Fence()),
        ("rust", Fence(language="rust")),
        ("js title", Fence(language="js title")),
        ("py,copy", Fence(language="py")),
        ("linenos", Fence(language="", line_numbers=True)),
        ("py,linenos=false", Fence(language="py", line_numbers=True)),
        ("py, linenos ,linenostart=-3", Fence(language="py", line_numbers=True, first_line=-3)),
        ("py,linenostart=x", Fence(language="py")),
        ("py,hl_lines=1-3 5", Fence(language="py", marked=((1, 3), (5, 5)))),
        ("py,hl_lines=9-7 x 2-", Fence(language="py", marked=((7, 9),))),
        ("py,hl_lines=1,hl_lines=3", Fence(language="py", marked=((1, 1), (3, 3)))),
        ("py,hide_lines=2", Fence(language="py", hidden=((2, 2),))),
        ("py,name=mod.rs,a = b =c", Fence(language="py", attributes=(("a", "b"), ("name", "mod.rs")))),
        ("{.python}", Fence(language="{.python}")),
    ],
)
def test_an_info_string_is_read(info: str, fence: Fence) -> None:
    assert parse_fence(info) == fence
