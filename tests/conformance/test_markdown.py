"""The Markdown cases of the reference, straight through `render_markdown`: the same bytes, but for colours in code.

Cases about front matter are not for this room; anchors are checked once all pages are rendered.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from generator.errors import SiteError
from generator.highlight import load_highlighter
from generator.markdown.context import Document, MarkdownSettings, Shortcode
from generator.markdown.render import render_filter, render_markdown
from generator.markdown.words import count_words, reading_minutes
from generator.model.config import HighlightConfig, MarkdownConfig
from generator.model.content import Heading
from generator.tera import Tera
from generator.text.slug import slugify_anchor

FOLDER = Path(__file__).parent
VARIANTS = json.loads((FOLDER / "markdown/variants.json").read_text(encoding="utf-8"))
DEVIATIONS = tomllib.loads((FOLDER / "markdown-deviations.toml").read_text(encoding="utf-8"))
# Pages that the cases link to, as their site has them.
FIXTURES = {
    "_index.md": "/",
    "about.md": "/about/",
    "blog/_index.md": "/blog/",
    "blog/첫-글.md": "/blog/ceos-geul/",
    "blog/2025-03-04-dated-post.md": "/blog/dated-post/",
    "blog/도커 이야기/index.md": "/blog/도커 이야기/",
    "docs/_index.md": "/docs/",
    "docs/guide.md": "/docs/the-guide/",
    "docs/custom-path.md": "/special/여기/",
    "anchored/_index.md": "/anchored/",
    "anchored-none/_index.md": "/anchored-none/",
}
COLOUR = re.compile(r'<span(?: style="[^"]*"| class="z-[^"]*")?>|</span>')


def is_ours(case: Mapping[str, Any]) -> bool:
    error = case["expect"].get("error")
    return case["markdown"] is not None and (
        error is None or "Failed to render content" in error or "panicked" in error
    )


ALL = json.loads((FOLDER / "markdown/cases.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in ALL if is_ours(case)}


@cache
def make_settings(variant: str) -> MarkdownSettings:
    config = tomllib.loads(VARIANTS["variants"][variant]["config.toml"])
    markdown = {"highlighting": None, **config["markdown"]}
    highlighting = HighlightConfig(**markdown["highlighting"]) if markdown["highlighting"] else None
    templates = {**VARIANTS["common"]["templates"], **VARIANTS["variants"][variant]["templates"]}
    slugify = partial(slugify_anchor, mode=config.get("slugify", {}).get("anchors", "on"))
    engine = Tera(templates)
    settings = partial(
        MarkdownSettings,
        markdown=MarkdownConfig(**{**markdown, "highlighting": highlighting}),
        slugify_anchors=slugify,
        permalinks=find_permalinks(variant, config["base_url"].rstrip("/")),
        has_template=templates.__contains__,
        shortcodes=find_shortcodes(templates),
        highlight=load_highlighter(highlighting, FOLDER).highlight if highlighting else None,
        internal_level=config.get("link_checker", {}).get("internal_level", "error"),
        error_on_missing_language=highlighting is not None and highlighting.error_on_missing_language,
    )

    def filter_markdown(value: Any, arguments: Mapping[str, Any]) -> str:
        inner = settings(render_template=engine.render)
        return render_filter(value, inline=arguments.get("inline", False), settings=inner)

    return settings(render_template=engine.extended(filters={"markdown": filter_markdown}).render)


def find_permalinks(variant: str, base_url: str) -> dict[str, str]:
    pages = (case["page"] for case in ALL if case["variant"] == variant and "page" in case)
    kept = {path.replace("ceos-geul", "첫-글") if variant == "slug_safe" else path: None for path in FIXTURES.values()}
    fixtures = dict(zip(FIXTURES, kept, strict=True))
    return {
        **{path: base_url + url for path, url in fixtures.items()},
        **{page["relative_path"]: page["permalink"] for page in pages},
    }


def find_shortcodes(templates: Mapping[str, str]) -> dict[str, Shortcode]:
    names = (name for name in templates if name.startswith("shortcodes/"))
    return {Path(name).stem: Shortcode(template=name, is_markdown=name.endswith(".md")) for name in names}


def make_document(case: Mapping[str, Any], settings: MarkdownSettings) -> Document:
    config = tomllib.loads(VARIANTS["variants"][case["variant"]]["config.toml"])
    lang = config.get("default_language", "en")
    page = case.get("page", {"relative_path": case["path"], "permalink": "https://example.com/x/", "lang": lang})
    places = {"anchored": "left", "anchored-none": "none"}
    return Document(
        relative_path=page["relative_path"],
        shown=f"content/{case['path']}",
        first_line=case["source"][: case["source"].index(case["markdown"])].count("\n") + 1,
        lang=page["lang"],
        permalink=page["permalink"],
        insert_anchor_links=places.get(case["path"].split("/")[0], settings.markdown.insert_anchor_links),
        shortcode_context={"config": {"base_url": config["base_url"].rstrip("/")}, "lang": page["lang"], "page": page},
    )


def toc_values(headings: tuple[Heading, ...]) -> list[dict[str, Any]]:
    return [
        {
            "level": heading.level,
            "id": heading.id,
            "permalink": heading.permalink,
            "title": heading.title,
            "children": toc_values(heading.children),
        }
        for heading in headings
    ]


def without_colours(html: str | None) -> str | None:
    """Colours are another room's: of highlighted code, only lines, numbers and text count."""
    if html is None:
        return None
    return re.sub(r'<pre class="giallo.*?</pre>', lambda code: COLOUR.sub("", code[0]), html, flags=re.DOTALL)


def disagreement(case: Mapping[str, Any]) -> str | None:
    settings = make_settings(case["variant"])
    expected = case["expect"]
    try:
        rendered = render_markdown(case["markdown"], make_document(case, settings), settings)
    except SiteError as error:
        where = error.problems[0].where
        assert where is not None
        assert where.file == f"content/{case['path']}"
        assert where.line is not None
        return None if "error" in expected else str(error)
    if "error" in expected:
        return "no error"
    words = count_words(case["markdown"])
    found = {
        "word_count": words,
        "reading_time": reading_minutes(words),
        "toc": toc_values(rendered.toc),
        "html": without_colours(rendered.html),
        "summary": without_colours(rendered.summary),
    }
    wanted = {**expected, "html": without_colours(expected["html"]), "summary": without_colours(expected["summary"])}
    wrong = (f"{key}: wanted {wanted[key]!r}, got {found[key]!r}" for key in found if found[key] != wanted[key])
    return "\n".join(wrong) or None


@pytest.mark.parametrize("name", [name for name in CASES if name not in DEVIATIONS])
def test_a_case_comes_out_as_in_the_reference(name: str) -> None:
    problem = disagreement(CASES[name])
    assert problem is None, f"{CASES[name]['markdown']}\n{problem}"


@pytest.mark.parametrize("name", DEVIATIONS)
def test_a_deviation_is_still_one(name: str) -> None:
    assert DEVIATIONS[name]["reason"]
    assert disagreement(CASES[name]) is not None
