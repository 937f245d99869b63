from __future__ import annotations

from collections.abc import Callable

import pytest

Html = Callable[..., str]


def mark(label: str, number: int) -> str:
    return f'<sup class="footnote-reference"><a href="#{label}">{number}</a></sup>'


def note(label: str, number: int, inner: str) -> str:
    number_mark = f'<sup class="footnote-definition-label">{number}</sup>'
    return f'<div class="footnote-definition" id="{label}">{number_mark}\n{inner}</div>\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a[^1]\n\n[^1]: b", "<p>a" + mark("1", 1) + "</p>\n" + note("1", 1, "<p>b</p>\n")),
        (
            "[^b]: x\n\ny[^a][^b]\n\n[^a]: z",
            note("b", 1, "<p>x</p>\n") + "<p>y" + mark("a", 2) + mark("b", 1) + "</p>\n" + note("a", 2, "<p>z</p>\n"),
        ),
        ("[^1]: a\n    b\n\n    c\nd", note("1", 1, "<p>a\nb</p>\n<p>c\nd</p>\n")),
        ("[^1]: a\n\nb", note("1", 1, "<p>a</p>\n") + "<p>b</p>\n"),
        ("[^1]: a\n[^2]: b", note("1", 1, "<p>a</p>\n") + note("2", 2, "<p>b</p>\n")),
        ("a[^긴 이름]\n\n[^긴 이름]: b", "<p>a" + mark("긴 이름", 1) + "</p>\n" + note("긴 이름", 1, "<p>b</p>\n")),
        ("[^nix] [^] ^[a]", "<p>[^nix] [^] ^[a]</p>\n"),
        (
            "![^1] [^1](/u)\n\n[^1]: a",
            "<p>!" + mark("1", 1) + ' <a href="/u">^1</a></p>\n' + note("1", 1, "<p>a</p>\n"),
        ),
        ("[a [^1] b](/u)\n\n[^1]: a", "<p>[a " + mark("1", 1) + " b](/u)</p>\n" + note("1", 1, "<p>a</p>\n")),
        ("[^1]:\n    - a", note("1", 1, "<ul>\n<li>a</li>\n</ul>\n")),
    ],
)
def test_notes_stay_where_they_are_written(html: Html, text: str, expected: str) -> None:
    assert html(text) == expected


def bottom(*items: str) -> str:
    return '<section class="footnotes">\n<ol class="footnotes-list">\n' + "".join(items) + "</ol>\n</section>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a[^x] b[^x]\n\n[^x]: c",
            '<p>a<sup class="footnote-reference" id="fr-x-1"><a href="#fn-x">1</a></sup> '
            'b<sup class="footnote-reference" id="fr-x-2"><a href="#fn-x">1</a></sup></p>\n'
            + bottom('<li id="fn-x">\n<p>c <a href="#fr-x-1">↩</a> <a href="#fr-x-2">↩2</a></p>\n</li>\n'),
        ),
        (
            "[^2]: b\n\n[^1]: - a\n\n[^1][^2]",
            '<p><sup class="footnote-reference" id="fr-1-1"><a href="#fn-1">1</a></sup>'
            '<sup class="footnote-reference" id="fr-2-1"><a href="#fn-2">2</a></sup></p>\n'
            + bottom(
                '<li id="fn-1">\n<ul>\n<li>a</li>\n</ul>\n <a href="#fr-1-1">↩</a></li>\n',
                '<li id="fn-2">\n<p>b <a href="#fr-2-1">↩</a></p>\n</li>\n',
            ),
        ),
        ("[^1]: unused", bottom()),
        ("a", "<p>a</p>\n"),
    ],
)
def test_notes_may_stand_at_the_bottom(html: Html, text: str, expected: str) -> None:
    assert html(text, bottom_footnotes=True) == expected
