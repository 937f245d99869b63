"""Laws of the build: one core or all, once or twice, here or elsewhere: the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

CONFIG = """base_url = "https://example.com"
default_language = "ko"
generate_feeds = true
build_search_index = true
taxonomies = [{ name = "tags", feed = true, paginate_by = 7 }, { name = "categories" }]

[markdown.highlighting]
theme = "github-dark"
"""
LIST = (
    '{% for page in paginator.pages %}<a href="{{ page.permalink }}">{{ page.title }}</a>{{ page.summary }}{% endfor %}'
)
PAGE = """{{ page.content | safe }}{% for h in page.toc %}{{ h.title }}{% endfor %}
{% if page.lower %}{{ page.lower.title }}{% endif %}{% for b in page.backlinks %}{{ b.title }}{% endfor %}
{% set section = get_section(path="posts/_index.md") %}{{ section.pages | length }}"""
BODY = """머리말 **굵게**는 [다음](@/posts/{next:03}.md#bonmun).

<!-- more -->

## 본문

```bash
docker run -p {number}:80 nginx
```

{{{{ stamp(n={number}) }}}}
"""


@pytest.fixture
def blog(site):
    """A site large enough for workers to be worth starting."""
    site.write("config.toml", CONFIG)
    site.write("templates/page.html", PAGE)
    site.write("templates/section.html", LIST)
    site.write("templates/taxonomy_list.html", "{% for t in terms %}{{ t.name }} {{ t.page_count }};{% endfor %}")
    site.write("templates/taxonomy_single.html", "{{ term.name }}")
    site.write("templates/shortcodes/stamp.html", "<b>{{ n }} {{ nth }} {{ page.title }}</b>")
    site.write("content/posts/_index.md", '+++\nsort_by = "date"\npaginate_by = 10\n+++\n')
    count = 240
    for number in range(count):
        taxonomies = f'{{ tags = ["t{number % 9}", "태그"], categories = ["c{number % 4}"] }}'
        body = BODY.format(number=number, next=(number * 7 + 1) % count)
        date = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        site.page(f"posts/{number:03}.md", body, date=date, taxonomies=taxonomies)
    return site


def test_parallel_is_serial(blog) -> None:
    serial, parallel = blog.build(jobs=1).files, blog.build(jobs=2).files
    assert list(serial) == list(parallel)
    assert serial == parallel
    assert len(serial) > 300


def test_elsewhere_is_here(blog, tmp_path: Path) -> None:
    elsewhere = tmp_path / "다른 곳"
    shutil.copytree(blog.root, elsewhere)
    here = build_apart(blog.root, tmp_path / "a", {"TZ": "Asia/Seoul", "LANG": "ko_KR.UTF-8", "PYTHONHASHSEED": "1"})
    there = build_apart(elsewhere, tmp_path / "b", {"TZ": "UTC", "LANG": "C", "PYTHONHASHSEED": "2"})
    assert here == there


def build_apart(root: Path, out: Path, environment: Mapping[str, str]) -> dict[str, bytes]:
    command = [sys.executable, "-m", "generator", "--root", str(root), "build", "--output-dir", str(out)]
    subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True, timeout=120)
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
