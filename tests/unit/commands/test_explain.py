"""`hanji explain`: how a published file came to be, and which files a source went into."""

from __future__ import annotations

import json
import os
import re
import shutil

import pytest

BASE = "<title>{% block title %}{% endblock %}</title>{% include 'partials/head.html' %}{% block body %}{% endblock %}"
PAGE = """
{% extends 'base.html' %}
{% import 'macros.html' as macros %}
{% block title %}{{ page.title }}{% endblock %}
{% block body %}
{{ macros::show(text=page.content) }}{% if page.higher %}{{ page.higher.title }}{% endif %}{% endblock %}
"""
INDEX = """
{% set data = load_data(path='data/menu.toml') %}{{ data.name }}{% for p in section.pages %}{{ p.title }}{% endfor %}
"""


@pytest.fixture
def blog(site):
    site.write("templates/base.html", BASE).write("templates/page.html", PAGE).write("templates/index.html", INDEX)
    site.write("templates/partials/head.html", "<head>").write("templates/unused.html", "")
    site.write("templates/macros.html", "{% macro show(text) %}{{ text | safe }}{% endmacro %}")
    site.write("templates/shortcodes/note.html", "<b>{{ text }}</b>")
    site.write("data/menu.toml", 'name = "메뉴"').write("static/style.css", "body {}")
    site.write("content/_index.md", '+++\nsort_by = "date"\n+++\n')
    site.page("a.md", '{{ note(text="x") }} [b](@/b.md)', date="2026-01-01").page("b.md", date="2026-01-02")
    site.page("c/index.md", date="2026-01-03").write("content/c/photo.jpg", b"\xff\xd8")
    return site


def lines_of(text: str) -> list[str]:
    return [
        re.sub(r"\d+-\d+-\d+ \d+:\d+:\d+", "WHEN", re.sub(r"\d+\.\d ms", "N ms", line)) for line in text.splitlines()
    ]


def explain(hanji, blog, *arguments: str):
    answer = hanji("--root", blog.root, "explain", *arguments)
    assert (answer.status, answer.err) == (0, "")
    return answer.out


def test_a_page_with_its_templates_and_all_that_it_read(hanji, blog) -> None:
    hanji("--root", blog.root, "build")
    assert lines_of(explain(hanji, blog, "/b/")) == [
        "public/b/index.html",
        "  from     content/b.md",
        "  by       the template `page.html`",
        "  when     WHEN, in N ms, its Markdown in N ms",
        "  because  there was no earlier build to keep it from, or the config or hanji itself had changed",
        "",
        "Templates",
        "  templates/page.html",
        "    extends templates/base.html",
        "      includes templates/partials/head.html",
        "    imports templates/macros.html",
        "",
        "It read",
        "  content/a.md: title",
        "  content/b.md: text, neighbour (higher), title",
    ]


def test_what_the_text_read_is_told_too(hanji, blog) -> None:
    hanji("--root", blog.root, "build")
    out = explain(hanji, blog, "/a/")
    assert "\nIts text read\n  content/b.md: address\n  the template `shortcodes/note.html`\n" in out


@pytest.mark.parametrize(
    "name",
    [
        "public/a/index.html",
        "public/a",
        "/a/",
        "/a",
        "a/index.html",
        "https://example.com/a/",
        "https://example.com/a/#x",
    ],
)
def test_a_file_has_many_names(hanji, blog, name: str) -> None:
    hanji("--root", blog.root, "build")
    assert explain(hanji, blog, name).startswith("public/a/index.html\n")


def test_a_name_may_start_at_the_current_folder(hanji, blog, monkeypatch) -> None:
    hanji("--root", blog.root, "build")
    monkeypatch.chdir(blog.root / "public/a")
    assert explain(hanji, blog, "index.html").startswith("public/a/index.html\n")


def test_why_a_file_was_rebuilt_and_why_another_was_not(hanji, blog) -> None:
    hanji("--root", blog.root, "build")
    blog.page("a.md", "text", date="2026-01-01", title='"other"')
    hanji("--root", blog.root, "build")
    assert "  because  title of content/a.md had changed\n" in explain(hanji, blog, "/b/")
    assert "  because  text of content/a.md; title of content/a.md had changed\n" in explain(hanji, blog, "/a/")
    kept = lines_of(explain(hanji, blog, "/c/"))
    assert "  since    kept by every build up to WHEN: nothing that it read changed" in kept


def test_other_reasons(hanji, blog) -> None:
    hanji("--root", blog.root, "build")
    blog.page("new.md", date="2026-01-04")
    blog.write("data/menu.toml", 'name = "차림"')
    (blog.root / "public/a/index.html").unlink()
    for second in (blog.root / ".hanji").glob("output-*"):
        shutil.rmtree(second)
    hanji("--root", blog.root, "build")
    assert "because  the site had no such file before\n" in explain(hanji, blog, "/new/")
    assert "because  data/menu.toml; " in explain(hanji, blog, "/")
    assert "because  the output folder did not hold it as it was made\n" in explain(hanji, blog, "/a/")
    blog.page("c/index.md", date="2026-01-03", template='"index.html"')
    blog.write("templates/index.html", "{{ config.title }}")
    hanji("--root", blog.root, "build")
    assert "its template, its address, or what it lists had changed\n" in explain(hanji, blog, "/c/")


