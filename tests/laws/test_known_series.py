"""Series of edits that builds once got wrong."""

from __future__ import annotations

import pytest
from laws.checking import check
from laws.edits import (
    Edit,
    change_unseen,
    code_theme,
    image,
    more_text,
    move_static,
    remove,
    sass_outside,
    static,
    template,
    title,
    touch,
)
from laws.living_blog import Blog

HASH = '{{ get_hash(path="search_index.ko.json") }}'
SMALL = '{% set i = resize_image(path="img/p.png", width=2, height=2) %}{{ i.url }}'

SERIES: dict[str, list[Edit]] = {
    "a static file in the place of a generated one": [
        Edit(static, ("static/404.html", 1)),
        Edit(static, ("static/404.html", 2)),
        Edit(remove, ("static/404.html",)),
    ],
    "a static file in the place of a page": [
        Edit(static, ("static/posts/a/index.html", 1)),
        Edit(title, ("posts/b.md", 1)),
        Edit(touch, ("content/posts/a.md",)),
        Edit(remove, ("static/posts/a/index.html",)),
    ],
    "a static file in the place of a style sheet for code": [
        Edit(code_theme, ('theme = "github-dark"\nstyle = "class"',)),
        Edit(static, ("static/giallo.css", 1)),
        Edit(static, ("static/giallo.css", 2)),
        Edit(remove, ("static/giallo.css",)),
    ],
    "a static file in the place of a search index": [
        Edit(static, ("static/search_index.ko.json", 1)),
        Edit(template, ("page.html", 1, HASH)),
        Edit(more_text, ("about.md", 1)),
        Edit(remove, ("static/search_index.ko.json",)),
    ],
    "an image that moves to where its name finds it, too": [
        Edit(template, ("page.html", 1, SMALL)),
        Edit(move_static, ("static/img/p.png", "content/img/p.png")),
        Edit(image, ("content/img/p.png", 7)),
    ],
    "a style sheet that uses one of another folder": [
        Edit(sass_outside, ("main.scss", 1)),
        Edit(sass_outside, ("main.scss", 2)),
        Edit(sass_outside, ("sub/new.scss", 1)),
        Edit(sass_outside, ("sub/new.scss", 3)),
    ],
    "a static file that changes behind its size and time": [
        Edit(static, ("static/x.css", 1)),
        Edit(change_unseen, ("static/x.css", "y")),
    ],
}


@pytest.mark.parametrize("series", SERIES.values(), ids=SERIES)
def test_a_series(blog: Blog, series: list[Edit]) -> None:
    check(blog, 1)
    for edit in series:
        edit(blog)
        assert check(blog, 1) is not None
