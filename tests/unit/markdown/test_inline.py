from __future__ import annotations

from collections.abc import Callable

import pytest

Html = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (
            "*a* **b** ***c*** _d_ __e__",
            "<em>a</em> <strong>b</strong> <em><strong>c</strong></em> <em>d</em> <strong>e</strong>",
        ),
        ("**도커(Docker)**는", "**도커(Docker)**는"),
        ("**dockerd**는 *말*은", "<strong>dockerd</strong>는 <em>말</em>은"),
        ("_도커_는", "_도커_는"),
        ('앞**(괄호)**뒤 앞**"따"**뒤', '앞**(괄호)<strong>뒤 앞</strong>"따"**뒤'),
        ("~a~ ~~b~~ ~~~c~~~", "<del>a</del> <del>b</del> ~~~c~~~"),
        ("1~2일 가~나", "1~2일 가~나"),
        ("~a~~ b~", "~a~~ b~"),
        ("앞~~(괄호)~~ 뒤", "앞<del>(괄호)</del> 뒤"),
        ("*a **b* c**", "<em>a <em><em>b</em> c</em></em>"),
        ("`a` ``b ` c`` ` d `", "<code>a</code> <code>b ` c</code> <code>d</code>"),
        ("`a\\`b`", "<code>a\\</code>b`"),
        ('`<b> & "q"`', '<code>&lt;b&gt; &amp; "q"</code>'),
        ("a & b < c > \"d\" 'e'", "a &amp; b &lt; c &gt; \"d\" 'e'"),
        ("&copy; &#44032; &#xAC00; &#0; &nix;", "© 가 가 \ufffd &amp;nix;"),
        ("\\*a\\* \\가 \\", "*a* \\가 \\"),
        ("a  \nb\\\nc\nd", "a<br />\nb<br />\nc\nd"),
        ("<b>a</b> <!-- c --> <? d ?> <!X> <![CDATA[e]]>", "<b>a</b> <!-- c --> <? d ?> <!X> <![CDATA[e]]>"),
        ("<1> <a b= > < b>", "&lt;1&gt; &lt;a b= &gt; &lt; b&gt;"),
        ("<https://a.b/c?d> <x@y.z>", '<a href="https://a.b/c?d">https://a.b/c?d</a> <a href="mailto:x@y.z">x@y.z</a>'),
        ("https://a.b", "https://a.b"),
    ],
)
def test_inline_text(html: Html, text: str, inner: str) -> None:
    assert html(text) == f"<p>{inner}</p>\n"


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('[a](/u "t")', '<a href="/u" title="t">a</a>'),
        ("[a](</u v> 't')", '<a href="/u%20v" title="t">a</a>'),
        ("[a](/u(v)w)", '<a href="/u(v)w">a</a>'),
        ("[a]( \n /u \n (t) )", '<a href="/u" title="t">a</a>'),
        ("[a [b](/c) d](/e)", '[a <a href="/c">b</a> d](/e)'),
        ("[![a](/i)](/u)", '<a href="/u"><img src="/i" alt="a" /></a>'),
        ("[*a*](/u) *[b*](/v)", '<a href="/u"><em>a</em></a> *<a href="/v">b*</a>'),
        (
            "[a][b] [b][] [b] [c]\n\n[b]: /u 't'",
            '<a href="/u" title="t">a</a> <a href="/u" title="t">b</a> <a href="/u" title="t">b</a> [c]',
        ),
        ("[B  b]\n\n[b\nB]: /u", '<a href="/u">B  b</a>'),
        ("![*a* `b` <i>](/i)", '<img src="/i" alt="a b &lt;i&gt;" />'),
        ('![a\nb](/i "t\'")', '<img src="/i" alt="a b" title="t&#39;" />'),
        ("[`a](/u)`", "[<code>a](/u)</code>"),
        ("[a](/u", "[a](/u"),
        ("[a](<b\nc d/e>)", "[a](&lt;b\nc d/e&gt;)"),
        ("[글](/한글?a=b&c='d')", '<a href="/%ED%95%9C%EA%B8%80?a=b&amp;c=&#x27;d&#x27;">글</a>'),
        ("[a](/%20%zz[]{}|)", '<a href="/%20%zz%5B%5D%7B%7D%7C">a</a>'),
    ],
)
def test_links_and_images(html: Html, text: str, inner: str) -> None:
    assert html(text) == f"<p>{inner}</p>\n"


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("\"a\" 'b' -- --- ---- ... ....", "“a” ‘b’ – — –– … …."),
        ('"안녕"이라고', "“안녕“이라고"),
        ("'90s 'n' it's", "’90s ‘n’ it’s"),
        ('`"a"` <b c="d">', '<code>"a"</code> <b c="d">'),
        ('**"a"**', "<strong>“a”</strong>"),
    ],
)
def test_smart_punctuation(html: Html, text: str, inner: str) -> None:
    assert html(text, smart_punctuation=True) == f"<p>{inner}</p>\n"


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (":smile: a:heart:b ::tada:: :nix: :SMILE:", "😄 a❤️b :🎉: :nix: :SMILE:"),
        (
            "`:smile:` [:book:](/:book:) ![:star:](/i)",
            '<code>:smile:</code> <a href="/:book:">📖</a> <img src="/i" alt="⭐" />',
        ),
        (":stuck_out_tongue: :+1::-1:", "😛 👍👎"),
    ],
)
def test_emoji(html: Html, text: str, inner: str) -> None:
    assert html(text, render_emoji=True) == f"<p>{inner}</p>\n"


def test_lazy_images_keep_the_text_after_them(html: Html) -> None:
    text = '![a *b*](/i "제목") "c"\n\n## d'
    assert html(text, lazy_async_image=True) == (
        '<p><img src="/i" title="제목" alt="a b" loading="lazy" decoding="async" /> "c"</p>\n<h2 id="d">d</h2>\n'
    )
