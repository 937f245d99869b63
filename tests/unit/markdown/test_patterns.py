"""What is told at a glance is what reading mark by mark gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.errors import SiteError
from generator.markdown import inline
from generator.markdown.patterns import Patterns, find_patterns

Html = Callable[..., str]

NEVER = re.compile(r"(?!)")
MARKS = ["*", "**", "***", "_", "__", "`", "``", "[", "](", ")", "[a](b)", "![", "~", "\\", "<", '"', "'", "...", "--"]
TEXTS = st.lists(st.sampled_from([*MARKS, "a", "b.", "가", " ", "\n", "(", ">", "&", "\u2009", "\x1c"]), max_size=24)


def mark_by_mark(smart: bool) -> Patterns:
    return replace(find_patterns(smart), emphasis={}, link=NEVER)


@pytest.mark.parametrize("smart", [False, True])
@given(parts=TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_both_ways_lead_to_the_same_html(html: Html, smart: bool, parts: list[str]) -> None:
    def read() -> str:
        try:
            return html("x " + "".join(parts), smart_punctuation=smart)
        except SiteError as error:  # a link to nowhere
            return str(error)

    with patch.object(inline, "find_patterns", mark_by_mark), patch.object(inline, "PLAIN_CODE", NEVER):
        expected = read()
    assert read() == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [("*a b*는", "*"), ("**(a)b**", "*"), ("_a b_.", "_"), ("__a__", "_")],
)
def test_emphasis_that_holds_text_alone_is_told_at_a_glance(text: str, kind: str) -> None:
    assert find_patterns(False).emphasis[kind].match(text)


@pytest.mark.parametrize("text", ["*a *", "* a*", "**(a)**b", "***a***", "*a**", "*a `b`*"])
def test_other_emphasis_is_read_mark_by_mark(text: str) -> None:
    assert not find_patterns(False).emphasis["*"].match(text)
