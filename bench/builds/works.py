"""What is measured: first builds, builds after an edit or none, many terms, the server, and the libraries' floor."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.builds.blogs import Blogs
from bench.builds.generators import Generator
from bench.builds.machine import ROOT
from bench.builds.measure import Sample, count_touched, run_measured, stamp_files
from bench.builds.results import Series
from bench.builds.serving import Save, measure_saves, measure_start

HUGE = 10_000
"""Beyond this many posts there is one round, watched for memory at once: a second one would take too long."""
ROUNDS = {2_000: 5, HUGE: 3}
DENSE_ROUNDS = {1_000: 3}
"""Of blogs with many terms there are fewer: Hugo takes minutes for 2,000 posts."""
DENSE_PEERS = ("hugo", "zola")
FLOOR = "markdown-it-py, Pygments"
WARM_UP_POSTS = 20
TAG_LINK = re.compile(rb'href="?(?:https?://[^/"]+)?(/tags/[^/"]+/)')
TITLE = re.compile(r'(?m)^title = "[^"\n]*')


@dataclass(frozen=True, kw_only=True)
class Session:
    """One run of the benchmark: who takes part, where, and who is told what was measured."""

    blogs: Blogs
    folder: Path
    own: Generator
    peers: Sequence[Generator]
    rounds: int | None
    record: Callable[[Series, Sample], None]

    def blog(self, generator: Generator, posts: int, *, dense: bool = False) -> Path:
        """Return the generator's blog of so many posts; it is made where it is not there."""
        folder = self.folder / f"{self.blogs.name}-{generator.name}-{posts}{'-dense' if dense else ''}"
        if not folder.exists():
            self.blogs.make(folder, generator.flavour, posts, dense)
        return folder

    def rounds_of(self, posts: int) -> int:
        return self._rounds_of(posts, ROUNDS)

    def dense_rounds_of(self, posts: int) -> int:
        return self._rounds_of(posts, DENSE_ROUNDS)

    def _rounds_of(self, posts: int, usual: Mapping[int, int]) -> int:
        return self.rounds or next((rounds for most, rounds in usual.items() if posts <= most), 1)

    def clean(self, generator: Generator, blog: Path) -> None:
        """Put away what builds left: the next one is a first one."""
        generator.clean(blog, self.leavings)

    @property
    def leavings(self) -> Path:
        return self.folder / "leavings"

    def remove_leavings(self) -> None:
        """Remove all that was put away; nothing may be measured right after it."""
        shutil.rmtree(self.leavings, ignore_errors=True)


def warm_up(session: Session) -> None:
    """Build a small blog with each, so that no figure holds the first reading of a program from the disk."""
    for generator in (session.own, *session.peers):
        _build(generator, session.blog(generator, WARM_UP_POSTS))


def measure_cold(session: Session, posts: int) -> None:
    """Time first builds of all generators by turns, and watch their memory in a round of its own."""
    contestants = [session.own, *(peer for peer in session.peers if posts <= peer.largest)]
    blogs = {generator.name: session.blog(generator, posts) for generator in contestants}
    for _ in range(session.rounds_of(posts)):
        for generator in contestants:
            sample = _build_anew(session, generator, blogs[generator.name], memory=posts > HUGE)
            session.record(Series("cold", posts, generator.name), sample)
            if posts > HUGE:
                session.record(Series("memory", posts, generator.name), sample)
    if posts <= HUGE:
        for generator in contestants:
            sample = _build_anew(session, generator, blogs[generator.name], memory=True)
            session.record(Series("memory", posts, generator.name), sample)


def measure_dense(session: Session, posts: int) -> None:
    """Time first builds of blogs with 40 terms a post."""
    contestants = [session.own, *(peer for peer in session.peers if peer.name in DENSE_PEERS)]
    blogs = {generator.name: session.blog(generator, posts, dense=True) for generator in contestants}
    for _ in range(session.dense_rounds_of(posts)):
        for generator in contestants:
            sample = _build_anew(session, generator, blogs[generator.name])
            session.record(Series("dense", posts, generator.name), sample)


