"""A file to a page or a section: names, languages, dates, slugs, paths."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.content.parse import default_section, parse_document
from generator.errors import SiteError
from generator.model.config import LanguageOptions, SiteConfig, SlugifyConfig, TaxonomyConfig
from generator.model.content import Page, Section, SourceFile

EMPTY = "+++\n+++\n"


def make_config(root: Path, *languages: str, **settings: Any) -> SiteConfig:
    tags = (TaxonomyConfig(name="tags", slug="tags"),)
    return SiteConfig(
        root=root,
        file=root / "config.toml",
        base_url="https://example.com",
        languages={"en": LanguageOptions(taxonomies=tags)} | {code: LanguageOptions() for code in languages},
        **settings,
    )


def parse(
    root: Path, name: str, text: str | bytes = EMPTY, config: SiteConfig | None = None, *, drafts: bool = False
) -> Page | Section:
    file = root / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    source = SourceFile(file=file, relative_path=name, is_section=file.name.startswith("_index."))
    return parse_document(source, config or make_config(root), drafts=drafts)


def parse_page(root: Path, name: str, text: str = EMPTY, config: SiteConfig | None = None) -> Page:
    page = parse(root, name, text, config)
    assert isinstance(page, Page)
    return page


def refusal(root: Path, name: str, text: str | bytes, config: SiteConfig | None = None) -> SiteError:
    with pytest.raises(SiteError) as caught:
        parse(root, name, text, config)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("name", "path", "folder", "canonical", "colocated"),
    [
        ("a.md", "/a/", "", "a", None),
        ("Sub Dir/P Q.md", "/Sub Dir/p-q/", "Sub Dir", "Sub Dir/P Q", None),
        ("a.b.c.md", "/a-b-c/", "", "a.b.c", None),
        ("posts/First One/index.md", "/posts/first-one/", "posts", "posts/First One/index", "posts/First One/"),
        ("first/index.md", "/first/", "", "first/index", "first/"),
        ("index.md", "/", "", "index", None),
        ("x/index.fr.md", "/index-fr/", "", "x/index.fr", "x/"),
        ("글/도커란 무엇인가.md", "/글/dokeoran-mueosinga/", "글", "글/도커란 무엇인가", None),
    ],
)
def test_pages_of_one_language(
    tmp_path: Path, name: str, path: str, folder: str, canonical: str, colocated: str | None
) -> None:
    page = parse_page(tmp_path, name)
    assert page.path == path
    assert page.permalink == "https://example.com" + path
    assert page.components == tuple(part for part in path.split("/") if part)
    assert (page.source.folder, page.source.canonical, page.source.colocated_path) == (folder, canonical, colocated)
    assert page.source.shown == f"content/{name}"


@pytest.mark.parametrize(
    ("name", "lang", "path", "canonical"),
    [
        ("p.fr.md", "fr", "/fr/p/", "p"),
        ("p.en.md", "en", "/p-en/", "p.en"),
        ("p.md", "en", "/p/", "p"),
        ("d/index.fr.md", "fr", "/fr/d/", "d/index"),
        ("index.fr.md", "fr", "/fr/", "index"),
    ],
)
def test_pages_of_several_languages(tmp_path: Path, name: str, lang: str, path: str, canonical: str) -> None:
    page = parse_page(tmp_path, name, config=make_config(tmp_path, "fr"))
    assert (page.lang, page.path, page.source.canonical) == (lang, path, canonical)


def test_a_language_that_the_site_does_not_have(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "p.de.md", EMPTY, make_config(tmp_path, "fr"))
    assert "content/p.de.md` has a language code of de" in problem.message


def test_sections(tmp_path: Path) -> None:
    config = make_config(tmp_path, "fr")
    found = [
        parse(tmp_path, name, EMPTY, config)
        for name in ("_index.md", "a/B c/_index.md", "a/_index.fr.md", "_index.fr.md")
    ]
    assert [section.path for section in found] == ["/", "/a/B c/", "/fr/a/", "/fr/"]
    assert [section.source.folder for section in found] == ["", "a/B c", "a", ""]
    assert [section.source.canonical for section in found] == ["_index", "a/B c/_index", "a/_index", "_index"]
    assert found[2].components == ("fr", "a")


def test_default_sections(tmp_path: Path) -> None:
    config = make_config(tmp_path, "fr")
    root, french = default_section(config, "en"), default_section(config, "fr")
    assert (root.path, root.permalink, root.key, root.from_file) == ("/", "https://example.com/", "_index.md", False)
    assert (french.path, french.permalink, french.key) == ("fr/", "https://example.com/fr/", "_index.fr.md")
    assert french.source.canonical == root.source.canonical


@pytest.mark.parametrize(
    ("name", "slug", "date"),
    [
        ("2018-10-02-hi.md", "hi", "2018-10-02"),
        ("2018-10-02_hi.md", "hi", "2018-10-02"),
        ("2018-10-02 -sp.md", "sp", "2018-10-02"),
        ("2018-10-02.md", "2018-10-02", "2018-10-02"),
        ("2018-10-02abc.md", "2018-10-02abc", "2018-10-02"),
        ("2018-10-02T10:20:30+09:00-x.md", "x", "2018-10-02T10:20:30+09:00"),
        ("2018-10-02-dir/index.md", "dir", "2018-10-02"),
        ("2018-13-02-x.md", "2018-13-02-x", None),
    ],
)
def test_dated_names(tmp_path: Path, name: str, slug: str, date: str | None) -> None:
    page = parse_page(tmp_path, name)
    assert page.slug == slug
    assert (page.meta.date.text if page.meta.date else None) == date


def test_front_matter_date_beats_the_names_and_dates_may_stay_in_slugs(tmp_path: Path) -> None:
    config = make_config(tmp_path, slugify=SlugifyConfig(paths_keep_dates=True))
    page = parse_page(tmp_path, "2018-10-02-hi.md", "+++\ndate = 2020-01-01\n+++\n", config)
    assert page.slug == "2018-10-02-hi"
    assert page.meta.date is not None
    assert page.meta.date.instant == datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "slug", "path"),
    [
        ('slug = "Own Slug"', "own-slug", "/d/own-slug/"),
        ('path = " free/Way.html "', "p", "/free/Way.html/"),
        ('path = "/x/y/"', "p", "/x/y/"),
        ('path = "/"', "p", "/"),
    ],
)
def test_slug_and_path_of_front_matter(tmp_path: Path, fields: str, slug: str, path: str) -> None:
    page = parse_page(tmp_path, "d/p.md", f"+++\n{fields}\n+++\n")
    assert (page.slug, page.path) == (slug, path)


def test_slug_modes(tmp_path: Path) -> None:
    safe = make_config(tmp_path, slugify=SlugifyConfig(paths="safe"))
    off = make_config(tmp_path, slugify=SlugifyConfig(paths="off"))
    assert parse_page(tmp_path, "2024-05-09 - spaced.md", config=safe).slug == " spaced"
    assert parse_page(tmp_path, "a: b?.md", config=safe).slug == "a b"
    assert parse_page(tmp_path, "Á b.md", config=off).path == "/Á b/"


def test_body_and_its_line(tmp_path: Path) -> None:
    page = parse_page(tmp_path, "p.md", "\n+++\ntitle = 'x'\n+++ \n\n    code\n")
    assert (page.body(), page.body_line) == ("    code\n", 6)
    assert parse_page(tmp_path, "p.md", "\ufeff---\r\ntitle: x\r\n---\r\nBody\r\n").body() == "Body\r\n"
    assert parse_page(tmp_path, "p.md", "+++\n+++").body() == ""


def test_assets_show_the_folder_of_the_source(tmp_path: Path) -> None:
    config = make_config(tmp_path)
    (tmp_path / "content/d").mkdir(parents=True)
    (tmp_path / "content/d/index.md").write_text('+++\nslug = "other"\n+++\n')
    (tmp_path / "content/d/_index.md").write_text(EMPTY)
    assets = (tmp_path / "content/d/a b.txt", tmp_path / "content/d/sub/c.txt")
    page = parse_document(
        SourceFile(file=tmp_path / "content/d/index.md", relative_path="d/index.md", is_section=False, assets=assets),
        config,
    )
    section = parse_document(
        SourceFile(
            file=tmp_path / "content/d/_index.md", relative_path="d/_index.md", is_section=True, assets=assets[:1]
        ),
        config,
    )
    assert page.asset_paths == ("/d/a b.txt", "/d/sub/c.txt")
    assert section.asset_paths == ("/d/a b.txt",)


def test_unknown_taxonomies_are_named_at_their_line(tmp_path: Path) -> None:
    text = "+++\ntitle = 'x'\n[taxonomies]\ntags = ['a']\n  series = ['b']\n+++\n"
    problem = refusal(tmp_path, "p.md", text)
    assert problem.message == "Page `content/p.md` has taxonomy `series` which is not defined in config.toml"
    assert str(problem.where) == "content/p.md:5:3"
    problem = refusal(tmp_path, "p.md", "---\ntaxonomies:\n  tags: [a]\n  series: [b]\n---\n")
    assert str(problem.where) == "content/p.md:4:3"


def test_taxonomies_of_drafts_are_checked_when_drafts_are_built(tmp_path: Path) -> None:
    text = "+++\ndraft = true\n[taxonomies]\nseries = ['b']\n+++\n"
    assert parse(tmp_path, "p.md", text).meta.draft
    with pytest.raises(SiteError, match="has taxonomy `series`"):
        parse(tmp_path, "p.md", text, drafts=True)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            "Hello",
            "content/p.md:1:1",
            "Couldn't find front matter in `content/p.md`. Did you forget to add `+++` or `---`?",
        ),
        ("+++\ntitle = 'x'\n", "content/p.md:1:1", "Couldn't find front matter"),
        ("", "content/p.md:1:1", "Couldn't find front matter"),
        ("\n+++\ntitle = \n+++\n", "content/p.md:3:9", "The front matter is not valid TOML"),
        ("---\ntitle: [a\n---\n", "content/p.md:3:1", "The front matter is not valid YAML"),
        ("+++\ntitle = 1\n+++\n", "content/p.md:2:9", "`title` is the number 1, but must be a text in quotes"),
        ("---\ndraft: yes\n---\n", "content/p.md:2:8", "`draft` is the text `yes`, but must be `true` or `false`"),
        ("+++\nslug = ''\n+++\n", "content/p.md:2:8", "`slug` can't be empty if present"),
        ("+++\ndate = '2024-02-30'\n+++\n", "content/p.md:2:8", "`date` can't be read as a date"),
        ("+++\ndate = 10:00:00\n+++\n", "content/p.md:2:8", "`date` can't be read as a date"),
        ("---\ndate: 2024\n---\n", "content/p.md:2:7", "`date` can't be read as a date"),
        ("+++\n[taxonomies]\ntags = ['a', ' ']\n+++\n", "content/p.md:3:14", "`taxonomies.tags[1]` is an empty string"),
        (
            "+++\ntaxonomies.tags = 'a'\n+++\n",
            "content/p.md:2:19",
            "`taxonomies.tags` is the text `a`, but must be a list",
        ),
        ("+++\npath = '../../x'\n+++\n", "content/p.md:2:8", "`path` leads out of the site"),
        ("+++\naliases = ['a', '../x']\n+++\n", "content/p.md:2:17", "`aliases[1]` leads out of the site"),
        ("+++\nweight = -1\n+++\n", "content/p.md:2:10", "`weight` is the number -1"),
        ("+++\nweight = inf\n+++\n", "content/p.md:2:10", "`weight` is the number inf"),
        ("---\ndraft: .inf\n---\n", "content/p.md:2:8", "`draft` is the text `.inf`, but must be `true` or `false`"),
        ("---\n- a\n---\n", "content/p.md:2:1", "The front matter is not valid YAML"),
        (b"+++\ntitle = '\xff'\n+++\n", "content/p.md:2:10", "`content/p.md` is not valid UTF-8: byte 13 (0xff)"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str | bytes, place: str, message: str) -> None:
    problem = refusal(tmp_path, "p.md", text)
    assert problem.message.startswith(message)
    assert str(problem.where) == place


def test_yaml_as_zola_takes_it(tmp_path: Path) -> None:
    fields = "title: 1.10\nslug: 2024\nextra: {b: 2024-01-01, A: {z: 1, b: yes}}\ntaxonomies:\n  tags: [2024, true]"
    meta = parse_page(tmp_path, "p.md", f"---\n{fields}\n---\n").meta
    assert (meta.title, meta.slug, meta.taxonomies) == ("1.10", "2024", {"tags": ("2024", "true")})
    assert meta.extra == {"b": "2024-01-01", "A": {"z": 1, "b": "yes"}}
    assert (list(meta.extra), list(meta.extra["A"])) == (["b", "A"], ["z", "b"])
    meta = parse_page(tmp_path, "p.md", "---\ntitle:\ntaxonomies:\n  tags:\nauthors:\ndraft:\n---\n").meta
    assert (meta.title, meta.taxonomies, meta.authors, meta.draft) == (None, {"tags": ()}, (), False)
    assert parse_page(tmp_path, "p.md", "---\n# nothing\n---\n").meta.title is None


def test_a_key_that_stands_twice(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "p.md", "---\ntitle: a\nfoo: 1\nfoo: 2\ntitle: b\n---\n")
    assert (str(problem.where), problem.reasons) == ("content/p.md:5:1", ("`title` stands twice",))


def test_toml_dates_in_extra(tmp_path: Path) -> None:
    text = "+++\nupdated = 10:00\n[extra]\nb = [2024-01-01]\na = 2024-01-01T10:00:00+09:00\n+++\n"
    meta = parse_page(tmp_path, "p.md", text).meta
    assert (meta.updated, meta.updated_text) == (None, "10:00:00")
    assert meta.extra == {"a": "2024-01-01T10:00:00+09:00", "b": [{"$__toml_private_datetime": "2024-01-01"}]}
    assert list(meta.extra) == ["a", "b"]


def test_section_keys_are_checked(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "_index.md", "+++\nsort_by = 'order'\n+++\n")
    assert problem.message == "`sort_by` can't be `order`"
    problem = refusal(tmp_path, "_index.md", "+++\n\nsort_bye = 'date'\n+++\n")
    assert (str(problem.where), problem.hint) == ("content/_index.md:3:1", "Did you mean `sort_by`?")


def test_a_slug_that_leads_out_is_refused(tmp_path: Path) -> None:
    off = make_config(tmp_path, slugify=SlugifyConfig(paths="off"))
    problem = refusal(tmp_path, "p.md", "+++\nslug = '../../x'\n+++\n", off)
    assert problem.message.startswith("The page's path leads out of the site")


def test_a_file_that_vanished_is_named(tmp_path: Path) -> None:
    source = SourceFile(file=tmp_path / "content/x.md", relative_path="x.md", is_section=False)
    with pytest.raises(SiteError, match=r"content/x\.md: Can't read `content/x\.md`"):
        parse_document(source, make_config(tmp_path))
