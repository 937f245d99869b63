from __future__ import annotations

from collections.abc import Callable

import pytest

Html = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("<style>\na {}\n</script>\n\n*x*\n</STYLE>\n\n</style> *y*\n", "*z*"),
        ("<SCRIPT>\n\n*x*\n</SCRIPT>\n\n</script>\n", "*z*"),
        ("<pre></textarea>\n\n*x* </pre>\n", "*z*"),
        ("<!-- x\n\n*x* --> *y*\n", "*z*"),
        ("<?x\n\n*x* ?> *y*\n", "*z*"),
        ("<![CDATA[x\n\n*x* ]]> *y*\n", "*z*"),
        ("<!x\n\n*x* > *y*\n", "*z*"),
        ("<DIV\tid=x\n*x*\n", "\n*z*"),
        ("</p/>\n*x*\n", "\n*z*"),
        ("<x-y z> \t\n*x*\n", "\n*z*"),
    ],
)
def test_a_block_of_html_goes_to_its_end(html: Html, text: str, end: str) -> None:
    assert html(text + end) == f"{text}<p><em>z</em></p>\n"


@pytest.mark.parametrize(
    "text", ["<![cdata[x", "<style\u00a0>", "<p\u00a0>", "<pretty", "<x y>\u00a0", "</x>z", "<x>\u2003"]
)
def test_what_begins_no_block_of_html_is_text(html: Html, text: str) -> None:
    assert html(f"{text}\n*z*").startswith("<p>")


@pytest.mark.parametrize(("text", "is_block"), [("<pre>", True), ("<!x>", True), ("</p>", True), ("<x>", False)])
def test_some_html_ends_a_paragraph(html: Html, text: str, is_block: bool) -> None:
    assert ("</p>\n" + text in html(f"a\n{text}\n")) is is_block


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>\n"),
        ("- a\n- b\n\n  c", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n<p>c</p>\n</li>\n</ul>\n"),
        ("- a\n  - b\n- c", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n"),
        ("1. a\n2. b\n\n7) c", '<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n<ol start="7">\n<li>c</li>\n</ol>\n'),
        ("a\n2. b", "<p>a\n2. b</p>\n"),
        ("***\n- - -\n___", "<hr />\n<hr />\n<hr />\n"),
        ("> a\nb\n> > c", "<blockquote>\n<p>a\nb</p>\n<blockquote>\n<p>c</p>\n</blockquote>\n</blockquote>\n"),
        (">\ta\n>  b", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n"),
        ("> a\n    > b", "<blockquote>\n<p>a\n&gt; b</p>\n</blockquote>\n"),
        ("    a\n\n    'b'\nc", "<pre><code>a\n\n&#39;b&#39;\n</code></pre>\n<p>c</p>\n"),
        ("```\na\n\n```\nb", "<pre><code>a\n\n</code></pre>\n<p>b</p>\n"),
        ("```\na\n```\t\n``\n```` \nb", "<pre><code>a\n```\t\n``\n</code></pre>\n<p>b</p>\n"),
        ("~~~\n```\n    ~~~\n  ~~~~", "<pre><code>```\n    ~~~\n</code></pre>\n"),
        ("``` a`\nb", "<p>``` a`\nb</p>\n"),
        ("- a\n- ```\n\n- b", "<ul>\n<li>a</li>\n<li><pre><code>\n</code></pre>\n</li>\n<li>b</li>\n</ul>\n"),
        ("- ```\n  a\n  ```", "<ul>\n<li><pre><code>a\n</code></pre>\n</li>\n</ul>\n"),
        ("<div>\n*a*\n\n*b*\n</div>\n", "<div>\n*a*\n<p><em>b</em></p>\n</div>\n"),
        ("[x]: /u\n    a\n[x]", '<p>a\n<a href="/u">x</a></p>\n'),
        ("[x]: /u\n<b>\n", "<p><b></p>\n"),
        ("[x]: /u\n    \n\na", "<p></p>\n<p>a</p>\n"),
        ("[x]: /u\n    \na", "<p><br />\na</p>\n"),
        ("a\r\nb\r\n", "<p>a\nb</p>\n"),
        ("", ""),
        ("\n \n", ""),
    ],
)
def test_blocks(html: Html, text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("a\n\n<!-- b -->", "<p>a</p>\n<!-- b -->"),
        ("> <div>", "<blockquote>\n<div></blockquote>\n"),
        ("    a", "<pre><code>a</code></pre>\n"),
        ("    a\n\n", "<pre><code>a\n</code></pre>\n"),
        ("```\na", "<pre><code>a</code></pre>\n"),
        ("- ```\n  a", "<ul>\n<li><pre><code>a</code></pre>\n</li>\n</ul>\n"),
        ("```\na\n```", "<pre><code>a\n</code></pre>\n"),
        ("```", "<pre><code></code></pre>\n"),
    ],
)
def test_html_and_code_end_as_the_text_does(html: Html, text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("info", "attribute"),
    [
        ("rust", ' data-lang="rust"'),
        ("rust linenos", ' data-lang="rust linenos"'),
        ("r&amp;b \\*", ' data-lang="r&amp;b *"'),
        ("plain", ""),
        ("", ""),
        ("linenos", ' data-lang=""'),
    ],
)
def test_a_fence_names_its_language(html: Html, info: str, attribute: str) -> None:
    assert html(f"```{info}\na\n```") == f"<pre><code{attribute}>a\n</code></pre>\n"


