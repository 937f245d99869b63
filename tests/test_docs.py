"""The docs tell of all that there is and of nothing else: settings, template functions, themes, files, each other.

Commands and their options have a test of their own (`tests/unit/commands/test_commands_documented.py`), and so have
limits and security settings (`tests/unit/config/test_documented.py`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click
import pytest
from msgspec import NODEFAULT, Struct
from msgspec.structs import asdict, fields

from generator.cli import cli
from generator.config.fields import CONFIG
from generator.highlight.themes import list_builtin_themes
from generator.model.config import (
    HighlightConfig,
    LanguageOptions,
    LinkCheckerConfig,
    MarkdownConfig,
    SearchConfig,
    SiteConfig,
    SlugifyConfig,
    TaxonomyConfig,
)
from generator.tera import Tera, TeraLimits
from generator.tera.filters import FILTERS
from generator.tera.functions import builtin_functions
from generator.tera.testers import TESTERS

ROOT = Path(__file__).parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *DOCS]

FENCED = re.compile(r"^(`{3,})[^\n]*\n.*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def read(page: Path | str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def part(page: str, title: str) -> str:
    """Return what stands below a heading of the second level, up to the next one."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", read(page), re.MULTILINE | re.DOTALL)
    assert found, f"docs/{page} has no part `{title}`"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """Return the cells of all table rows whose first one is a name."""
    lines = re.findall(r"^\| (`.*) \|$", text, re.MULTILINE)
    return [[cell.strip() for cell in line.replace(r"\|", "/").split("|")] for line in lines]


def documented_keys(title: str) -> dict[str, str]:
    return {row[0].strip("`"): row[1] for row in rows(part("configuration.md", title))}


def written(value: Any) -> str:
    """Return a default as the tables write it."""
    match value:
        case None:
            return "–"
        case bool():
            return f"`{str(value).lower()}`"
        case str():
            return f'`"{value}"`'
        case tuple():
            return f"`{list(value)}`".replace("'", '"')
    return "`{}`"


def keys_of(table: type[Struct]) -> dict[str, str]:
    """Return the names of a settings class with their defaults, as the tables write them."""
    defaults = {}
    for field in fields(table):
        if field.default_factory is not NODEFAULT:
            defaults[field.name] = written(field.default_factory())
        else:
            defaults[field.name] = "required" if field.required else written(field.default)
    return defaults


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("Languages", LanguageOptions),
        ("Markdown", MarkdownConfig),
        ("Highlighting", HighlightConfig),
        ("Slugs", SlugifyConfig),
        ("Search", SearchConfig),
        ("Links", LinkCheckerConfig),
    ],
)
def test_every_key_of_a_table_with_its_default(title: str, table: type) -> None:
    assert documented_keys(title) == keys_of(table)


def test_every_key_of_a_taxonomy() -> None:
    expected = keys_of(TaxonomyConfig)
    del expected["slug"]  # made from the name
    assert documented_keys("Taxonomies") == expected


def test_every_key_at_the_top_of_the_config() -> None:
    told = documented_keys("Site")
    assert told.keys() == CONFIG.keys()
    # `mode` is the command's, whatever is written; of languages, the model also holds the default one.
    fields = {key: default for key, default in keys_of(SiteConfig).items() if key in CONFIG}
    assert {**told, "mode": "", "languages": ""} == {**fields, "mode": "", "languages": ""}


def test_the_markdown_page_tells_what_each_option_does() -> None:
    told = re.findall(r"`(\w+)`", part("markdown.md", "What the config changes"))
    assert keys_of(MarkdownConfig).keys() <= set(told)


def test_examples_in_toml_can_be_read() -> None:
    for page in PAGES:
        for example in re.findall(r"^```toml\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            tomllib.loads(example)


def names_in(text: str) -> set[str]:
    """Return what the code in a text names: `first`, `nth(n)`."""
    return set(re.findall(r"`([a-z]\w*)(?:\([^`]*\))?`", text))


@pytest.fixture
def registered(site, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The names of what the engines of a site are given, by kind."""
    names: dict[str, set[str]] = {"filters": set(), "functions": set(), "testers": set()}
    extended = Tera.extended

    def record(engine: Tera, **given: Any) -> Tera:
        for kind, found in names.items():
            found.update(given.get(kind) or ())
        return extended(engine, **given)

    monkeypatch.setattr(Tera, "extended", record)
    site.build()
    return names


def test_every_function_is_told_of(registered: dict[str, set[str]]) -> None:
    known = registered["functions"] | builtin_functions(TeraLimits()).keys()
    text = part("templates.md", "Functions")
    assert known <= names_in(text)
    assert {name for row in rows(text) for name in names_in(row[0])} <= known


def test_every_filter_is_told_of(registered: dict[str, set[str]]) -> None:
    # The compiler itself knows these two.
    known = registered["filters"] | FILTERS.keys() | {"default", "safe"}
    assert names_in(part("templates.md", "Filters")) == known


def test_every_test_is_told_of(registered: dict[str, set[str]]) -> None:
    assert names_in(part("templates.md", "Tests")) == registered["testers"] | TESTERS.keys()


def test_every_limit_of_the_engine_is_told_with_its_default() -> None:
    told = {row[0].strip("`"): int(row[1].replace(",", "")) for row in rows(read("tera.md")) if row[1][:1].isdigit()}
    assert told == asdict(TeraLimits())


def test_every_theme_is_told_of() -> None:
    listed = part("highlighting.md", "Themes").strip().split("\n\n")[0]
    assert sorted(name.strip() for name in listed.split("·")) == sorted(list_builtin_themes())


def test_every_page_stands_in_the_index() -> None:
    listed = {target for target in links_in(read("README.md")) if "/" not in target}
    assert listed == {page.name for page in DOCS} - {"README.md"}


def anchors_of(page: Path) -> set[str]:
    """Return the anchors that a page's headings get where it is shown: lower case, dashes for blanks, no marks."""
    titles = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def links_in(text: str) -> list[str]:
    """Return where links lead to, but for those that are shown as code."""
    return LINK.findall(CODE.sub("code", FENCED.sub("", text)))


def dead_links(page: Path) -> Iterator[str]:
    for target in links_in(page.read_text(encoding="utf-8")):
        name, _, anchor = unquote(target).partition("#")
        if re.match(r"https?:", name):
            continue
        file = page.parent / name if name else page
        if not file.exists() or (anchor and anchor not in anchors_of(file)):
            yield target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_is_dead(page: Path) -> None:
    assert list(dead_links(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_is_named_is_there(page: Path) -> None:
    rooms = "|".join(sorted(file.name for file in (ROOT / "generator").iterdir() if file.is_dir()))
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"(?<![\w./-])(?:generator|tests|bench|scripts|docs|\.ci)/[\w./-]*[\w/]", text)
    assert [name for name in named if not (ROOT / name).exists()] == []
    inner = re.findall(rf"(?<![\w./-])(?:{rooms})/[\w/]+\.py", text)
    assert [name for name in inner if not (ROOT / "generator" / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"`hanji ([a-z]+)", page.read_text(encoding="utf-8"))
    assert set(named) <= set(cli.list_commands(click.Context(cli)))
