from __future__ import annotations

import sys

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import SiteError
from generator.search.clean import _strip_plain_markup, clean_html

PIECES = """
<p> </p> <a_href='x'> </a> <em> </em> <pre> </pre> <pre><code> </code></pre> <code> <span_class=x> </span> <b> </b>
<i> </i> <h2_id="a"> </h2> <li> <ul> </ul> <blockquote> </blockquote> <div> </div> <br> <br/> <hr_/> <dl> <dt> <dd>
<img_src="x>y"> <img_src="x"_alt="a"> <input_type=checkbox_disabled> <table> </table> <tr> </tr> <td> </td> <tbody>
<table><tr><td> </td></tr></table> <td>a</td> <!--_c_--> <!-- <script> </script> <style> </style> <select> <svg> &amp;
&lt; &quot; &nbsp; &copy; &#39; & < > " ' = text 한글 <p_id=a/> </br> <A_HREF=x> <code <span_ x>
"""
pieces = [piece.replace("_", " ") for piece in PIECES.split()] + [" ", "\n", "\r", "\xa0", "\0"]
html_soup = st.lists(st.sampled_from(pieces), max_size=14).map("".join)


@settings(max_examples=1000, deadline=None)
@given(html_soup)
def test_the_short_way_is_right_or_not_taken(html: str) -> None:
    short = _strip_plain_markup(html)
    parsed = nh3.clean(html, tags=set(), clean_content_tags={"script", "style", "pre"})
    assert short is None or short == parsed


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">제목<a class="zola-anchor" href="#a" aria-label="x">🔗</a></h2>\n<p>글 &amp; <em>글</em></p>\n',
        '<pre class="giallo z-code"><code data-lang="rust"><span>fn main() {}</span></code></pre>',
        '<table><thead><tr><th align="left">a</th></tr></thead><tbody>\n<tr><td><b>b</b></td></tr></tbody></table>',
        '<ul>\n<li><input disabled="" type="checkbox"/>\n끝</li></ul><img src="a.png" alt="그림" loading="lazy" />',
        '<span id="continue-reading"></span><sup class="footnote-reference"><a href="#1">1</a></sup>',
    ],
)
def test_what_markdown_makes_goes_the_short_way(html: str) -> None:
    assert _strip_plain_markup(html) is not None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("hello world", "hello world"),
        ("a <script>alert('x')</script> b<style>p{}</style>", "a b"),
        ("<p>앞</p><pre><code>코드</code></pre>\n<p>뒤</p>", "앞\n뒤"),
        ("<p>a &lt;b&gt; &amp; &copy; 3 > 2</p>", "a &lt;b&gt; &amp; © 3 &gt; 2"),
        ("\n  a  \t b \n \n   c\n   ", "a b\nc"),
        ("<td>a</td><td>b</td>", "ab"),
        ("", ""),
    ],
)
def test_text_is_lines_of_words(html: str, text: str) -> None:
    assert clean_html(html) == text


@pytest.mark.parametrize(("length", "text"), [(None, "한글 글"), (2, "한글"), (3, "한글 "), (99, "한글 글"), (0, "")])
def test_length_is_in_characters(length: int | None, text: str) -> None:
    assert clean_html("<p>한글  글</p>", length) == text


def test_rare_markup_without_the_library_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nh3", None)
    assert clean_html("<p>a</p>") == "a"
    with pytest.raises(SiteError) as caught:
        clean_html("<svg><text>a</text></svg>")
    assert caught.value.hint == "pip install 'hanji[search]'"
