"""`hanji new`: the page that it begins, where, and what it refuses."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

CONFIG = 'base_url = "https://example.com"\ntaxonomies = [{ name = "tags" }, { name = "categories" }]\n'


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "site"
    (root / "content/posts").mkdir(parents=True)
    (root / "content/posts/_index.md").write_text("+++\n+++\n")
    (root / "config.toml").write_text(CONFIG)
    monkeypatch.chdir(root)
    return root


def front_matter(file: Path) -> dict:
    before, values, body = file.read_text().split("+++\n")
    assert (before, body) == ("", "\n")
    return tomllib.loads(values)


def test_page_is_begun_today_and_its_path_is_all_that_stands_on_standard_output(hanji, root: Path) -> None:
    answer = hanji("new", "도커란 무엇인가?")
    assert answer.status == 0
    assert answer.out == "content/posts/dokeoran-mueosinga.md\n"
    assert answer.err == "slug: dokeoran-mueosinga\n"
    file = root / "content/posts/dokeoran-mueosinga.md"
    assert front_matter(file) == {"title": "도커란 무엇인가?", "date": date.today()}


def test_options_stand_in_the_front_matter(hanji, root: Path) -> None:
    options = (
        "--date",
        "2026-01-31",
        "--draft",
        "-t",
        "docker",
        "--tag",
        "맥",
        "--category",
        "post",
        "--slug",
        "My Slug",
    )
    answer = hanji("new", 'A "quoted" \\ title', *options)
    assert answer.out == "content/posts/my-slug.md\n"
    file = root / "content/posts/my-slug.md"
    assert front_matter(file) == {
        "title": 'A "quoted" \\ title',
        "date": date(2026, 1, 31),
        "draft": True,
        "taxonomies": {"categories": ["post"], "tags": ["docker", "맥"]},
    }
    assert file.read_text().startswith(
        '+++\ntitle = "A \\"quoted\\" \\\\ title"\ndate = 2026-01-31\ndraft = true\n\n[tax'
    )


def test_section_is_made_and_a_missing_index_is_mentioned(hanji, root: Path) -> None:
    answer = hanji("new", "Notes", "--section", "diary/2026")
    assert answer.out == "content/diary/2026/notes.md\n"
    assert "content/diary/2026 has no _index.md" in answer.err
    assert (root / "content/diary/2026/notes.md").exists()


def test_path_is_shown_as_one_would_type_it_here(hanji, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "content")
    assert hanji("new", "Here").out == "posts/here.md\n"
    monkeypatch.chdir(root.parent)
    assert hanji("-r", "site", "new", "There").out == "site/content/posts/there.md\n"
    monkeypatch.chdir("/")
    assert hanji("-r", root, "new", "Far").out.endswith("content/posts/far.md\n")


def test_nothing_is_overwritten(hanji, root: Path) -> None:
    file = root / "content/posts/notes.md"
    file.write_text("mine")
    answer = hanji("new", "Notes")
    assert answer.status == 1
    assert "content/posts/notes.md exists already" in answer.err
    assert file.read_text() == "mine"
    (root / "content/posts/folder").mkdir()
    (root / "content/posts/folder/index.md").write_text("mine")
    assert "content/posts/folder/index.md exists already" in hanji("new", "Folder").err


def test_archetype_of_the_site_is_rendered_with_what_is_known(hanji, root: Path) -> None:
    (root / "archetypes").mkdir()
    (root / "archetypes/default.md").write_text(
        "---\ntitle: {{ title | json_encode }}\n---\n{{ slug }} {{ section }} {{ date }} {{ draft }} "
        "{{ tags | join(sep='+') }}\n"
    )
    hanji("new", "A & B", "--date", "2026-01-02", "-t", "x", "-t", "y")
    assert (root / "content/posts/a-b.md").read_text() == ('---\ntitle: "A & B"\n---\na-b posts 2026-01-02 false x+y\n')
    (root / "archetypes/posts.md").write_text("of posts: {{ title }}")
    hanji("new", "Nearer")
    assert (root / "content/posts/nearer.md").read_text() == "of posts: Nearer"


def test_broken_archetype_is_shown_with_its_line(hanji, root: Path) -> None:
    (root / "archetypes").mkdir()
    (root / "archetypes/default.md").write_text("title\n{{ nope }}\n")
    answer = hanji("new", "X")
    assert answer.status == 1
    assert "archetypes/default.md:2:" in answer.err
    assert not (root / "content/posts/x.md").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("???",), "gives no name for a file"),
        (("Index",), "gives no name for a file"),
        (("X", "--section", "../out"), "is not a folder below content/"),
        (("X", "--section", "/out"), "is not a folder below content/"),
        (("X", "--date", "yesterday"), "`yesterday` is not a date"),
        (("X", "--date", "2026-02-30"), "`2026-02-30` is not a date"),
    ],
)
def test_what_cannot_be_is_refused(hanji, root: Path, arguments, message: str) -> None:
    answer = hanji("new", *arguments)
    assert answer.status == 1
    assert message in answer.err
    assert [path.name for path in (root / "content").rglob("*.md")] == ["_index.md"]


def test_taxonomy_that_the_site_lacks_is_refused(hanji, root: Path) -> None:
    (root / "config.toml").write_text('base_url = "https://example.com"\n')
    answer = hanji("new", "X", "--tag", "docker")
    assert answer.status == 1
    assert "--tag needs a taxonomy `tags`, which this site does not have" in answer.err


def test_slug_follows_the_sites_mode(hanji, root: Path) -> None:
    (root / "config.toml").write_text(CONFIG + '[slugify]\npaths = "safe"\n')
    assert hanji("new", "도커: 시작/끝").out == "content/posts/도커 시작끝.md\n"
    (root / "config.toml").write_text(CONFIG + '[slugify]\npaths = "off"\n')
    assert hanji("new", "a/b").out == "content/posts/a-b.md\n"


def test_without_a_site_there_is_no_page(hanji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answer = hanji("new", "X")
    assert answer.status == 1
    assert "not found in current directory or ancestors" in answer.err
