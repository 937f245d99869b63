from __future__ import annotations

import pytest

from generator.assets.colours import shorten_colour
from generator.assets.css import reshape_css


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("rgb(153,178.5,204)", "#99b3cc"),
        ("rgb(255,0,0)", "red"),
        ("rgba(95.2,135.15,175.1,.5)", "rgba(95,135,175,.5)"),
        ("rgba(255, 255, 255, 0.5)", "rgba(255,255,255,.5)"),
        ("hsl(123.4,50%,33%)", "#2a7e2f"),
        ("hsl(0, 0%, 50%)", "gray"),
        ("hsla(0,0%,100%,.1)", "rgba(255,255,255,.1)"),
        ("#FFFFFF", "#fff"),
        ("#AbC", "#abc"),
        ("#d2b48c", "tan"),
        ("#12345678", "#12345678"),
        ("White", "#fff"),
        ("cyan", "aqua"),
        ("grey", "gray"),
        ("darkgrey", "#a9a9a9"),
        ("fuchsia", "#f0f"),
        ("transparent", "rgba(0,0,0,0)"),
        ("inherit", "inherit"),
        ("rgb(var(--r),1,2)", "rgb(var(--r),1,2)"),
    ],
)
def test_colours_are_written_the_shortest_way(text: str, short: str) -> None:
    assert shorten_colour(text) == short


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{b:c}\n", "a{b:c}"),
        ("\ufeff@media(x){a{b:c}}\n", "\ufeff@media (x){a{b:c}}"),
        ("@media(a: b)and (c: d){e{f:g}}", "@media (a: b) and (c: d){e{f:g}}"),
        ("@supports(a: b){c{d:e}}", "@supports (a: b){c{d:e}}"),
        ("@container(a: b){c{d:e}}", "@container(a: b){c{d:e}}"),
        ('@import"a;b.css"screen;@import"c";d{e:f}', '@import "a;b.css" screen;@import "c";d{e:f}'),
        ("@import url(a.css)\n", "@import url(a.css);"),
        ("a{b:c}@layer x,y\n", "a{b:c}@layer x,y;"),
        ("@layer x{}@y{a:b}a{@z}", "@layer x {}@y{a:b}a{@z}"),
        ("@keyframes k{0%,50.5%{a:b}from,to{a:b}}", "@keyframes k{0%, 50.5%{a:b}from, to{a:b}}"),
        ("a{filter:opacity(0.5) invert(0.5) sepia(0.5)}", "a{filter:opacity(0.5) invert(0.5) sepia(.5)}"),
        ("a{--x:rgba(1, 2, 3, 0.5);--y:rgba(1.5, 2, 3, 0.5)}", "a{--x:rgba(1, 2, 3, 0.5);--y:rgba(2,2,3,.5)}"),
        ("a{b:rgb(1.5,2,3) -0.5em 0.5em}", "a{b:#020203 -.5em .5em}"),
        (
            "a{b:linear-gradient(white 0.5%, #AABBCC, transparent)}",
            "a{b:linear-gradient(#fff .5%, #abc, rgba(0,0,0,0))}",
        ),
        ("a{b:f(var(--white), red-ish, tan(1), v0.5)}", "a{b:f(var(--white), red-ish, tan(1), v0.5)}"),
        ('a{b:url(white.png) f("white", url(red 0.5))}', 'a{b:url(white.png) f("white", url(red 0.5))}'),
        ("a{--x: rgb(1,2,3) f(white);--y:rgb(1.25, 2.5, 3.75)}", "a{--x: rgb(1,2,3) f(white);--y:#010304}"),
        (".white:not(#fff):is(#FFFFFF){a:white}", ".white:not(#fff):is(#FFFFFF){a:white}"),
        ("/*! white(#FFF) */a{b:c}", "/*! white(#FFF) */a{b:c}"),
        ('a::before{content:"a{b:rgb(1.5,2,3)}"}', 'a::before{content:"a{b:rgb(1.5,2,3)}"}'),
        ("", ""),
    ],
)
def test_css_takes_the_shape_of_zolas(css: str, expected: str) -> None:
    assert reshape_css(css) == expected