def test_a_file_that_is_not_as_it_was_made_any_more(hanji, blog) -> None:
    hanji("--root", blog.root, "build")
    assert "  but" not in explain(hanji, blog, "/a/")
    os.utime(blog.root / "public/a/index.html")
    assert "  but" not in explain(hanji, blog, "/a/")
    (blog.root / "public/a/index.html").write_text("mine")
    assert "  but      what stands there now is not that file: " in explain(hanji, blog, "/a/")


def went_into(hanji, blog, source: str) -> list[str]:
    first, *files = explain(hanji, blog, source).splitlines()
    assert first.startswith(f"{source} went into ")
    return [line.strip() for line in files]


def test_what_a_source_went_into(hanji, blog) -> None:
    hanji("--root", blog.root, "build")
    page = went_into(hanji, blog, "content/a.md")
    assert page[0].startswith("public/a/index.html: ")
    assert page[1:] == ["public/index.html: title", "public/b/index.html: title"]
    pages = ["public/a/index.html", "public/b/index.html", "public/c/index.html"]
    assert sorted(went_into(hanji, blog, "templates/partials/head.html")) == pages
    assert went_into(hanji, blog, "templates/shortcodes/note.html") == pages[:1]
    assert went_into(hanji, blog, "templates/unused.html") == []
    assert went_into(hanji, blog, "data/menu.toml") == ["public/index.html"]
    assert went_into(hanji, blog, "static/style.css") == ["public/style.css"]
    assert went_into(hanji, blog, "content/c/photo.jpg") == ["public/c/photo.jpg"]


def test_files_that_no_template_made(hanji, blog) -> None:
    from PIL import Image

    blog.write("config.toml", 'base_url = "https://example.com"\ncompile_sass = true\nbuild_search_index = true\n')
    blog.write("sass/main.scss", "a { b: c }")
    Image.new("RGB", (8, 8)).save(blog.root / "static/i.png")
    blog.write("templates/index.html", '{{ resize_image(path="i.png", width=4, height=4, op="fill") | json_encode }}')
    assert hanji("--root", blog.root, "build").status == 0
    assert "what     a style sheet" in explain(hanji, blog, "/main.css")
    assert "what     the search index" in explain(hanji, blog, "/search_index.en.js")
    assert "what     a copy of static/style.css" in explain(hanji, blog, "/style.css")
    assert "what     a copy of content/c/photo.jpg" in explain(hanji, blog, "/c/photo.jpg")
    (image,) = (blog.root / "public/processed_images").iterdir()
    assert "  made     from static/i.png\n" in explain(hanji, blog, f"public/processed_images/{image.name}")
    assert f"Images\n  static/i.png → processed_images/{image.name}\n" in explain(hanji, blog, "/")
    assert f"public/processed_images/{image.name}" in went_into(hanji, blog, "static/i.png")
    assert went_into(hanji, blog, "sass/main.scss") == ["public/main.css"]
    assert "(built in)" in explain(hanji, blog, "/sitemap.xml")


def test_a_program_gets_all_in_one_line(hanji, blog) -> None:
    hanji("--root", blog.root, "build")
    found = json.loads(explain(hanji, blog, "/b/", "--format", "json"))
    assert (found["file"], found["source"], found["template"]) == ("public/b/index.html", "content/b.md", "page.html")
    assert (found["cause"], found["as_published"]) == ("first", True)
    assert "title of content/a.md" in found["reads"]
    assert found["ms"] > 0
    source = json.loads(explain(hanji, blog, "content/a.md", "--format", "json"))
    assert source["went_into"][2] == {"file": "public/b/index.html", "reads": ["title of content/a.md"]}


def test_without_a_build_there_is_nothing_to_explain(hanji, blog) -> None:
    answer = hanji("--root", blog.root, "explain", "/a/")
    assert (answer.status, answer.out) == (1, "")
    assert "There is no build to explain" in answer.err
    assert "Run `hanji build` first" in answer.err
    assert not (blog.root / ".hanji").exists()


def test_the_builds_own_options_find_it(hanji, blog, tmp_path) -> None:
    hanji("--root", blog.root, "build", "--drafts", "-o", tmp_path / "out", "-u", "https://x.test", "--minify")
    options = ["--drafts", "-o", tmp_path / "out", "-u", "https://x.test", "--minify"]
    answer = hanji("--root", blog.root, "explain", "https://x.test/a/", *options)
    assert answer.status == 0
    assert answer.out.startswith("../out/a/index.html\n")


def test_an_unknown_name_brings_near_ones(hanji, blog) -> None:
    hanji("--root", blog.root, "build")
    answer = hanji("--root", blog.root, "explain", "public/a/indx.html")
    assert answer.status == 1
    assert "The last build made no `public/a/indx.html`, and it is no source of the site" in answer.err
    assert "Did you mean `public/a/index.html`" in answer.err
    answer = hanji("--root", blog.root, "explain", "http://[::1")
    assert answer.status == 1
    assert "no source of the site" in answer.err
