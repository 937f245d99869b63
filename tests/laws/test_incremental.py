"""The law of incremental builds: after any edits, what stands in `public/` is what a build from nothing makes."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import SiteError

CONFIG = """base_url = "https://example.com"
title = "{title}"
default_language = "ko"
generate_feeds = true
build_search_index = true
taxonomies = [{{ name = "tags", feed = true, paginate_by = 2 }}, {{ name = "categories" }}]
[languages.en]
generate_feeds = true
[markdown]
bottom_footnotes = true
[markdown.highlighting]
theme = "github-dark"
[extra]
menu = "m"
"""
BASE = """{% import "macros.html" as m %}<html><title>{% block title %}{{ config.title }}{% endblock %}</title>
{% block body %}{% endblock %}<i>V{version}</i>
{% set posts = get_section(path="posts/_index.md") %}{{ posts.pages | length }}
{% for p in posts.pages | slice(end=2) %}{{ m::entry(page=p) }}{% endfor %}
{{ load_data(path="data/menu.json") | json_encode }} {{ get_url(path="app.css", cachebust=true) }}</html>"""
MACROS = """{% macro entry(page) %}<a href='{{ page.permalink }}'>{{ page.title }}</a>
{{ page.summary }} M{version}{% endmacro %}"""
PAGE = """{% extends "base.html" %}{% block title %}{{ page.title }}{% endblock %}
{% block body %}{{ page.content | safe }} {{ page.word_count }} {% for h in page.toc %}{{ h.title }}{% endfor %}
{% if page.lower %}{{ page.lower.title }}{% endif %}{% if page.higher %}{{ page.higher.permalink }}{% endif %}
{% for b in page.backlinks %}{{ b.title }}{% endfor %}{% for t in page.translations %}{{ t.lang }}{% endfor %}
{% for t in page.taxonomies.tags | default(value=[]) %}{{ get_taxonomy_url(kind="tags", name=t) }}{% endfor %}
{% endblock %}"""
LIST = """{% extends "base.html" %}{% block body %}{% for p in section.pages %}{{ p.title }}{{ p.date }}{% endfor %}
{% for s in section.subsections %}{{ s }}{% endfor %}{% endblock %}"""
PAGED = """{% for p in paginator.pages %}{{ p.title }}{{ p.description }}{% endfor %}
{{ paginator.next }}{{ paginator.number_pagers }}"""
TERMS = (
    "{% for t in terms %}{{ t.name }} {{ t.page_count }}{% for p in t.pages %}{{ p.title }}{% endfor %};{% endfor %}"
)

BODY = """요약 {summary}

<!-- more -->

## 제목 {heading}

{link}
{{% note() %}}안{{% end %}}

```sh
ls {code}
```
"""

PAGES = ("a", "b", "c", "d")


class Blog:
    """A small blog that uses a bit of everything, and the edits that may befall it."""

    def __init__(self, site) -> None:
        self.site = site
        site.write("config.toml", CONFIG.format(title="블로그"))
        self.template("base.html", 0)
        self.template("macros.html", 0)
        for name, text in {"page": PAGE, "section": PAGED, "index": LIST, "taxonomy_list": TERMS}.items():
            site.write(f"templates/{name}.html", text)
        site.write("templates/taxonomy_single.html", PAGED)
        site.write("templates/shortcodes/note.html", "<b>{{ body }} 0</b>")
        site.write("content/posts/_index.md", '+++\nsort_by = "date"\npaginate_by = 2\ntitle = "글"\n+++\n')
        site.write("static/app.css", "a{}")
        site.write("data/menu.json", '["하나"]')
        site.write("content/posts/bundle/index.md", '+++\ntitle = "묶음"\ndate = 2024-02-02\n+++\n![그림](x.png)\n')
        site.write("content/posts/bundle/x.png", "0")
        for number, name in enumerate(PAGES):
            self.page(name, number, 0)

    def template(self, name: str, version: int) -> None:
        text = {"base.html": BASE, "macros.html": MACROS}[name]
        self.site.write(f"templates/{name}", text.replace("{version}", str(version)))

    def page(self, name: str, number: int, version: int, *, title: str = "", tags: str = '"t"', more: str = "") -> None:
        others = [other for other in PAGES if (self.site.root / f"content/posts/{other}.md").exists()]
        link = f"[링크](@/posts/{others[version % len(others)]}.md)" if others else ""
        body = BODY.format(summary=version % 3, heading=version % 2, link=link, code=version)
        date = f"2024-01-{(number * 7 + version) % 28 + 1:02}"
        meta = f'title = "{title or name}"\ndate = {date}\n{more}\n[taxonomies]\ntags = [{tags}]\n'
        self.site.write(f"content/posts/{name}.md", f"+++\n{meta}+++\n{body}")

    def unlink_everywhere(self, name: str) -> None:
        """Take links to a page out, so that the site stays whole when it goes."""
        for file in (self.site.root / "content").rglob("*.md"):
            text = file.read_text()
            file.write_text(text.replace(f"[링크](@/posts/{name}.md)", ""))


def remove(blog: Blog, name: str) -> None:
    file = blog.site.root / f"content/posts/{name}.md"
    if file.exists():
        file.unlink()
        blog.unlink_everywhere(name)


def rename(blog: Blog, name: str, new: str) -> None:
    file = blog.site.root / f"content/posts/{name}.md"
    if file.exists():
        text = file.read_text()
        remove(blog, name)
        blog.site.write(f"content/posts/{new}.md", text.replace(f"[링크](@/posts/{name}.md)", ""))


def same_size_and_time(blog: Blog, name: str, version: int) -> None:
    """Change a page's title without changing what `ls -l` shows."""
    file = blog.site.root / f"content/posts/{name}.md"
    if file.exists():
        before = file.stat()
        head, _, rest = file.read_text().partition('title = "')
        file.write_text(f'{head}title = "{"xyz"[version % 3]}{rest[1:]}')
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


