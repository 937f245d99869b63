"""`.hanji/` brought to a fresh clone, as CI does: what was made there is made no more, and the bytes are the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from laws.living_blog import Blog

Copy = Callable[[str, str], object]


@pytest.fixture
def clone(blog: Blog, tmp_path: Path) -> Callable[..., Blog]:
    """Makes a clone of the published blog, which has new times, with what a cache holds of it."""
    blog.publish()

    def make(cached: tuple[str, ...], copy: Copy) -> Blog:
        place = tmp_path / "다른 곳" / "clone"
        ignore = shutil.ignore_patterns(".hanji", "public")
        shutil.copytree(blog.root, place, ignore=ignore, copy_function=shutil.copyfile)
        for name in cached:
            shutil.copytree(blog.root / name, place / name, copy_function=copy)
        return Blog(place, begin=False)

    return make


@pytest.mark.parametrize("cached", [(".hanji",), (".hanji", "public")])
@pytest.mark.parametrize("copy", [shutil.copy2, shutil.copyfile])
def test_nothing_is_made_again(clone, cached: tuple[str, ...], copy: Copy) -> None:
    blog = clone(cached, copy)
    assert blog.publish().timings() == ()
    assert blog.published() == blog.cold()
    assert blog.publish().timings() == ()


@pytest.mark.parametrize("cached", [(".hanji",), (".hanji", "public")])
def test_an_edit_makes_what_it_changes(clone, cached: tuple[str, ...]) -> None:
    blog = clone(cached, shutil.copy2)
    text = (blog.root / "content/posts/a.md").read_text(encoding="utf-8")
    blog.write("content/posts/a.md", f"{text}\n더.\n")
    made = {timing.name for timing in blog.publish().timings()}
    assert made == {"content/posts/a.md", "posts/a/index.html"}
    assert blog.published() == blog.cold()


def test_a_cache_of_the_output_alone_is_of_no_harm(clone) -> None:
    blog = clone(("public",), shutil.copy2)
    assert blog.publish().timings()
    assert blog.published() == blog.cold()
