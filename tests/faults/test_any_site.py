"""Whatever an author writes: a build ends with pages or with problems that name their place, and nothing gets out.

`HANJI_EXAMPLES=25000 pytest tests/faults/test_any_site.py` tries more.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import Location, SiteError
from generator.tera import Tera

EXAMPLES = int(os.environ.get("HANJI_EXAMPLES", "300"))


def places_of(call: Callable[[], object]) -> set[str | None]:
    """Return the files that the problems of a call name; none when it has none."""
    try:
        call()
    except SiteError as error:
        return {(problem.where or Location(file="nowhere")).file for problem in error.problems}
    return set()


bounded = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def of(*words: str, most: int = 30) -> st.SearchStrategy[str]:
    """Texts put together from words, and of other characters here and there."""
    return st.lists(st.sampled_from(words) | st.text(max_size=3), max_size=most).map("".join)


PATHS = of("..", "/", "\\", "%2e", "%2f", "a", "한", "\0", ".", " ", "#", "?", ":", "~", "CON", "\n", most=8)
SHORTCODES = of(
    "{{", "}}", "{%", "%}", "{#", "#}", "/*", "*/", "box(", ")", "end", "a=", "1", '"', "[", "true", " ", "\n"
)
MARKDOWN = of(
    *("#", "*", "_", "`", "```", "[", "]", "(", ")", "<", ">", "!", "|", "-", "1.", "\n", "\n\n", "    ", "[^1]", ":"),
    *("<div>", "</div>", "<!-- more -->", "[a]: b", "@/a.md", "&amp;", "\\", "~~", "$", "+++", "---", "http://a.b"),
)
TEMPLATES = of(
    *("{{", "}}", "{%", "%}", "{#", "#}", "{%-", "-%}", " ", "if", "else", "endif", "for", "in", "endfor", "set", "a"),
    *("=", "==", "|", "length", "(", ")", "[", "]", ".", "1", "1.5", "-", "+", "*", "/", '"x"', "and", "not", "is"),
    *("defined", "block b", "endblock", "macro m()", "endmacro", "include", "raw", "endraw", "true", "range(end=3)"),
)


@bounded
@given(path=PATHS, field=st.sampled_from(["path", "slug", "aliases", "tags"]))
def test_paths_stay_in_the_output(site: Any, path: str, field: str) -> None:
    quoted = '"' + "".join(f"\\U{ord(char):08X}" for char in path if not 0xD800 <= ord(char) < 0xE000) + '"'
    values = {"path": quoted, "slug": quoted, "aliases": f"[{quoted}]", "tags": f"[{quoted}]"}
    line = f"taxonomies = {{ tags = {values['tags']} }}" if field == "tags" else f"{field} = {values[field]}"
    site.write("content/a.md", f"+++\n{line}\n+++\n")
    site.write(
        "config.toml",
        'base_url = "https://example.com"\ntaxonomies = [{ name = "tags" }]\n'
        '[slugify]\npaths = "off"\ntaxonomies = "off"\n',
    )
    for name in ("taxonomy_list", "taxonomy_single"):
        site.write(f"templates/{name}.html", "")
    try:
        files = site.build().output.files
    except SiteError:
        return
    for name in files:
        assert not name.startswith("/")
        assert not {"", ".", ".."} & set(name.split("/"))
        assert "\0" not in name


@bounded
@given(SHORTCODES | MARKDOWN)
def test_any_body_is_a_page_or_a_problem_with_its_place(site: Any, body: str) -> None:
    site.write("templates/shortcodes/box.html", "<i>{{ body }}{{ a }}</i>")
    file = site.root / "content/a.md"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(f"+++\n+++\n{body}".encode("utf-8", "replace"))
    assert places_of(site.build) <= {"content/a.md", "templates/shortcodes/box.html"}


@bounded
@given(TEMPLATES)
def test_any_template_is_a_text_or_a_problem(text: str) -> None:
    places = places_of(lambda: Tera({"a.html": text}).render("a.html", {"a": [1, {"b": "c"}]}))
    assert places <= {"a.html"}


@pytest.mark.parametrize("kind", ["+++", "---"])
@bounded
@given(
    body=of(
        "title", "date", "=", ":", "'", '"', "[", "]", "{", "}", "- ", "&a", "*a", "!!", "\n", " ", "1", "2024-01-01"
    )
)
def test_any_front_matter_is_a_page_or_a_problem_with_its_place(site: Any, kind: str, body: str) -> None:
    file = site.root / "content/a.md"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(f"{kind}\n{body}\n{kind}\n".encode("utf-8", "replace"))
    assert places_of(site.build) <= {"content/a.md"}
