from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.markdown.context import MarkdownSettings
from generator.markdown.render import render_filter
from generator.model.content import ExternalLink, InternalLink, Rendered

Render = Callable[..., Rendered]
Problems = Callable[..., list[str]]
HERE = "https://example.com/posts/a/"


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("@/about.md", "https://example.com/about/"),
        ("@/about.md#x", "https://example.com/about/#x"),
        ("<@/한글 글.md>", "https://example.com/hangeul/"),
        ("@/%ED%95%9C%EA%B8%80%20%EA%B8%80.md", "https://example.com/hangeul/"),
        ("#x", HERE + "#x"),
        ("#", "#"),
        ("b.png", HERE + "b.png"),
        ("./b.md?c", HERE + "./b.md?c"),
        ("../b", "../b"),
        ("/b", "/b"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("//b.c", "//b.c"),
        ("HTTPS://b.c", "HTTPS://b.c"),
    ],
)
def test_a_link_leads_where_zola_leads_it(render: Render, url: str, href: str) -> None:
    assert render(f"[a]({url})").html == f'<p><a href="{href}">a</a></p>\n'


@pytest.mark.parametrize(
    ("url", "source"),
    [("b.png", HERE + "b.png"), ("@/about.md", HERE + "@/about.md"), ("/b", "/b"), ("https://b.c", "https://b.c")],
)
def test_an_image_beside_its_page_is_found(render: Render, url: str, source: str) -> None:
    assert render(f"![a]({url})").html == f'<p><img src="{source}" alt="a" /></p>\n'


@pytest.mark.parametrize(
    ("options", "attributes"),
    [
        ({}, ""),
        ({"external_links_external": True}, 'rel="external" '),
        ({"external_links_target_blank": True}, 'rel="noopener" target="_blank" '),
        ({"external_links_class": "x y"}, 'class="x y" '),
        (
            {
                "external_links_external": True,
                "external_links_class": "x",
                "external_links_no_follow": True,
                "external_links_no_referrer": True,
                "external_links_target_blank": True,
            },
            'class="x" rel="noopener nofollow noreferrer external" target="_blank" ',
        ),
    ],
)
def test_links_to_other_sites_get_what_the_config_asks_for(
    render: Render, options: dict[str, object], attributes: str
) -> None:
    html = render("[a](https://b.c) <http://d.e>", **options).html
    assert html == f'<p><a {attributes}href="https://b.c">a</a> <a {attributes}href="http://d.e">http://d.e</a></p>\n'


def test_the_title_of_a_link_to_another_site_comes_before_its_url(render: Render) -> None:
    html = render('[a](https://b.c "t")', external_links_external=True).html
    assert html == '<p><a rel="external" title="t" href="https://b.c">a</a></p>\n'


def test_links_are_recorded_with_their_place(render: Render) -> None:
    lists = "a\n[b](@/about.md#x) [c](#d)\n\n- e\n\n  [f](https://g.h)\n\n"
    text = lists + "| i |\n|---|\n| <http://j.k> |\n\n[l]\n\n[l]: @/about.md"
    rendered = render(text)
    assert rendered.internal_links == (
        InternalLink(target="about.md", anchor="x", line=5, column=1),
        InternalLink(target="posts/a.md", anchor="d", line=5, column=19),
        InternalLink(target="about.md", anchor=None, line=15, column=1),
    )
    assert rendered.external_links == (
        ExternalLink(url="https://g.h", line=9, column=3),
        ExternalLink(url="http://j.k", line=13, column=3),
    )


def test_every_broken_link_is_named_with_its_line(problems: Problems) -> None:
    assert problems("a [b](@/nix.md)\n\n> c\n> [d]() [e](@/no.md#x)") == [
        "content/posts/a.md:4:3: Broken relative link `@/nix.md`",
        "content/posts/a.md:7:3: There is a link that is missing a URL",
        "content/posts/a.md:7:9: Broken relative link `@/no.md#x`",
    ]


def test_broken_links_may_be_a_warning(render: Render) -> None:
    rendered = render("[b](@/nix.md)", internal_level="warn")
    assert rendered.html == '<p><a href="@/nix.md">b</a></p>\n'
    assert rendered.warnings == ("content/posts/a.md:4:1: Broken relative link `@/nix.md`",)


def test_a_missing_language_is_an_error_or_a_warning(
    make_settings: Callable[..., MarkdownSettings], render: Render, problems: Problems
) -> None:
    from generator.model.code import HighlightedCode

    def highlight(code: str, fence: object) -> HighlightedCode:
        return HighlightedCode(html="<pre></pre>", known=False, warning=None)

    text = "a\n\n```nix\nb\n```\n\n```\nc\n```"
    message = "content/posts/a.md:6: Language `nix` not found for syntax highlighting"
    assert render(text, highlight=highlight).warnings == (message,)
    assert problems(text, highlight=highlight, error_on_missing_language=True) == [message]


@pytest.mark.parametrize(
    ("text", "inline", "html"),
    [
        (
            "[a](#b) [c](d.md) [e](@/about.md)",
            False,
            '<p><a href="#b">a</a> <a href="d.md">c</a> <a href="https://example.com/about/">e</a></p>\n',
        ),
        ("*a*", True, "<em>a</em>"),
        ("a\n\nb", True, "a</p>\n<p>b"),
        ("# a", False, '<h1 id="a">a</h1>\n'),
        ('{{ kbd(k="b") }}', False, "<kbd>b</kbd>"),
    ],
)
def test_the_filter_knows_no_page(
    make_settings: Callable[..., MarkdownSettings], text: str, inline: bool, html: str
) -> None:
    assert render_filter(text, inline=inline, settings=make_settings()) == html
