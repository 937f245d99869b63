"""`hanji build --check-reproducible`: two builds under other circumstances, compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands.reproduce import check_reproducible
from generator.errors import SiteError


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    for name, text in {
        "config.toml": 'base_url = "https://example.com"\n',
        "templates/index.html": "{% for page in section.pages %}{{ page.title }}{% endfor %}",
        "templates/page.html": "{{ page.title }}",
        "content/a.md": '+++\ntitle = "a"\n+++\n',
        "static/b.txt": "b",
    }.items():
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "site"


def test_a_site_that_comes_out_the_same_is_counted_and_nothing_is_left(blog: Path) -> None:
    assert check_reproducible(["--root", str(blog)], []) == 6
    assert not (blog / "public").exists()


def test_what_differs_is_named(blog: Path) -> None:
    (blog / "templates/page.html").write_text("{{ get_random(end=1000000000) }}")
    with pytest.raises(SiteError, match=r"a/index\.html: This file comes out differently each time"):
        check_reproducible(["--root", str(blog)], [])


def test_a_site_that_does_not_build_says_so(blog: Path) -> None:
    (blog / "templates/page.html").write_text("{{ nope }}")
    with pytest.raises(SiteError, match=r"(?s)The site does not build.*nope"):
        check_reproducible(["--root", str(blog)], ["--drafts"])