names, versions = st.sampled_from(PAGES), st.integers(0, 30)
Edit = Callable[[Blog], object]


def edits() -> st.SearchStrategy[Edit]:
    write = st.builds(lambda n, v, **kw: lambda b: b.page(n, PAGES.index(n), v, **kw), names, versions)
    title = st.builds(lambda n, v: lambda b: b.page(n, PAGES.index(n), 0, title=f"제목{v}"), names, versions)
    tags = st.builds(lambda n, v: lambda b: b.page(n, PAGES.index(n), 0, tags=f'"t{v % 3}", "도커"'), names, versions)
    draft = st.builds(lambda n: lambda b: b.page(n, PAGES.index(n), 0, more="render = false"), names)
    slug = st.builds(lambda n, v: lambda b: b.page(n, PAGES.index(n), 0, more=f'slug = "s{v}-{n}"'), names, versions)
    template = st.builds(
        lambda n, v: lambda b: b.template(n, v), st.sampled_from(["base.html", "macros.html"]), versions
    )
    shortcode = st.builds(
        lambda v: lambda b: b.site.write("templates/shortcodes/note.html", f"<b>{{{{ body }}}} {v}</b>"), versions
    )
    data = st.builds(lambda v: lambda b: b.site.write("data/menu.json", f'["{v}"]'), versions)
    static = st.builds(lambda v: lambda b: b.site.write("static/app.css", f"a{{order:{v}}}"), versions)
    config = st.builds(lambda v: lambda b: b.site.write("config.toml", CONFIG.format(title=f"T{v % 2}")), versions)
    image = st.builds(lambda v: lambda b: b.site.write("content/posts/bundle/x.png", str(v)), versions)
    english = st.builds(
        lambda n, v: lambda b: b.site.write(f"content/posts/{n}.en.md", f'+++\ntitle = "E{v}"\n+++\n'), names, versions
    )
    gone = st.builds(lambda n: lambda b: remove(b, n), names)
    renamed = st.builds(lambda n, v: lambda b: rename(b, n, f"new{v}"), names, versions)
    sly = st.builds(lambda n, v: lambda b: same_size_and_time(b, n, v), names, versions)
    touched = st.builds(lambda n: lambda b: tamper(b, n), names)
    return st.one_of(
        write,
        title,
        tags,
        draft,
        slug,
        template,
        shortcode,
        data,
        static,
        config,
        image,
        english,
        gone,
        renamed,
        sly,
        touched,
    )


def tamper(blog: Blog, name: str) -> None:
    """Somebody edits, or removes, what was published."""
    page = blog.site.root / f"public/posts/{name}/index.html"
    if page.exists():
        page.write_text("tampered")
    (blog.site.root / "public/404.html").unlink(missing_ok=True)


def outcome(build: Callable[[], dict[str, bytes]]) -> dict[str, bytes] | str:
    """Return what a build made, or what it said was wrong."""
    try:
        return build()
    except SiteError as error:
        return str(error)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(series=st.lists(edits(), min_size=1, max_size=10))
def test_any_series_of_edits(new_site, series: list[Edit]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        blog = Blog(new_site(folder / "site"))
        assert blog.site.publish() == blog.site.build().files
        for edit in series:
            edit(blog)
            assert outcome(blog.site.publish) == outcome(lambda: blog.site.build().files)
    finally:
        shutil.rmtree(folder)