def table(head: str, *rows: str) -> str:
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a | b\n-|-\n1 | 2", table("<th>a</th><th>b</th>", "<td>1</td><td>2</td>")),
        ("|a|\n|:-:|", table('<th style="text-align: center">a</th>')),
        (
            "|a|b|\n|:--|--:|\n|1|\n|1|2|3|",
            table(
                '<th style="text-align: left">a</th><th style="text-align: right">b</th>',
                '<td style="text-align: left">1</td><td style="text-align: right"></td>',
                '<td style="text-align: left">1</td><td style="text-align: right">2</td>',
            ),
        ),
        ("|a|\n|-|\n|`b \\| c`|\n    | d |", table("<th>a</th>", "<td><code>b | c</code></td>", "<td>d</td>")),
        ("|a|\n|-|\n- b", table("<th>a</th>") + "<ul>\n<li>b</li>\n</ul>\n"),
        ("|a|\n|-|\nb\n\nc", table("<th>a</th>", "<td>b</td>") + "<p>c</p>\n"),
        ("x\n|a|\n|-|", "<p>x</p>\n" + table("<th>a</th>")),
        ("x\na|b\n-|-", "<p>x\na|b\n-|-</p>\n"),
        ("|a|b|\n|-|", "<p>|a|b|\n|-|</p>\n"),
        ("|a|\n|:|", "<p>|a|\n|:|</p>\n"),
        ("> |a|\n> |-|", "<blockquote>\n" + table("<th>a</th>") + "</blockquote>\n"),
    ],
)
def test_tables(html: Html, text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- [ ] a\n- [x] b", "<ul>\n<li>OPEN\na</li>\n<li>CHECKED\nb</li>\n</ul>\n"),
        ("1. [X] a\n\n2. b", "<ol>\n<li>\n<p>CHECKED\na</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n"),
        ("- [ ]\n- [x]\na", "<ul>\n<li>OPEN\n</li>\n<li>CHECKED\n</li>\n</ul>\n<p>a</p>\n"),
        ("- [x]a\n- \\[x] b\n\n[x] c", "<ul>\n<li>[x]a</li>\n<li>[x] b</li>\n</ul>\n<p>[x] c</p>\n"),
        ("- [x] a\n  ---", '<ul>\n<li><h2 id="a">CHECKED\na</h2>\n</li>\n</ul>\n'),
    ],
)
def test_task_lists(html: Html, text: str, expected: str) -> None:
    expected = expected.replace("CHECKED", '<input disabled="" type="checkbox" checked=""/>')
    assert html(text) == expected.replace("OPEN", '<input disabled="" type="checkbox"/>')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n: b\n: c", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n</dl>\n"),
        ("a\n:b\n\nc\n: d", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dt>c</dt>\n<dd>d</dd>\n</dl>\n"),
        ("a\n\n: b", "<dl>\n<dt>a</dt>\n<dd>\n<p>b</p>\n</dd>\n</dl>\n"),
        ("a\n: b\n\n  c", "<dl>\n<dt>a</dt>\n<dd>\n<p>b</p>\n<p>c</p>\n</dd>\n</dl>\n"),
        ("a\n: b\nc\n: d", "<dl>\n<dt>a</dt>\n<dd>b\nc</dd>\n<dd>d</dd>\n</dl>\n"),
        ("a\n: > b\n\nc", "<dl>\n<dt>a</dt>\n<dd>\n<blockquote>\n<p>b</p>\n</blockquote>\n</dd>\n</dl>\n<p>c</p>\n"),
        ("a\n:\n  b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n"),
        ("a\n    : b", "<p>a\n: b</p>\n"),
        ("> a\n: b", "<blockquote>\n<p>a\n: b</p>\n</blockquote>\n"),
        ("# a\n: b", '<h1 id="a">a</h1>\n<p>: b</p>\n'),
        ("- a\n  : b\n- c", "<ul>\n<li>\n<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n</li>\n<li>c</li>\n</ul>\n"),
        ("a\n: - b\n: c", "<dl>\n<dt>a</dt>\n<dd>\n<ul>\n<li>b</li>\n</ul>\n</dd>\n<dd>c</dd>\n</dl>\n"),
    ],
)
def test_definition_lists(html: Html, text: str, expected: str) -> None:
    assert html(text, definition_list=True) == expected


