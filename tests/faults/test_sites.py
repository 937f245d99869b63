"""Sites that are broken or made to harm: an error that names the culprit, or a build without what is harmful."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from generator.errors import SiteError, SiteErrors
from generator.write import publish
from generator.write.lock import build_lock


def attempt(site) -> tuple[dict[str, bytes], str]:
    """Return what a build gave, or what is wrong."""
    try:
        return dict(site.build().files), ""
    except SiteError as error:
        return {}, str(error)


def test_ten_broken_files_are_told_at_once(site) -> None:
    for number in range(10):
        site.write(f"content/{number}.md", "+++\ntitle = \n+++\n")
    with pytest.raises(SiteErrors) as caught:
        site.build()
    places = [problem.where.file for problem in caught.value.problems]
    assert places == [f"content/{number}.md" for number in range(10)]


@pytest.mark.parametrize("name", ["content/a.md", "content/posts/_index.md", "config.toml", "templates/page.html"])
def test_a_file_that_is_not_utf8_is_named(site, name: str) -> None:
    site.page("b.md").write(name, b"+++\n+++\ncaf\xe9")
    with pytest.raises(SiteError) as caught:
        site.build()
    assert name in str(caught.value)


@pytest.mark.parametrize("name", ["content/a.md", "content/posts/_index.md", "static/a.png", "templates/page.html"])
def test_an_empty_file_is_an_error_that_names_it_or_harmless(site, name: str) -> None:
    files, problem = attempt(site.write(name, b""))
    assert files or name in problem


def test_an_empty_image_is_named(site) -> None:
    site.write("static/a.png", b"").page("b.md")
    site.write("templates/page.html", '{{ resize_image(path="static/a.png", width=1, height=1, op="fill") }}')
    with pytest.raises(SiteError, match=r"a\.png"):
        site.build()


def test_a_folder_is_not_a_page_and_a_section_at_once(site) -> None:
    site.page("a/index.md").write("content/a/_index.md", "+++\n+++\n")
    with pytest.raises(SiteError, match=r"content/a/(_index|index)\.md"):
        site.build()


@pytest.mark.parametrize(
    ("templates", "named"),
    [
        ({"page": '{% include "a.html" %}', "a": 'x{% include "a.html" %}'}, "a.html"),
        ({"page": '{% include "a.html" %}', "a": '{% include "b.html" %}', "b": '{% include "a.html" %}'}, "b.html"),
        (
            {"page": '{% import "m.html" as m %}{{ m::f() }}', "m": "{% macro f() %}{{ self::f() }}{% endmacro %}"},
            "m.html",
        ),
        ({"page": '{% extends "a.html" %}', "a": '{% extends "page.html" %}'}, "page.html"),
        ({"page": "{% for n in range(end=1000000000) %}{% endfor %}"}, "limits.range_length"),
        (
            {"page": "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}"},
            "limits.",
        ),
    ],
)
def test_a_template_without_end_is_stopped(site, templates: dict[str, str], named: str) -> None:
    site.page("p.md").write("config.toml", 'base_url = "https://example.com"\n[limits]\niterations = 100000\n')
    for name, text in templates.items():
        site.write(f"templates/{name}.html", text)
    with pytest.raises(SiteError) as caught:
        site.build()
    assert named in str(caught.value)


@pytest.mark.parametrize(
    "call",
    [
        'load_data(path="{}")',
        'get_hash(path="{}")',
        'get_image_metadata(path="{}")',
        'resize_image(path="{}", width=1, height=1, op="fill")',
        'get_url(path="{}", cachebust=true)',
    ],
)
@pytest.mark.parametrize(
    "path", ["../secret.txt", "static/../../secret.txt", "@/../../secret.txt", "../../secret.txt", "link/secret.txt"]
)
def test_nothing_outside_of_the_site_is_read(site, call: str, path: str) -> None:
    (site.root.parent / "secret.txt").write_text("secret")
    (site.root / "link").symlink_to(site.root.parent)
    site.page("p.md").write("templates/page.html", "{{ " + call.format(path) + " }}")
    files, problem = attempt(site)
    assert b"secret" not in files.get("p/index.html", b"").replace(b"secret.txt", b"")
    assert files or "secret.txt" in problem


def test_an_absolute_path_is_one_of_the_site(site, tmp_path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    site.page("p.md").write("templates/page.html", f'{{{{ load_data(path="{tmp_path}/secret.txt") }}}}')
    with pytest.raises(SiteError, match=r"secret\.txt"):
        site.build()


@pytest.mark.parametrize("folder", ["content", "static", "templates"])
def test_a_folder_behind_a_link_is_not_published(site, tmp_path, folder: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.md").write_text("+++\n+++\nTOP SECRET")
    (tmp_path / "outside/a.txt").write_text("TOP SECRET")
    site.page("b.md").write(f"{folder}/keep", "")
    (site.root / folder / "link").symlink_to(tmp_path / "outside")
    files, problem = attempt(site)
    assert not [path for path, data in files.items() if b"TOP SECRET" in data]
    assert files or "link" in problem


@pytest.mark.parametrize("path", ["templates/page.html", "templates/parts", "themes/t/templates", "themes/t/static"])
def test_a_link_out_of_the_site_gives_nothing_away(site, tmp_path, path: str) -> None:
    (tmp_path / "outside").mkdir()
    for name in ("page.html", "a.html", "a.txt"):
        (tmp_path / "outside" / name).write_text("TOP SECRET")
    site.page("p.md").write("config.toml", 'base_url = "https://example.com"\ntheme = "t"\n')
    site.write("themes/t/theme.toml", "").write("themes/t/templates/keep.html", "").write("themes/t/static/keep", "")
    site.write("templates/page.html", '{% include "parts/a.html" ignore missing %}')
    link = site.root / path
    if link.is_dir():
        shutil.rmtree(link)
    link.unlink(missing_ok=True)
    link.symlink_to(tmp_path / "outside" / ("page.html" if path.endswith("html") else ""))
    files, problem = attempt(site)
    assert not [path for path, data in files.items() if b"TOP SECRET" in data]
    assert files or f"`{path}` is a link that leads out of the site" in problem


def test_a_theme_under_work_may_be_a_link(site, tmp_path) -> None:
    (tmp_path / "outside/templates").mkdir(parents=True)
    (tmp_path / "outside/static").mkdir()
    (tmp_path / "outside/theme.toml").touch()
    (tmp_path / "outside/templates/page.html").write_text("the theme's")
    (tmp_path / "outside/static/a.txt").touch()
    site.page("p.md").remove("templates/page.html")
    site.write("config.toml", 'base_url = "https://example.com"\ntheme = "t"\n')
    (site.root / "themes").mkdir()
    (site.root / "themes/t").symlink_to(tmp_path / "outside")
    built = site.build()
    assert built.text("p/index.html") == "the theme's"
    assert "a.txt" in built.files


def test_links_in_circles_end_in_every_folder(site) -> None:
    site.page("p.md").write("static/keep", "").write("templates/parts/keep.html", "").write("sass/parts/_a.scss", "")
    for folder in ("content", "static", "templates", "templates/parts", "sass", "sass/parts"):
        for name, target in (("one", "."), ("two", "."), ("up", ".."), ("self", "self"), ("root", site.root)):
            (site.root / folder / name).symlink_to(target)
    assert "p/index.html" in site.build().files


@pytest.mark.parametrize("folder", ["content", "static", "templates", "sass"])
def test_links_that_multiply_end(site, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setattr("generator.content.folders.MOST_LINKS", 100)
    monkeypatch.setattr("generator.assets.static.MOST_LINKS", 100)
    for level in range(20):
        (site.root / folder / f"d{level}").mkdir(parents=True)
        for name in ("one", "two"):
            (site.root / folder / f"d{level}" / name).symlink_to(f"../d{level + 1}")
    site.page("p.md").write(f"{folder}/d20/a.txt", "")
    files, problem = attempt(site)
    assert files or "Links lead to more than" in problem


def test_a_file_of_static_that_is_exchanged_for_a_link_is_not_copied(site, tmp_path) -> None:
    (tmp_path / "secret").write_text("TOP SECRET")
    site.write("static/a.txt", "a").write("static/b.txt", "b")
    output = site.build().output
    (site.root / "static/b.txt").unlink()
    (site.root / "static/b.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(SiteError, match="not inside of the site") as caught:
        publish(output, site.root / "public")
    assert "public/b.txt" in str(caught.value)
    assert not (site.root / "public").exists()


LIMITED = {
    "data_depth = 2": ("content/p.md", "+++\nextra.a = [[[1]]]\n+++\n"),
    "data_depth = 3": ("content/p.md", "---\nextra:\n  a: [[[1]]]\n---\n"),
    "yaml_nodes = 5": ("content/p.md", "---\nextra:\n  a: [1, 2, 3, 4]\n---\n"),
    "data_depth = 4": ("templates/page.html", "{{ load_data(literal='[[[[[1]]]]]', format='json') }}"),
    "data_depth = 5": ("templates/page.html", "{{ load_data(path='d.xml') }}"),
    "yaml_nodes = 6": ("templates/page.html", "{{ load_data(literal='[1, 2, 3, 4, 5, 6]', format='yaml') }}"),
    "image_formats = ['jpg']": ("templates/page.html", "{{ get_image_metadata(path='i.png') }}"),
    "image_pixels = 99": ("templates/page.html", "{{ resize_image(path='i.png', width=1, height=1) }}"),
}


@pytest.mark.parametrize("limit", LIMITED)
def test_a_limit_of_the_config_ends_it_with_its_name_and_place(site, limit: str) -> None:
    site.write("config.toml", f'base_url = "https://example.com"\n[limits]\n{limit}\n').page("p.md")
    site.write("d.xml", "<a>" * 6 + "</a>" * 6)
    Image.new("L", (10, 10)).save(site.root / "i.png")
    site.write(*LIMITED[limit])
    with pytest.raises(SiteError) as caught:
        site.build()
    problem = caught.value.problems[0]
    said = f"{problem.message} {' '.join(problem.reasons)} {problem.hint}"
    assert f"limits.{limit.split()[0]}" in said
    assert problem.where is not None
    if not limit.startswith("image_pixels"):
        assert (problem.where.file, bool(problem.where.line)) == (LIMITED[limit][0], True)


def test_a_block_of_code_that_takes_too_long_stays_plain(site) -> None:
    site.write(
        "config.toml",
        'base_url = "https://example.com"\n[limits]\nhighlight_seconds = 0.05\n'
        '[markdown.highlighting]\ntheme = "nord"\n',
    )
    site.page("p.md", f"```java\n{'a<' * 9_000}\n```\n")
    (warning,) = site.build().report.warnings
    assert "content/p.md" in warning
    assert "limits.highlight_seconds" in warning


@pytest.mark.parametrize("folder", ["", "templates", "output", "output/tree", "output/aside"])
def test_a_link_to_a_folder_that_a_site_brings_along_leads_nothing_elsewhere(site, tmp_path, folder: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/precious").write_text("mine")
    first = site.page("p.md", "text").publish()
    output = next(site.root.glob(".hanji/output-*")).name
    put_link(site.root / ".hanji" / folder.replace("output", output), tmp_path / "mine")
    site.page("q.md", "more")
    assert site.publish().keys() == {*first, "q/index.html"}
    assert {file.name: file.read_text() for file in (tmp_path / "mine").iterdir()} == {"precious": "mine"}


@pytest.mark.parametrize("name", ["lock", ".gitignore", "seal", "state-*", "glance-*", "texts.sqlite"])
def test_a_link_to_a_file_that_a_site_brings_along_changes_nothing_elsewhere(site, tmp_path, name: str) -> None:
    (tmp_path / "precious").write_text("mine")
    site.page("p.md", "text").publish()
    with build_lock(site.root):
        put_link(next(site.root.glob(f".hanji/{name}")), tmp_path / "precious")
    with build_lock(site.root):
        site.page("q.md", "more").publish()
    assert (tmp_path / "precious").read_text() == "mine"


def put_link(place: Path, target: Path) -> None:
    """Put a link to the place of whatever stands there."""
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.symlink_to(target)


@pytest.mark.parametrize("thing", ["pipe", "folder", "endless", "itself", "elsewhere", "noise"])
def test_anything_may_stand_in_the_own_folder(site, thing: str) -> None:
    site.page("p.md", "text").page("q.md", "more")
    first = site.publish()
    for file in [file for file in (site.root / ".hanji").glob("*") if file.is_file()]:
        file.unlink()
        {
            "pipe": os.mkfifo,
            "folder": os.mkdir,
            "endless": lambda file: os.symlink("/dev/zero", file),
            "itself": lambda file: os.symlink(file.name, file),
            "elsewhere": lambda file: os.symlink(site.root / "config.toml", file),
            "noise": lambda file: file.write_bytes(bytes(range(256)) * 99),
        }[thing](file)
    assert site.publish() == first
    site.page("q.md", "less")
    assert site.publish()["q/index.html"].strip() == b"<p>less</p>"
    assert "base_url" in (site.root / "config.toml").read_text()


def test_pipes_are_not_waited_for(site) -> None:
    site.page("b.md").write("static/keep", "").write("sass/keep", "")
    for name in ("content/a.md", "content/pipe", "static/pipe", "templates/pipe.html", "sass/pipe.scss", "pipe.json"):
        os.mkfifo(site.root / name)
    files, problem = attempt(site)
    assert files or "pipe" in problem


def test_a_theme_allows_itself_nothing(site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLOG_TOKEN", "secret")
    site.write("config.toml", 'base_url = "https://example.com"\ntheme = "t"\n').page("p.md")
    site.write("themes/t/theme.toml", 'name = "t"\n[security]\nenv = ["*"]\n[extra.security]\nenv = ["*"]\n')
    site.write("themes/t/templates/keep.html", "")
    site.write("templates/page.html", '{{ get_env(name="BLOG_TOKEN", default="") }}')
    with pytest.raises(SiteError, match="may not read `BLOG_TOKEN`"):
        site.build()


def test_a_pattern_that_could_take_for_ever_does_not(site) -> None:
    text = "a" * 40 + "!"
    site.page("p.md").write("templates/page.html", f'{{{{ "{text}" | regex_replace(pattern="^(a+)+$", rep="x") }}}}')
    assert site.build().text("p/index.html") == text


def test_a_file_that_vanishes_while_it_is_published(site, tmp_path) -> None:
    site.write("static/a.txt", "a").write("static/b.txt", "b")
    output = site.build().output
    (site.root / "static/b.txt").unlink()
    with pytest.raises(SiteError, match=r"public/b\.txt"):
        publish(output, site.root / "public")
    assert not (site.root / "public").exists()


def test_a_shortcode_that_calls_itself_is_stopped(site) -> None:
    site.write("templates/shortcodes/loop.md", "a {{ loop() }}").page("p.md", "{{ loop() }}")
    files, problem = attempt(site)
    assert files or "loop" in problem


def test_a_theme_without_its_file_is_named(site) -> None:
    site.write("config.toml", 'base_url = "https://example.com"\ntheme = "t"\n').write("themes/t/templates/a.html", "")
    with pytest.raises(SiteError, match=r"Failed to load theme t.*themes/t/theme\.toml"):
        site.build()


def test_the_moment_of_a_build_can_be_given(site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    site.page("p.md").write("templates/page.html", "{{ now(utc=true) | date }}")
    assert site.build().text("p/index.html") == "1970-01-02"


def test_a_theme_for_code_that_does_not_exist_is_named_where_the_config_asks_for_it(site) -> None:
    site.write("config.toml", 'base_url = "/"\n[markdown.highlighting]\nlight_theme = "nord"\ndark_theme = "nort"\n')
    with pytest.raises(SiteError) as caught:
        site.build()
    assert (str(caught.value.where), caught.value.hint) == ("config.toml:4:14", "Did you mean `nord`?")
