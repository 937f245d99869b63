from __future__ import annotations

import pytest

from generator.assets.css import reshape_css
from generator.assets.verbatim import mark_verbatim, unmark_calculation, unmark_import


@pytest.mark.parametrize(
    "source",
    [
        "a { b: calc(1px + $x); c: max(1px, $y) }",
        "a { b: calc(var(--a, #{$x}) * 2) }",
        "// calc(#{$x} * 2)\n/*! calc(#{$x} * 2) */",
        "a { b: c /* d */; e: f }",
        "$map: (a: b, /* c */ d: e);",
        "a { b: \"calc(#{$x} * 2)\"; c: 'calc(#{$x})' }",
        "a { b: my-calc(#{$x}); c: #{$x} }",
        '@import "a"; @import "b.css" screen;',
        '@import url(#{$x}); @import url("a\'b");',
        "a { @extend .b !optional; }",
    ],
)
def test_what_dart_sass_leaves_as_it_is_is_not_marked(source: str) -> None:
    assert mark_verbatim(source) == source


@pytest.mark.parametrize(
    "text",
    [
        "calc(100% - (#{$x} * 2))",
        "calc( #{$x}*2 )",
        "max(#{$x}, 0.5px * 2)",
        "-webkit-calc(#{f($x, g(1))} / 2)",
        "calc(#{map-get($m, 'a')} + 1px)",
    ],
)
def test_calculations_with_interpolations_become_text(text: str) -> None:
    marked = mark_verbatim(f"a {{ b: {text} !important }}")
    assert marked.startswith('a { b: #{"hanji-verbatim-')
    assert marked.endswith(')"} !important }')


def test_marks_are_taken_away_with_the_zeros_of_values_alone() -> None:
    assert unmark_calculation("hanji-verbatim-calc(<-0.5em> - 0.5px)") == "calc(-.5em - 0.5px)"
    assert (
        unmark_calculation("hanji-verbatim-calc(<hanji-verbatim-calc(0.5em + <1px>)>*2)") == "calc(calc(0.5em + 1px)*2)"
    )
    assert unmark_calculation("hanji-verbatim-min(1px < 2px)") == "min(1px < 2px)"


def test_marks_are_taken_away_wherever_they_end_up() -> None:
    css = (
        'a::before{content:"hanji-verbatim-calc(<1px>*2)"}.hanji-verbatim-calc(<1>){b:hanji-verbatim-calc(<0.5px> * 2)}'
    )
    assert reshape_css(css) == 'a::before{content:"calc(1px*2)"}.calc(1){b:calc(.5px * 2)}'


def test_what_is_interpolated_in_custom_properties_tells_its_type() -> None:
    source = "a { --b-#{$c}:\n1px #{$d} calc(#{$e} * 2); f: #{$g} }\na--b:hover { h: #{$i} }"
    assert mark_verbatim(source) == (
        "a { --b-#{$c}:\n1px hanji<#{$d}|hanji-#{type-of(($d))}>"
        ' #{"hanji-verbatim-calc(<#{$e}> * 2)"}; f: #{$g} }\na--b:hover { h: #{$i} }'
    )


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("/* a\nb */\na { b: c }", "/*!hanji-verbatim-comment\n*/\na { b: c }"),
        ("a { b: c; // d /* e */\n/* f */ }", "a { b: c; // d /* e */\n/*!hanji-verbatim-comment*/ }"),
    ],
)
def test_comments_between_statements_stay_on_their_lines(source: str, marked: str) -> None:
    assert mark_verbatim(source) == marked


@pytest.mark.parametrize(
    ("address", "written"),
    [("https://a.kr/?b,c;d", None), ('"a b.css"', None), ("'a.css'", '"a.css"'), (" a.css ", "a.css")],
)
def test_imports_keep_their_quotes(address: str, written: str | None) -> None:
    marked = mark_verbatim(f"@import  url({address}) screen;")
    assert "url(" in marked
    text = marked.removeprefix("@import ").removesuffix(" screen;")
    assert unmark_import(text) == f"url({written or address})"
    assert unmark_import('"a.css"') == '"a.css"'