def test_a_term_may_start_with_a_checkbox(html: Html) -> None:
    checkbox = '<input disabled="" type="checkbox"/>'
    expected = f"<ul>\n<li>\n<dl>\n<dt>{checkbox}\na</dt>\n<dd>b</dd>\n</dl>\n</li>\n</ul>\n"
    assert html("- [ ] a\n  : b", definition_list=True) == expected


def test_without_the_option_there_are_no_definition_lists(html: Html) -> None:
    assert html("a\n: b") == "<p>a\n: b</p>\n"


@pytest.mark.parametrize(
    ("text", "kind", "inner"),
    [
        ("> [!NOTE]\n> a", "note", "<p>a</p>\n"),
        (">[!tip] \n>\n> a", "tip", "<p>a</p>\n"),
        ("> [!Important]\nlazy", "important", "<p>lazy</p>\n"),
        ("> [!WARNING]\n> - a", "warning", "<ul>\n<li>a</li>\n</ul>\n"),
        ("> [!CAUTION]\n> 2. a", "caution", "<p>2. a</p>\n"),
        ("> [!NOTE]\n> <b>\n", "note", "<b>\n"),
        ("> [!NOTE]", "note", ""),
        ("> [!NOTE]\n> [!TIP]", "note", "<p>[!TIP]</p>\n"),
    ],
)
def test_alerts(html: Html, text: str, kind: str, inner: str) -> None:
    assert html(text, github_alerts=True) == f'<blockquote class="markdown-alert-{kind}">\n{inner}</blockquote>\n'


@pytest.mark.parametrize(
    "text", ["> [!NOTE] a", "> a\n> [!NOTE]", "> [!OTHER]", ">  [!NOTE]", ">\n> [!NOTE]", "[!NOTE]"]
)
def test_other_quotes_are_no_alerts(html: Html, text: str) -> None:
    assert "markdown-alert" not in html(text, github_alerts=True)


def test_without_the_option_there_are_no_alerts(html: Html) -> None:
    assert html("> [!NOTE]\n> a") == "<blockquote>\n<p>[!NOTE]\na</p>\n</blockquote>\n"