def measure_edits(session: Session, posts: int) -> None:
    """Time builds after a body is edited, after a title is, and after nothing."""
    own, blog = session.own, session.blog(session.own, posts)
    number = posts // 2
    source, page = (
        blog / session.blogs.source(number),
        blog / own.output / session.blogs.address(number)[1:] / "index.html",
    )
    original = source.read_text(encoding="utf-8")
    session.clean(own, blog)
    _build(own, blog)
    for turn in range(session.rounds_of(posts)):
        for work, edit in (("body", edit_body), ("title", edit_title)):
            mark = f"edit-{work}-{turn}"
            source.write_text(edit(source.read_text(encoding="utf-8"), mark), encoding="utf-8")
            session.record(Series(work, posts), _build(own, blog))
            if mark not in page.read_text(encoding="utf-8"):
                raise RuntimeError(f"{page} is stale after an edit of the {work}")
        before = stamp_files(blog / own.output)
        sample = _build(own, blog)
        touched = count_touched(before, stamp_files(blog / own.output))
        session.record(Series("nothing", posts), replace(sample, touched=touched))
    source.write_text(original, encoding="utf-8")


def edit_body(text: str, mark: str) -> str:
    return f"{text}\n{mark}\n"


def edit_title(text: str, mark: str) -> str:
    return TITLE.sub(lambda title: f"{title[0]} {mark}", text, count=1)


def edit_template(text: str, mark: str) -> str:
    return text.replace("{% block title %}", f"{{% block title %}}{mark} ", 1)


def measure_serve(session: Session, posts: int) -> None:
    """Time starts of the server with what the last one left, and saves to the new page."""
    blog, blogs, newest = session.blog(session.own, posts), session.blogs, posts - 1
    source, address = blogs.source(posts // 2), blogs.address(posts // 2)
    saves = {
        "serve-save": Save(source=source, edit=edit_body, address=address),
        "serve-title-index": Save(source=blogs.source(newest), edit=edit_title, address="/"),
        "serve-title-tag": Save(
            source=blogs.source(newest), edit=edit_title, address=blogs.address(newest), link=TAG_LINK
        ),
        "serve-template": Save(source="templates/page.html", edit=edit_template, address=address),
    }
    measure_start(session.own, blog, address)
    for _ in range(session.rounds_of(posts)):
        session.record(Series("serve-start", posts), measure_start(session.own, blog, address))
    for work, save in saves.items():
        for sample in measure_saves(session.own, blog, save, session.rounds_of(posts) + 2):
            session.record(Series(work, posts), sample)


def measure_floor(session: Session, posts: int) -> None:
    """Time the libraries alone on the posts' texts, by turns with first builds."""
    blog = session.blog(session.own, posts)
    command = [sys.executable, "-m", "bench.builds.floor", str(blog / "content")]
    for _ in range(session.rounds_of(posts)):
        session.record(Series("floor", posts, FLOOR), run_measured(command, ROOT))
        session.record(Series("floor", posts), _build_anew(session, session.own, blog))


def _build_anew(session: Session, generator: Generator, blog: Path, *, memory: bool = False) -> Sample:
    session.clean(generator, blog)
    return _build(generator, blog, memory=memory)


def _build(generator: Generator, blog: Path, *, memory: bool = False) -> Sample:
    command = [*generator.command, *generator.build]
    sample = run_measured(command, blog, environment=generator.environment, memory=memory)
    return replace(sample, files=sum(path.is_file() for path in (blog / generator.output).rglob("*")))


WORKS: Mapping[str, Callable[[Session, int], None]] = {
    "cold": measure_cold,
    "edit": measure_edits,
    "dense": measure_dense,
    "serve": measure_serve,
    "floor": measure_floor,
}
