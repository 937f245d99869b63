"""A text to render in a test, with settings and surroundings that a test names only where they matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

import pytest
from msgspec.structs import replace

from generator.errors import SiteError
from generator.markdown.context import Document, MarkdownSettings, Shortcode
from generator.markdown.render import render_markdown
from generator.model.config import MarkdownConfig
from generator.model.content import Rendered
from generator.text.slug import slugify

# The comparison needs the reference's own parser, which is a convenience of whoever works on this folder.
collect_ignore = [] if find_spec("pyromark") else ["test_pulldown.py"]

Render = Callable[..., Rendered]

SHORTCODES = {
    "shortcodes/kbd.html": lambda values: f"<kbd>{values['k']}</kbd>",
    "shortcodes/box.html": lambda values: f"<div>{values['body']}</div>",
    "shortcodes/em.md": lambda values: f"*{values['t']}*",
    "shortcodes/quote.md": lambda values: f"> {values['body']}",
    "shortcodes/lines.md": lambda values: "one\n\ntwo",
    "shortcodes/nth.html": lambda values: f"<i>{values['nth']}</i>",
    "shortcodes/page.html": lambda values: str(values["page"]),
    "shortcodes/crlf.html": lambda values: "a\r\nb",
}


def render_template(name: str, values: Mapping[str, Any]) -> str:
    if name == "shortcodes/boom.html":
        raise SiteError("Variable `x` not found", reasons=("it was never set",))
    if name in ("anchor-link.html", "summary-cutoff.html"):
        return f"[{name} {sorted(values.items())}]"
    return SHORTCODES[name](values)


def make_settings(**options: Any) -> MarkdownSettings:
    fields = {name: options.pop(name) for name in MarkdownSettings.__struct_fields__ if name in options}
    names = (*SHORTCODES, "shortcodes/boom.html")
    defaults = {
        "markdown": MarkdownConfig(**{"external_links_external": False, **options}),
        "slugify_anchors": slugify,
        "permalinks": {"about.md": "https://example.com/about/", "한글 글.md": "https://example.com/hangeul/"},
        "render_template": render_template,
        "shortcodes": {
            name.split("/")[1].split(".")[0]: Shortcode(template=name, is_markdown=name.endswith(".md"))
            for name in names
        },
    }
    return MarkdownSettings(**{**defaults, **fields})


DOCUMENT = Document(
    relative_path="posts/a.md",
    shown="content/posts/a.md",
    first_line=4,
    lang="ko",
    permalink="https://example.com/posts/a/",
    shortcode_context={"page": "PAGE", "lang": "ko"},
)


@pytest.fixture(name="make_settings")
def settings_maker() -> Callable[..., MarkdownSettings]:
    return make_settings


@pytest.fixture
def render() -> Render:
    def render(text: str, *, place: str = "none", **options: Any) -> Rendered:
        document = replace(DOCUMENT, insert_anchor_links=place)
        return render_markdown(text, document, make_settings(**options))

    return render


@pytest.fixture
def problems(render: Render) -> Callable[..., list[str]]:
    """What is wrong with a text, as its author reads it: place, message, reasons."""

    def problems(text: str, **options: Any) -> list[str]:
        with pytest.raises(SiteError) as caught:
            render(text, **options)
        return [str(problem) for problem in caught.value.problems]

    return problems


@pytest.fixture
def html(render: Render) -> Callable[..., str]:
    def html(text: str, **options: Any) -> str:
        return render(text, **options).html

    return html
