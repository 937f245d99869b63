"""One state of a blog in, whether all ways to build it make the same out."""

from __future__ import annotations

from collections.abc import Callable

from laws.living_blog import Blog, Files

from generator.errors import SiteError


def check(blog: Blog, jobs: int) -> Files | None:
    """Compare the builds of the blog as it is now; return what they made, None when it cannot be built."""
    cold, before = outcome(blog.cold), blog.published()
    assert_same(outcome(lambda: blog.warm(jobs)), cold)
    assert_same(outcome(lambda: blog.previewed(jobs)), cold)
    late = outcome(lambda: blog.previewed_late(jobs))
    if not isinstance(late, str) and not isinstance(cold, str):
        assert_same(late, {path: cold[path] for path in late})
    if isinstance(cold, str):
        assert blog.published() == before
        return None
    return cold


def outcome(build: Callable[[], Files]) -> Files | str:
    """Return what a build made, or what it said was wrong."""
    try:
        return build()
    except SiteError as error:
        return str(error)


def assert_same(found: Files | str, wanted: Files | str) -> None:
    """Tell which files differ, and not all that all of them hold."""
    if isinstance(found, str) or isinstance(wanted, str):
        assert found == wanted
        return
    assert found.keys() == wanted.keys()
    different = [path for path in wanted if found[path] != wanted[path]]
    assert [found[path] for path in different[:1]] == [wanted[path] for path in different[:1]], different
