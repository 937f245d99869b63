from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.errors import SiteError
from generator.markdown.shortcodes.grammar import Call, Literal, parse_shortcodes
from generator.model.content import ExternalLink, Rendered

Render = Callable[..., Rendered]
Html = Callable[..., str]
Problems = Callable[..., list[str]]


def fail(message: str, offset: int, hint: str) -> SiteError:
    return SiteError(f"{offset}: {message}")


def arguments(text: str) -> dict[str, Any] | None:
    (part,) = parse_shortcodes(text, fail)
    return dict(part.arguments) if isinstance(part, Call) else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{a()}}", {}),
        ("{{ \n a ( b = 1 , \t c = 'd' ) \r\n }}", {"b": 1, "c": "d"}),
        ("{{ a(b=true, c=false) }}", {"b": True, "c": False}),
        ("{{ a(b=-7, c=0, d=1.5, e=-0.25) }}", {"b": -7, "c": 0, "d": 1.5, "e": -0.25}),
        ("{{ a(b=\"x 'y'\", c='x \"y\"', d=`x\ny`) }}", {"b": "x 'y'", "c": 'x "y"', "d": "x\ny"}),
        ("{{ a(b=[], c=[1, [2, 'x'], ], d=[[]]) }}", {"b": [], "c": [1, [2, "x"]], "d": [[]]}),
        ("{{ a(b=1 c=2) }}", {"b": 1, "c": 2}),
        ("{{ a(b=1, b=2) }}", {"b": 2}),
        ("{{ a(b='}}') }}", {"b": "}}"}),
        ("{{ a(b=1,) }}", None),
        ("{{ a(,b=1) }}", None),
        ("{{ a(b=x) }}", None),
        ("{{ a(b=01) }}", None),
        ("{{ a(b=1.) }}", None),
        ("{{ a(b=[,]) }}", None),
        ("{{ a(b=[1 2]) }}", None),
        ("{{ a('b') }}", None),
        ('{{ a(b="x\\"y") }}', None),
        ("{{ a }}", None),
        ("{{ 가() }}", None),
        ("{% if x %}", None),
        ("{# a #}", None),
    ],
)
def test_a_call_is_read_and_all_else_is_text(text: str, expected: dict[str, Any] | None) -> None:
    assert arguments(text) == expected


