"""Posts in, a blog's folder as one of the generators wants it out; `flavours/` holds its config and templates."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.builds.posts import MORE, Post, make_posts

FLAVOURS = Path(__file__).parent / "flavours"
SEED = 11


@dataclass(frozen=True, kw_only=True)
class Flavour:
    """How one generator writes a post down."""

    posts: str
    """The folder of the posts, in the blog."""
    front: Callable[[Post], str]
    link: Callable[[int], str]
    more: str = MORE


@dataclass(frozen=True, kw_only=True)
class Blogs:
    """A way to make blogs of any size, and where their posts are found."""

    name: str
    make: Callable[[Path, str, int, bool], None]
    """Fills a folder, for a flavour, with so many posts, dense or not."""
    section: str
    post: str
    """A post's slug, to be formatted with its number."""

    def source(self, number: int) -> str:
        return f"content/{self.section}/{self.post.format(number)}.md"

    def address(self, number: int) -> str:
        return f"/{self.section}/{self.post.format(number)}/"


def _quoted(terms: Sequence[str]) -> str:
    return ", ".join(f'"{term}"' for term in terms)


def _zola_front(post: Post) -> str:
    terms = f'[taxonomies]\ncategories = ["{post.category}"]\ntags = [{_quoted(post.tags)}]'
    return f'+++\ntitle = "{post.title}"\ndate = {post.day}\n{terms}\n+++\n'


def _hugo_front(post: Post) -> str:
    terms = f'categories = ["{post.category}"]\ntags = [{_quoted(post.tags)}]'
    return f'+++\ntitle = "{post.title}"\ndate = {post.day}\n{terms}\n+++\n'


def _pelican_front(post: Post) -> str:
    terms = f"Category: {post.category}\nTags: {', '.join(post.tags)}"
    return f"Title: {post.title}\nDate: {post.day}\nSlug: {post.slug}\n{terms}\n"


def _mkdocs_front(post: Post) -> str:
    return f"---\ntitle: {post.title}\ndate: {post.day}\n---\n"


FLAVOUR = {
    "zola": Flavour(posts="content/notes", front=_zola_front, link=lambda n: f"@/notes/note-{n:06d}.md"),
    "hugo": Flavour(
        posts="content/notes", front=_hugo_front, link=lambda n: f'{{{{< relref "/notes/note-{n:06d}.md" >}}}}'
    ),
    "pelican": Flavour(
        posts="content/notes", front=_pelican_front, link=lambda n: f"{{filename}}/notes/note-{n:06d}.md", more="[TOC]"
    ),
    "mkdocs": Flavour(posts="docs/notes", front=_mkdocs_front, link=lambda n: f"note-{n:06d}.md"),
}


def write_blog(folder: Path, flavour: str, count: int, dense: bool) -> None:
    """Write a blog of `count` posts into the new folder."""
    way = FLAVOUR[flavour]
    shutil.copytree(FLAVOURS / flavour, folder)
    (folder / way.posts).mkdir(parents=True, exist_ok=True)
    for post in make_posts(count, seed=SEED, dense=dense):
        body = post.write_body(way.link).replace(MORE, way.more)
        (folder / way.posts / f"{post.slug}.md").write_text(f"{way.front(post)}\n{body}", encoding="utf-8")


OWN = Blogs(name="own", make=write_blog, section="notes", post="note-{:06d}")


def blogs_of(script: Path) -> Blogs:
    """Return the blogs that a `make_site.py` writes."""

    def make(folder: Path, flavour: str, count: int, dense: bool) -> None:
        command = [sys.executable, str(script), str(folder), "--posts", str(count), "--flavour", flavour]
        subprocess.run([*command, *(["--dense"] if dense else [])], check=True)

    return Blogs(name=script.name, make=make, section="posts", post="post-{:06d}")
