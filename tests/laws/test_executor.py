"""Laws of the executors that a config names: whoever builds, wherever, the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

CONFIG = """base_url = "https://example.com"
default_language = "ko"
generate_feeds = true
build_search_index = true
taxonomies = [{ name = "tags", feed = true, paginate_by = 7 }]

[markdown.highlighting]
theme = "github-dark"

[translations]
more = "더"
"""
PAGE = """{% import "macros.html" as m %}{{ m::title(page=page) }}{{ page.content | safe }}
{{ now() }} {{ get_env(name="HANJI_STAGE") }}
{% set data = load_data(path="data.toml") %}{{ data.word }} {{ "**a**" | markdown | safe }}
{% if page.lower %}{{ page.lower.title }}{% endif %}{% for b in page.backlinks %}{{ b.title }}{% endfor %}
{% set section = get_section(path="posts/_index.md") %}{{ section.pages | length }} {{ trans(key="more") }}"""
LIST = "{% for page in section.pages %}{{ page.permalink }} {{ page.summary }}{% endfor %}"
BODY = """머리말 [다음](@/posts/{next:03}.md#bonmun).

<!-- more -->

## 본문

```bash
docker run -p {number}:80 nginx
```

{{{{ stamp(n={number}) }}}}
"""
# Enough for workers to be worth starting.
COUNT = 210

THREADS = 'executor = "concurrent.futures:ThreadPoolExecutor"'
PROCESSES = 'executor = "concurrent.futures:ProcessPoolExecutor"\nexecutor_options = { max_workers = 2 }'
CLUSTER = """executor = "distributed"
executor_options = { n_workers = 2, threads_per_worker = 1, dashboard_address = "127.0.0.1:0" }
"""


@pytest.fixture
def big_site(site):
    site.write("config.toml", CONFIG)
    site.write("data.toml", 'word = "낱말"')
    site.write("templates/page.html", PAGE)
    site.write("templates/macros.html", "{% macro title(page) %}{{ page.title }} {{ page.date }}{% endmacro %}")
    site.write("templates/section.html", LIST)
    site.write("templates/taxonomy_list.html", "{% for t in terms %}{{ t.name }} {{ t.page_count }};{% endfor %}")
    site.write("templates/taxonomy_single.html", "{{ term.name }} {{ paginator.pages | length }}")
    site.write("templates/shortcodes/stamp.html", "<b>{{ n }} {{ nth }} {{ page.title }}</b>")
    site.write("content/posts/_index.md", '+++\nsort_by = "date"\n+++\n')
    for number in range(COUNT):
        body = BODY.format(number=number, next=(number * 7 + 1) % COUNT)
        date = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        site.page(f"posts/{number:03}.md", body, date=date, taxonomies=f'{{ tags = ["t{number % 9}", "태그"] }}')
    return site


def build(root: Path, *options: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "generator", "--root", str(root), "build", *options]
    environment: Mapping[str, str] = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "HANJI_STAGE": "시험"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    public = root / "public"
    return {p.relative_to(public).as_posix(): p.read_bytes() for p in public.rglob("*") if p.is_file()}


def name(site, executor: str) -> None:
    site.write("config.toml", f"{CONFIG}\n[build]\n{executor}\n")


def test_a_named_executor_builds_what_one_process_does(big_site) -> None:
    serial = build(big_site.root, "--jobs", "1", "--no-cache")
    assert len(serial) > COUNT
    for executor in (THREADS, PROCESSES, CLUSTER):
        name(big_site, executor)
        assert build(big_site.root, "--no-cache") == serial


def test_its_workers_take_up_what_an_earlier_build_left(big_site) -> None:
    build(big_site.root)
    # All pages are made again, of texts that are not.
    big_site.write("templates/page.html", PAGE + "{{ page.toc | length }}")
    name(big_site, CLUSTER)
    warm = build(big_site.root)
    assert warm == build(big_site.root, "--jobs", "1", "--no-cache")
