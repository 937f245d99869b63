"""Texts that once made Markdown parsers hang: each must end in about the time that any text of its length takes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from generator.model.content import Rendered

Render = Callable[..., Rendered]
TIMES = 3000

PATTERNS = {
    "strong within emphasis": "*a **a " * TIMES,
    "closing marks": "a** " * TIMES,
    "opening marks": "**a " * TIMES,
    "alternating marks": "*_" * TIMES,
    "unmatched rules of three": "a**b" + "c* " * TIMES,
    "crossing marks": "*a _b " * TIMES + "c_ d* " * TIMES,
    "a long run": "*" * TIMES + "a" + "*" * TIMES,
    "tildes": "~a ~~b " * TIMES,
    "quotes": "\"a 'b " * TIMES,
    "nested brackets": "[" * TIMES + "a" + "]" * TIMES,
    "opening brackets": "[a" * TIMES,
    "opening images": "![" * TIMES,
    "closing brackets": "a]" * TIMES,
    "links without end": "[a](b" * TIMES,
    "pointed links without end": "[a](<b" * TIMES,
    "titles without end": '[a](b "' * TIMES,
    "links within brackets": "[" * TIMES + "[a](b) " * TIMES,
    "brackets and parentheses": "[ (](" * TIMES,
    "footnote marks": "[^a" * TIMES,
    "backticks of all lengths": "".join("e" + "`" * length for length in range(100)),
    "angle brackets": "<" * TIMES,
    "tags without end": '<a b="' * TIMES,
    "spaces in a tag": "<a" + " " * TIMES + "b" * TIMES,
    "comments without end": "<!--" * TIMES,
    "instructions without end": "<?" * TIMES,
    "declarations without end": "<!A " * TIMES,
    "character data without end": "<![CDATA[" * TIMES,
    "addresses without end": "<a@" + "b." * TIMES,
    "entities": "&#" * TIMES + "&a" * TIMES,
    "backslashes": "\\" * TIMES,
    "spaces": "a" + " " * TIMES + "b\n" + " " * TIMES,
    "quotes within quotes": ">" * TIMES + "a",
    "lazy lines of deep quotes": "> " * 300 + "a\n" + "b\n" * TIMES,
    "lists within lists": "- " * TIMES + "a",
    "lists by indent": "".join("  " * depth + "- a\n" for depth in range(300)),
    "quotes and lists": "> 1. " * TIMES + "a",
    "notes within notes": "".join("    " * depth + f"[^{depth}]: a\n" for depth in range(200)),
    "definitions": "".join(f"[a{number}]: b\n" for number in range(TIMES)) + "[a1]",
    "a long definition used often": "[a]: /" + "b" * 50_000 + "\n\n" + "[a] " * TIMES,
    "a wide table": "|" + "a|" * TIMES + "\n|" + "-|" * TIMES + "\n|b|",
    "short rows": "|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n" + "|b|\n" * TIMES,
    "almost tables": "|a|\n" * TIMES,
    "heading attributes": "# a " + "{#b " * TIMES + "}",
    "underlines": "a\n" * TIMES + "===",
    "terms": "a\n: b\n\n" * TIMES,
    "emoji": ":a" * TIMES,
    "calls without end": "{{ a(" * TIMES,
    "blocks without end": "{% a(b=[1 " * TIMES,
    "arrays without end": "{{ a(b=[1,[2," * TIMES,
}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_hostile_text_ends_quickly(render: Render, name: str) -> None:
    started = time.perf_counter()
    rendered = render(
        PATTERNS[name],
        smart_punctuation=True,
        definition_list=True,
        github_alerts=True,
        render_emoji=True,
        internal_level="warn",
    )
    assert time.perf_counter() - started < 2
    assert 0 < len(rendered.html) < 20 * len(PATTERNS[name]) + 10_000_000


def test_thousands_of_equal_headings_get_their_numbers_quickly(render: Render) -> None:
    started = time.perf_counter()
    rendered = render("## 같은 제목\n" * 4000)
    assert time.perf_counter() - started < 2
    assert rendered.toc[-1].id == "gateun-jemog-3999"


@pytest.mark.parametrize(("mark", "tag"), [("> ", "<blockquote>"), ("- ", "<li>")])
def test_text_of_deep_containers_is_kept(render: Render, mark: str, tag: str) -> None:
    html = render(mark * 450 + "a").html
    assert html.count(tag) == 450
    assert "a" in html


def test_text_deeper_than_any_container_is_kept_as_text(render: Render) -> None:
    assert "&gt; &gt; a</p>" in render("> " * 2000 + "a").html


def test_a_fences_info_cannot_leave_its_attribute(render: Render) -> None:
    html = render('```"><script>alert(1)</script>\ncode\n```').html
    assert "<script>" not in html
    assert 'data-lang="&quot;&gt;&lt;script&gt;' in html
