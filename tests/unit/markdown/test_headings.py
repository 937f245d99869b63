from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.markdown.headings import nest_headings, split_attributes
from generator.model.content import Heading, Rendered

Render = Callable[..., Rendered]


def ids(rendered: Rendered) -> list[str]:
    found: list[str] = []

    def collect(headings: tuple[Heading, ...]) -> None:
        for heading in headings:
            found.append(heading.id)
            collect(heading.children)

    collect(rendered.toc)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 도커란 무엇인가?", '<h1 id="dokeoran-mueosinga">도커란 무엇인가?</h1>\n'),
        ("## a ##", '<h2 id="a">a</h2>\n'),
        ("## a#", '<h2 id="a">a#</h2>\n'),
        ("## ##", '<h2 id=""></h2>\n'),
        ("## \ta\t ", '<h2 id="a">a\t</h2>\n'),
        ("## a #\t", '<h2 id="a">a #\t</h2>\n'),
        ("a {#b}\t\n---", '<h2 id="b">a</h2>\n'),
        ("#a", "<p>#a</p>\n"),
        ("####### a", "<p>####### a</p>\n"),
        ("## a {#b .c .d e=f}", '<h2 id="b" class="c d">a</h2>\n'),
        ("## a ## {#b}", '<h2 id="b">a</h2>\n'),
        ("## a {#b} ##", '<h2 id="a-b">a {#b}</h2>\n'),
        ("## a {}", '<h2 id="a">a</h2>\n'),
        ("## a {b<c>}", '<h2 id="a-b">a {b<c>}</h2>\n'),
        ("## a \\{#b\\}", '<h2 id="a-b">a {#b}</h2>\n'),
        ("a\nb {#c}\n===", '<h1 id="c">a\nb</h1>\n'),
        ("a\n---", '<h2 id="a">a</h2>\n'),
        (
            "## `a` *b* ![c](/d) <i>e</i>",
            '<h2 id="a-b-c-e"><code>a</code> <em>b</em> <img src="/d" alt="c" /> <i>e</i></h2>\n',
        ),
        ("- # a", '<ul>\n<li><h1 id="a">a</h1>\n</li>\n</ul>\n'),
    ],
)
def test_headings(render: Render, text: str, expected: str) -> None:
    assert render(text).html == expected


def test_equal_headings_are_numbered(render: Render) -> None:
    assert ids(render("# a\n# a\n# a-1\n# a\n# !\n# ?")) == ["a", "a-1", "a-1-1", "a-2", "", "-1"]


def test_ids_of_the_author_are_taken_before_all_others(render: Render) -> None:
    assert ids(render("# b\n\n# x {#b}\n\n# y {#b}")) == ["b-1", "b", "b"]


def test_titles_are_plain_text(render: Render) -> None:
    (heading,) = render("## `a<b>` & *c*  \n").toc
    assert heading == Heading(level=2, id="a-b-c", permalink="https://example.com/posts/a/#a-b-c", title="a<b> & c")


def test_headings_nest_under_the_last_lower_one() -> None:
    def make(level: int, *children: Heading) -> Heading:
        return Heading(level=level, id=str(level), permalink="", title="", children=children)

    flat = [make(3), make(1), make(4), make(2), make(3), make(1)]
    assert nest_headings(flat) == (make(3), make(1, make(4), make(2, make(3))), make(1))


@pytest.mark.parametrize(
    ("place", "inner"),
    [
        ("none", "a"),
        ("left", "ANCHORa"),
        ("right", "aANCHOR"),
        ("heading", '<a class="zola-anchor" href="#a" aria-label="Anchor link for: a">a</a>'),
    ],
)
def test_anchors_stand_where_the_section_wants_them(render: Render, place: str, inner: str) -> None:
    anchor = '<a class="zola-anchor" href="#a" aria-label="Anchor link for: a">🔗</a>'
    assert render("# a", place=place).html == f'<h1 id="a">{inner.replace("ANCHOR", anchor)}</h1>\n'


def test_a_template_may_make_the_anchor(render: Render) -> None:
    made = "[anchor-link.html [('id', 'a'), ('lang', 'ko'), ('level', 1)]]"
    assert render("# a", place="left", has_template=lambda name: True).html == f'<h1 id="a">{made}a</h1>\n'


def test_an_anchor_template_without_link_wraps_nothing(render: Render) -> None:
    assert render("# a", place="heading", has_template=lambda name: True).html == '<h1 id="a">a</h1>\n'


@pytest.mark.parametrize(
    ("line", "text", "id_", "classes"), [("a {.b #c #d .e}", "a ", "d", ("b", "e")), ("a {# .}", "a ", None, ())]
)
def test_the_last_id_counts(line: str, text: str, id_: Any, classes: tuple[str, ...]) -> None:
    rest, attributes = split_attributes(line)
    assert (rest, attributes.id, attributes.classes) == (text, id_, classes)
