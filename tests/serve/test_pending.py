"""What a build left pending: made when it is asked for or when nothing else is to do, and told when it cannot be."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator.serve.changes import find_changed
from generator.serve.snapshot import PendingEntry, Snapshot, UnmadeError
from generator.serve.store import Failure, Store


class Late(PendingEntry):
    """A file that a function makes."""

    def __init__(self, make: Callable[[], bytes]) -> None:
        self.seen = None
        self._make = make

    def make(self) -> bytes:
        return self._make()


def unmade() -> bytes:
    raise UnmadeError("page.html is broken", "page.html is broken")


def late(path: str) -> bytes | None:
    return b"late image" if path == "late.png" else None


def pending(**entries: PendingEntry | bytes) -> Snapshot:
    return Snapshot.of({f"{name}.html": entry for name, entry in entries.items()}, find_late=late)


def test_pending_pages_are_made_when_they_are_asked_for(root: Path, run_server) -> None:
    made: list[str] = []

    def rebuild(_causes: frozenset[Path]) -> Snapshot:
        return pending(a=Late(lambda: made.append("a") or b"page a"), b=Late(lambda: b"page b"))

    with run_server(root, rebuild=rebuild) as server:
        server.write("templates/page.html", "new")
        server.wait_until(lambda: b"page a" in server.ask("/a.html").body)
        assert b"page a" in server.ask("/a.html").body
        assert made == ["a"]
        assert server.ask("/late.png").body == b"late image"
        assert server.ask("/none.png").status == 404


def test_who_asks_for_what_is_there_does_not_wait_for_what_is_being_made(root: Path, run_server) -> None:
    going_on, may_end = threading.Event(), threading.Event()

    def make() -> bytes:
        going_on.set()
        assert may_end.wait(60)
        return b"page b"

    slow = pending(index=b"there", b=Late(make), a=Late(lambda: b"page a"))
    with run_server(root, rebuild=lambda _causes: slow) as server, ThreadPoolExecutor() as threads:
        server.write("templates/page.html", "new")
        server.wait_until(lambda: b"there" in server.ask("/").body)
        asked = threads.submit(server.ask, "/b.html")
        assert going_on.wait(60)
        assert b"there" in server.ask("/").body
        assert b"page a" in server.ask("/a.html").body
        may_end.set()
        assert b"page b" in asked.result().body


def test_a_page_that_cannot_be_made_shows_the_last_good_one(root: Path, run_server) -> None:
    def make_next() -> bool:
        time.sleep(0.01)  # somebody is at work on something else
        return True

    broken = pending(index=Late(unmade), new=Late(unmade))
    with run_server(root, rebuild=lambda _causes: broken, make_next=make_next) as server:
        server.write("templates/page.html", "broken")
        server.wait_until(lambda: b"page.html is broken" in server.ask("/index.html").body)
        answer = server.ask("/index.html")
        assert answer.status == 200
        assert b"<h1>home</h1>" in answer.body
        assert server.ask("/new.html").status == 500


def test_what_fails_in_the_background_is_shown_over_the_last_whole_site(root: Path, run_server) -> None:
    left: list[Failure] = []

    def rebuild(_causes: frozenset[Path]) -> Snapshot:
        left.append(Failure(text="tag.html is broken", coloured="tag.html is broken"))
        return pending(index=b"half")

    with run_server(root, rebuild=rebuild, make_next=lambda: left.pop() if left else False) as server:
        server.write("templates/page.html", "broken")
        server.wait_until(lambda: b"tag.html is broken" in server.ask("/").body)
        assert b"<h1>home</h1>" in server.ask("/").body
        assert "tag.html is broken" in server.said


def test_nobody_is_told_of_what_nobody_has_seen() -> None:
    old = Late(lambda: b"1")
    before, after = pending(a=old, b=b"x"), pending(a=Late(lambda: b"2"), b=Late(lambda: b"x"))
    assert find_changed(before, after) == {"b.html"}
    old.read()
    assert find_changed(before, after) == {"a.html", "b.html"}
    assert find_changed(before, pending(a=b"1", b=b"x")) == set()


def test_what_no_notice_told_of_is_found_after_the_rebuild(root: Path, run_server) -> None:
    missed: list[Snapshot] = []

    def rebuild(_causes: frozenset[Path]) -> Snapshot:
        missed.append(pending(index=b"missed"))
        return pending(index=b"told")

    with run_server(root, rebuild=rebuild, recheck=lambda: missed.pop() if missed else None) as server:
        server.write("templates/page.html", "new")
        server.wait_until(lambda: b"missed" in server.ask("/index.html").body)
        server.wait_until(lambda: any(rebuilt.causes == {root} for rebuilt in server.rebuilt))
        assert not any(rebuilt.state.failure for rebuilt in server.rebuilt)


def test_a_look_that_finds_nothing_new_leaves_the_last_news_as_they_are() -> None:
    store = Store(pending(index=b"1"))
    told = store.update(pending(index=b"2"))
    assert store.update(pending(index=b"2")).changed == frozenset()
    assert store.state.version == told.version
    assert store.state.changed == {"index.html"}


def test_what_is_open_in_a_browser_is_made_so_that_its_changes_are_known() -> None:
    def page(mark: str) -> bytes:
        return f'<link href="/s.css?h={mark}">'.encode()

    store = Store(Snapshot.of({name: page("0a") for name in ("a.html", "b.html", "404.html")} | {"s.css": b"1"}))
    pages = {name: Late(lambda: page("1b")) for name in ("a.html", "b.html", "404.html")}
    with store.opened("a.html"), store.opened("none.html"):
        state = store.update(Snapshot.of({**pages, "s.css": b"2"}, find_late=late))
    assert state.changed == {"a.html", "b.html", "404.html", "s.css"}
    assert state.restyled == {"a.html", "404.html"}
    assert pages["b.html"].seen is None
    # Who has gone is not waited for, and who waits is not let down.
    with store.opened("b.html"):
        state = store.update(pending(a=Late(unmade), b=Late(unmade)))
    assert state.failure is None
