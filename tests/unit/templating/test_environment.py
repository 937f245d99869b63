from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.model.config import SiteConfig
from generator.templating.environment import (
    find_shortcodes,
    find_taxonomy_template,
    find_template,
    find_template_file,
    render_template,
)
from generator.templating.loading import load_templates
from generator.tera import Tera

MakeConfig = Callable[..., SiteConfig]
Put = Callable[[str, str], None]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def put(path: str, text: str) -> None:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    return put


def own(templates: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in templates.items() if not name.startswith(("__zola_builtins/", "internal/"))}


def test_names_are_paths_below_the_folder(put: Put, make_config: MakeConfig) -> None:
    for name in (
        "index.html",
        "a/b.xml",
        "c.yml",
        "d.md",
        "robots.txt",
        "e.json",
        "f.ics",
        "g.css",
        "html",
        "h.html.bak",
    ):
        put(f"templates/{name}", f"{name}\r\n")
    assert own(load_templates(make_config())) == {
        name: f"{name}\r\n" for name in ("index.html", "a/b.xml", "c.yml", "d.md", "robots.txt", "e.json", "f.ics")
    }


def test_the_site_wins_over_its_theme_which_stays_within_reach(put: Put, make_config: MakeConfig) -> None:
    put("templates/both.html", "site")
    for name in ("both.html", "theirs.html", "robots.txt", "feed.json"):
        put(f"themes/t/templates/{name}", "theme")
    assert own(load_templates(make_config(theme="t"))) == {
        "both.html": "site",
        "theirs.html": "theme",
        "t/templates/both.html": "theme",
        "t/templates/theirs.html": "theme",
        "robots.txt": "theme",
    }


def test_what_is_built_in_gives_way(put: Put, make_config: MakeConfig) -> None:
    put("templates/internal/alias.html", "own")
    templates = load_templates(make_config())
    assert templates["internal/alias.html"] == "own"
    assert {name.removeprefix("__zola_builtins/") for name in templates} >= {
        "404.html",
        "atom.xml",
        "rss.xml",
        "sitemap.xml",
        "split_sitemap_index.xml",
        "robots.txt",
        "anchor-link.html",
        "summary-cutoff.html",
    }


def test_a_site_needs_no_templates_and_a_theme_does(put: Put, make_config: MakeConfig) -> None:
    assert own(load_templates(make_config())) == {}
    put("themes/t/theme.toml", "")
    with pytest.raises(SiteError, match="Theme `t` is missing a templates folder"):
        load_templates(make_config(theme="t"))


def test_a_byte_order_mark_is_not_printed(put: Put, make_config: MakeConfig) -> None:
    put("templates/a.html", "\ufeffa")
    assert own(load_templates(make_config())) == {"a.html": "a"}


def test_a_template_must_be_utf_8(tmp_path: Path, put: Put, make_config: MakeConfig) -> None:
    put("templates/a.html", "")
    (tmp_path / "templates/a.html").write_bytes(b"\xe9")
    with pytest.raises(SiteError, match=r"templates/a\.html: .*UTF-8"):
        load_templates(make_config())


def test_a_name_finds_the_sites_then_the_themes_then_what_is_built_in() -> None:
    engine = Tera({"a": "", "t/templates/a": "", "t/templates/b": "", "__zola_builtins/b": "", "__zola_builtins/c": ""})
    assert [find_template(name, engine, "t") for name in "abcd"] == [
        "a",
        "t/templates/b",
        "__zola_builtins/c",
        None,
    ]
    assert find_template("b", engine, None) == "__zola_builtins/b"


def test_a_taxonomy_may_have_its_own_template() -> None:
    engine = Tera({"tags/single.html": "", "taxonomy_single.html": ""})
    assert find_taxonomy_template("tags", "single", engine, None) == "tags/single.html"
    assert find_taxonomy_template("tags", "list", engine, None) == "taxonomy_list.html"


def test_shortcodes_are_named_by_their_files() -> None:
    found = find_shortcodes(["shortcodes/a.html", "shortcodes/b.md", "t/templates/shortcodes/c.html", "d.html"])
    assert {name: (shortcode.template, shortcode.is_markdown) for name, shortcode in found.items()} == {
        "a": ("shortcodes/a.html", False),
        "b": ("shortcodes/b.md", True),
    }


def test_a_shortcode_is_not_hidden_by_a_text_file_of_its_name() -> None:
    found = find_shortcodes(["shortcodes/a.html", "shortcodes/a.txt"])
    assert found["a"].template == "shortcodes/a.html"


def test_a_template_is_known_by_its_file(put: Put, make_config: MakeConfig) -> None:
    put("templates/a.html", "")
    put("themes/t/templates/b.html", "")
    config = make_config(theme="t")
    assert find_template_file("a.html", config) == "templates/a.html"
    assert find_template_file("b.html", config) == "themes/t/templates/b.html"
    assert find_template_file("t/templates/b.html", config) == "themes/t/templates/b.html"
    assert find_template_file("__zola_builtins/404.html", config) == "__zola_builtins/404.html"


def test_a_page_without_a_template_is_a_welcome(make_config: MakeConfig) -> None:
    config = make_config()
    engine = Tera(load_templates(config))
    assert "<b>section.html</b>" in render_template(engine, config, "section.html", {})
    with pytest.raises(SiteError, match=r"Tried to render `own\.html` but the template wasn't found"):
        render_template(engine, config, "own.html", {})


def test_a_mistake_is_shown_in_the_file_that_holds_it(put: Put, make_config: MakeConfig) -> None:
    put("templates/index.html", "{% include 'part.html' %}")
    put("themes/t/templates/part.html", "\n  {{ nothing }}")
    config = make_config(theme="t")
    with pytest.raises(SiteError) as caught:
        render_template(Tera(load_templates(config)), config, "index.html", {})
    where = caught.value.where
    assert where
    assert (str(where), where.source) == ("themes/t/templates/part.html:2:6", "  {{ nothing }}")
