"""An edit redoes what it changes and nothing else; what is left of earlier builds is never trusted blindly."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.output import KeptFile, OutputFile
from generator.write import publish

PAGE = "{{ page.title }} {{ page.content | safe }}"
LIST = "{% for page in section.pages %}{{ page.title }} {{ page.summary }};{% endfor %}"
BODY = "요약\n\n<!-- more -->\n\n본문 {version}\n"


@pytest.fixture
def blog(site):
    site.write("templates/page.html", PAGE).write("templates/index.html", LIST)
    for name in ("a", "b"):
        site.page(f"{name}.md", BODY.format(version=0))
    site.publish()
    return site


def redone(site) -> set[str]:
    """Build again, publish, and return the paths of the files that were made."""
    output = site.build(cache=True).output
    publish(output, site.root / "public")
    output.published()
    return {path for path, file in output.files.items() if isinstance(file, OutputFile)}


def test_nothing_changed_redoes_nothing(blog) -> None:
    files = blog.build(cache=True).output.files
    assert files
    assert all(isinstance(file, KeptFile) for file in files.values())


def test_a_body_redoes_its_page_alone(blog) -> None:
    blog.page("a.md", BODY.format(version=1))
    assert redone(blog) == {"a/index.html"}


def test_a_title_redoes_what_prints_it(blog) -> None:
    blog.write("content/a.md", '+++\ntitle = "새 제목"\n+++\n\n' + BODY.format(version=0))
    assert redone(blog) == {"a/index.html", "index.html"}


def test_a_template_redoes_what_uses_it(blog) -> None:
    blog.write("templates/page.html", f"{PAGE}!")
    assert redone(blog) == {"a/index.html", "b/index.html"}


def test_what_was_tampered_with_is_made_again(blog) -> None:
    (blog.root / "public/a/index.html").write_text("tampered")
    (blog.root / "public/robots.txt").unlink()
    assert redone(blog) == {"a/index.html", "robots.txt"}


def test_a_touched_file_is_recognised_by_its_bytes(blog) -> None:
    (blog.root / "content/a.md").touch()
    assert redone(blog) == set()


@pytest.mark.parametrize("damage", [b"", b"garbage", b"hanji state 1\n"])
@pytest.mark.parametrize("kind", ["state", "glance", "texts"])
def test_a_damaged_memory_is_no_memory(blog, kind: str, damage: bytes) -> None:
    (file,) = [file for file in (blog.root / ".hanji").iterdir() if file.name.startswith(kind)]
    file.write_bytes(damage)
    blog.page("a.md", BODY.format(version=2))
    assert blog.publish() == blog.build().files


def test_another_sites_memory_is_no_memory(blog, tmp_path: Path, new_site) -> None:
    other = new_site(tmp_path / "other")
    other.write("config.toml", 'base_url = "https://example.com"\ntitle = "다른"\n').page("c.md", "c")
    (blog.root / ".hanji").rename(other.root / ".hanji")
    assert other.publish() == other.build().files


def test_a_title_redoes_what_shows_it_for_another_page(site) -> None:
    config = 'base_url = "https://example.com"\ndefault_language = "ko"\n[languages.en]\n'
    shown = "{% for d in page.backlinks | concat(with=page.translations) %}{{ d.title }}{% endfor %}"
    site.write("config.toml", config).write("templates/page.html", shown).write("templates/index.html", "")
    site.page("a.md", "[b](@/b.md)").page("a.en.md").page("b.md").page("c.md").publish()
    site.write("content/a.md", '+++\ntitle = "새 제목"\n+++\n\n[b](@/b.md)')
    assert redone(site) == {"a/index.html", "en/a/index.html", "b/index.html"}


def test_a_title_redoes_the_order_where_titles_make_it(site) -> None:
    site.write("content/_index.md", '+++\nsort_by = "title"\n+++\n').page("a.md").page("b.md").publish()
    site.write("content/a.md", '+++\ntitle = "z"\n+++\n')
    assert "index.html" in redone(site)
    assert (site.root / "public/index.html").read_text() == "b;z;"
