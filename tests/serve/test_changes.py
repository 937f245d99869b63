"""Two snapshots: where they differ, and which pages only link their style sheets by other hashes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.serve.changes import find_changed, find_restyled
from generator.serve.snapshot import Badge, Snapshot

PAGE = '<link href="/css/{name}?h={hash}" integrity><p>{text}</p>'


def snapshot(**values: str) -> Snapshot:
    page = PAGE.format(**{"name": "site.css", "hash": "0a" * 10, "text": "text", **values})
    style = f"order: {values.get('hash')}".encode()
    return Snapshot.of({"a/index.html": page.encode(), "css/site.css": style, "css/한글.css": style, "x.js": b"x"})


def test_what_comes_goes_or_differs_has_changed() -> None:
    old = Snapshot.of({"same": b"1", "gone": b"1", "other": b"1"})
    assert find_changed(old, Snapshot.of({"same": b"1", "new": b"1", "other": b"2"})) == {"gone", "new", "other"}


def test_page_whose_badge_changes_has_changed() -> None:
    files = {"a/index.html": b"a", "b/index.html": b"b"}
    later = Badge(date=datetime(9999, 1, 1, tzinfo=UTC))
    old = Snapshot.of(files, {"a/index.html": Badge(draft=True), "b/index.html": later})
    new = Snapshot.of(files, {"b/index.html": later})
    assert find_changed(old, new) == {"a/index.html"}
    assert find_restyled(old, new, {"a/index.html", "x.css"}) == frozenset()


@pytest.mark.parametrize("name", ["site.css", "%ED%95%9C%EA%B8%80.css"])
def test_page_with_another_hash_of_a_changed_sheet_is_restyled(name: str) -> None:
    old, new = snapshot(name=name), snapshot(name=name, hash="1b" * 10)
    changed = find_changed(old, new)
    assert changed == {"a/index.html", "css/site.css", "css/한글.css"}
    assert find_restyled(old, new, changed) == {"a/index.html"}


@pytest.mark.parametrize(
    "values", [{"text": "tex2"}, {"text": "text and more"}, {"name": "none.css"}, {"name": "x.js"}]
)
def test_page_that_differs_in_more_is_not(values: dict[str, str]) -> None:
    old, new = snapshot(name=values.get("name", "site.css")), snapshot(hash="1b" * 10, **values)
    changed = find_changed(old, new)
    assert "a/index.html" in changed
    assert find_restyled(old, new, changed) == frozenset()


def test_page_is_not_restyled_by_a_sheet_that_stays() -> None:
    old, new = snapshot(), snapshot(hash="1b" * 10)
    assert find_restyled(old, new, {"a/index.html", "css/other.css"}) == frozenset()
