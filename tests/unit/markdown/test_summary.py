from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.model.content import Rendered

Render = Callable[..., Rendered]


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("a\n\n<!-- more -->\n\nb", "<p>a</p>"),
        ("a\n\n<!--MORE-->\n\nb\n\n<!-- more -->", "<p>a</p>"),
        ("<!-- more -->\n\na", ""),
        ("a", None),
        ("`<!-- more -->` \\<!-- more -->", None),
        ("```\n<!-- more -->\n```", None),
        ("a <!-- more --> b", "<p>a&hellip;\n</p>\n"),
        ("*a [b <!-- more --> c](/d)*", '<p><em>a <a href="/d">b&hellip;\n</a></em></p>\n'),
        ("*a* [b](/c) <!-- more -->", '<p><em>a</em> <a href="/c">b</a>&hellip;\n</p>\n'),
        ("- a\n- b <!-- more --> c", "<ul>\n<li>a</li>\n<li>b&hellip;\n</li>\n</ul>\n"),
        ("> a\n>\n> <!-- more -->", "<blockquote>\n<p>a</p>&hellip;\n</blockquote>\n"),
        ("# a <!-- more --> b", '<h1 id="a-b">a'),
        (
            "|a|\n|-|\n|b <!-- more -->|",
            "<table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>b&hellip;\n</td></tr>\n</tbody></table>\n",
        ),
        ("a[^1]\n\n<!-- more -->\n\n[^1]: b", "<p>a</p>"),
        ("<b>a <!-- more --> b</b>", "<p><b>a&hellip;\n</p>\n"),
    ],
)
def test_the_summary_is_what_stands_before_the_mark(render: Render, text: str, summary: str | None) -> None:
    assert render(text).summary == summary


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a <!-- more --> b", '<p>a <span id="continue-reading"></span> b</p>\n'),
        ("a\n\n <!-- more --> lost\n\nb", '<p>a</p>\n <span id="continue-reading"></span>\n<p>b</p>\n'),
        ("a\n\n<!-- more -->\n\n# b", '<p>a</p>\n<span id="continue-reading"></span><h1 id="b">b</h1>\n'),
        ("a\n\n<!-- more -->\n\nb", '<p>a</p>\n<span id="continue-reading"></span>\n<p>b</p>\n'),
    ],
)
def test_the_mark_becomes_a_place_to_go_on_from(render: Render, text: str, html: str) -> None:
    assert render(text).html == html


def test_a_template_may_mark_the_cut(render: Render) -> None:
    made = "[summary-cutoff.html [('lang', 'ko'), ('summary', '<p>a')]]"
    assert render("a <!-- more --> b", has_template=lambda name: True).summary == f"<p>a{made}</p>\n"


def test_a_mark_in_a_note_for_the_bottom_cuts_before_the_note(render: Render) -> None:
    text = "a[^1]\n\n[^1]: b <!-- more --> c\n\nd"
    assert render(text, bottom_footnotes=True).summary == "<p>a</p>"


def test_only_the_line_of_the_mark_is_lost(render: Render) -> None:
    text = "<div>\n  <!-- more --> lost\n<b>\u2028kept</b>\n</div>\n"
    assert render(text).html == '<div>\n<span id="continue-reading"></span><b>\u2028kept</b>\n</div>\n'