def test_bodies_nest_and_are_counted_from_the_outside_in() -> None:
    parts = parse_shortcodes("x {% a() %} y {{ b() }} {% a(c=1) %}z{% end %}{% end %} {{ a() }}", fail)
    assert parts == [
        Literal("x ", 0),
        Call(
            name="a",
            arguments={},
            nth=1,
            offset=2,
            end=55,
            body=(
                Literal("y ", 12),
                Call(name="b", arguments={}, nth=1, offset=14, end=23),
                Literal(" ", 23),
                Call(name="a", arguments={"c": 1}, nth=2, offset=24, end=46, body=(Literal("z", 36),)),
            ),
        ),
        Literal(" ", 55),
        Call(name="a", arguments={}, nth=3, offset=56, end=65),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{/* a(b=1) */}}", "{{ a(b=1) }}"),
        ("{{/*a()*/}}", "{{a()}}"),
        ("{%/* a() */%} {{ b() }} {%/* end */%}", "{% a() %} {{ b() }} {% end %}"),
        ("{%/* a() */%}{%/* b() */%}{%/* end */%}{%/* end */%}", "{% a() %}{%/* b() */%}{%/* end */%}{% end %}"),
        ("a {%/* end */%} b", "a {% end %} b"),
        ("{{/* a */}}", "{{/* a */}}"),
    ],
)
def test_escaped_calls_are_text(text: str, expected: str) -> None:
    parts = parse_shortcodes(text, fail)
    assert "".join(part.text for part in parts if isinstance(part, Literal)) == expected
    assert all(isinstance(part, Literal) for part in parts)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x {% a() %} y", "2: The shortcode `a` is never closed"),
        ("x {% end %}", "2: `{% end %}` closes no shortcode"),
        ("{% a() %} \n {% end %}", "0: The shortcode `a` has an empty body"),
        ("{%/* a() */%} x", "0: The escaped shortcode `a` is never closed"),
        ("{{ a(b=99999999999999999999) }}", "7: The number 99999999999999999999 is too large"),
        ("{{ a(b=" + "[" * 101, "107: Arrays are nested more than 100 deep"),
        ("{% a() %}" * 101, "900: Shortcodes are nested more than 100 deep"),
    ],
)
def test_what_cannot_be_meant_is_an_error(text: str, problem: str) -> None:
    with pytest.raises(SiteError) as caught:
        parse_shortcodes(text, fail)
    assert str(caught.value) == problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{ kbd(k="a") }}', "<kbd>a</kbd>"),
        (' {{ kbd(k="a") }} \n', "<kbd>a</kbd>"),
        ('a {{ kbd(k="b") }}{{ kbd(k="c") }}', "<p>a <kbd>b</kbd><kbd>c</kbd></p>\n"),
        ('a\n\n{{ kbd(k="b") }}\n\nc', "<p>a</p>\n<kbd>b</kbd>\n<p>c</p>\n"),
        ('- {{ kbd(k="a") }}', "<ul>\n<li><kbd>a</kbd></li>\n</ul>\n"),
        ('{{ em(t="a") }} b', "<p><em>a</em> b</p>\n"),
        ("{{ lines() }}", "<p>one</p>\n<p>two</p>\n"),
        ("{% quote() %} a\n {% end %}", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ('{% box() %}*a* {{ em(t="b") }}{% end %}', "<div>*a* *b*</div>"),
        ("{{ nth() }} {{ nth() }}", "<p><i>1</i> <i>2</i></p>\n"),
        ('# a {{ kbd(k="b") }}', '<h1 id="a">a <kbd>b</kbd></h1>\n'),
        ('**{{ kbd(k="a") }}**은', "<p>**<kbd>a</kbd>**은</p>\n"),
        ('`{{ kbd(k="a") }}` b {{ kbd(k="c") }}', "<p><code>&lt;kbd&gt;a&lt;/kbd&gt;</code> b <kbd>c</kbd></p>\n"),
        ('```\n{{ kbd(k="a") }}\n```', "<pre><code>&lt;kbd&gt;a&lt;/kbd&gt;\n</code></pre>\n"),
        (
            '[a](/{{ kbd(k="b") }} "{{ kbd(k=1) }}")',
            '<p><a href="/%3Ckbd%3Eb%3C/kbd%3E" title="&lt;kbd&gt;1&lt;/kbd&gt;">a</a></p>\n',
        ),
        ('<a href="{{ kbd(k=1) }}">b</a>', '<p><a href="<kbd>1</kbd>">b</a></p>\n'),
        ("<!-- {{ kbd(k=1) }} -->", "<!-- <kbd>1</kbd> -->"),
        ("![a {{ kbd(k=1) }}](/b)", '<p><img src="/b" alt="a " /></p>\n'),
        (
            "|a|\n|-|\n|{{ kbd(k=1) }}|",
            "<table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td><kbd>1</kbd></td></tr>\n</tbody></table>\n",
        ),
        ("# a {#{{ nth() }}}", '<h1 id="&lt;i&gt;1&lt;/i&gt;">a</h1>\n'),
        ("```{{ nth() }}\na\n```", '<pre><code data-lang="&lt;i&gt;1&lt;/i&gt;">a\n</code></pre>\n'),
        (
            "[^{{ crlf() }}]: b",
            (
                '<div class="footnote-definition" id="a\nb"><sup class="footnote-definition-label">1</sup>\n'
                "<p>b</p>\n</div>\n"
            ),
        ),
        ("a {{ crlf() }}", "<p>a a\nb</p>\n"),
        ("{{ page(page=1) }}", "PAGE"),
        ("@@shortcode-0@@ {{ kbd(k=1) }}", "<p>@@shortcode-0@@ <kbd>1</kbd></p>\n"),
        ("{{ x }} {% y %}", "<p>{{ x }} {% y %}</p>\n"),
    ],
)
def test_output_goes_where_the_call_stood(html: Html, text: str, expected: str) -> None:
    assert html(text) == expected


def test_unknown_shortcodes_are_named_all_at_once(problems: Problems) -> None:
    assert problems("a {{ nix() }}\n\n{% box() %}\n{{ nope() }}\n{% end %}") == [
        "content/posts/a.md:4:3: There is no shortcode named `nix`",
        "content/posts/a.md:7:1: There is no shortcode named `nope`",
    ]


def test_a_template_that_fails_is_named_with_the_call(problems: Problems) -> None:
    reasons = "Reason: Variable `x` not found Reason: it was never set"
    assert problems("a\n\nb {{ boom() }}") == [f"content/posts/a.md:6:3: Failed to render boom shortcode {reasons}"]


def test_a_body_without_end_is_an_error_at_its_line(problems: Problems) -> None:
    assert problems("a\n{% box() %}\nb") == ["content/posts/a.md:5:1: The shortcode `box` is never closed"]


def test_lines_are_those_of_the_file_whatever_shortcodes_put_out(render: Render) -> None:
    text = "{{ lines() }}\n\n<http://a.b>\n\n{% box() %}\nx\n{% end %}\n<http://c.d>\n\n{{ em(t='<http://e.f>') }}"
    assert [(link.url, link.line) for link in render(text).external_links] == [
        ("http://a.b", 6),
        ("http://c.d", 11),
        ("http://e.f", 13),
    ]
    assert render("<http://a.b>").external_links == (ExternalLink(url="http://a.b", line=4, column=1),)
