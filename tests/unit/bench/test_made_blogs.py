"""The bench's blogs: the same every time, the same texts for every generator, right in their particles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.builds.blogs import FLAVOUR, write_blog
from bench.builds.posts import Word, make_posts
from generator.model.options import BuildOptions
from generator.pipeline import build_site


def read_all(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("flavour", FLAVOUR)
def test_a_blog_is_the_same_every_time(tmp_path: Path, flavour: str) -> None:
    write_blog(tmp_path / "one", flavour, 3, False)
    write_blog(tmp_path / "two", flavour, 3, False)
    assert read_all(tmp_path / "one") == read_all(tmp_path / "two")
    assert len([path for path in read_all(tmp_path / "one") if "note-" in path]) == 3


def test_every_generator_gets_the_same_texts() -> None:
    (post,) = make_posts(1, seed=3)
    bodies = {post.write_body(way.link).replace(way.link(0), "LINK") for way in FLAVOUR.values()}
    assert len(bodies) == 1


def test_a_body_is_the_same_when_it_is_asked_for_again() -> None:
    (post,) = make_posts(1, seed=3)
    assert post.write_body(str) == post.write_body(str)


def test_another_seed_makes_another_blog() -> None:
    assert [post.title for post in make_posts(5, seed=1)] != [post.title for post in make_posts(5, seed=2)]


def test_links_lead_to_posts_of_the_blog() -> None:
    posts = list(make_posts(4, seed=3))
    links = {link for post in posts for link in re.findall(r"\(to-(\d+)\)", post.write_body(lambda n: f"to-{n}"))}
    assert links
    assert links <= {str(post.number) for post in posts}


def test_a_dense_post_has_forty_tags_more() -> None:
    (plain,), (dense,) = make_posts(1, seed=3), make_posts(1, seed=3, dense=True)
    assert len(set(dense.tags)) == len(plain.tags) + 40
    assert dense.title.split()[-1] == plain.title.split()[-1] == "0"


@pytest.mark.parametrize(
    ("word", "particles", "text"),
    [
        ("달력", "은는", "달력은"),
        ("지도", "은는", "지도는"),
        ("서랍", "과와", "서랍과"),
        ("열쇠", "을를", "열쇠를"),
        ("열쇠", "", "열쇠"),
    ],
)
def test_particles_follow_the_last_sound(word: str, particles: str, text: str) -> None:
    assert f"{Word(word):{particles}}" == text


def test_the_blog_builds(tmp_path: Path) -> None:
    write_blog(tmp_path / "blog", "zola", 3, True)
    output = build_site(BuildOptions(root=tmp_path / "blog", jobs=1))
    assert {"index.html", "notes/note-000002/index.html", "tags/index.html", "atom.xml"} <= output.files.keys()
    assert not output.report.warnings
