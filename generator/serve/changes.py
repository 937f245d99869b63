"""Two snapshots in, the paths at which they differ out, and which of those a page need not be reloaded for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import compress
from operator import is_not
from typing import TypeVar
from urllib.parse import quote

from generator.serve.snapshot import Entry, PendingEntry, Snapshot

_HEX = b"0123456789abcdefABCDEF"
# Enough for each sheet of a site; a site that changes more of them at once is better reloaded.
_MOST_SHEETS = 20


KeyT = TypeVar("KeyT")


def find_replaced(before: Mapping[KeyT, object], after: Mapping[KeyT, object]) -> Iterator[KeyT]:
    """Yield the keys of `after` at which `before` has not the very same value: of many, an edit leaves most."""
    return compress(after, map(is_not, after.values(), map(before.get, after)))


def find_changed(old: Snapshot, new: Snapshot) -> frozenset[str]:
    """Return the paths at which two snapshots differ, what came and what went among them."""
    before, after = old.entries, new.entries
    replaced = find_replaced(before, after)
    changed = {path for path in replaced if path not in before or _is_news(before[path], after[path])}
    if old.badges != new.badges:
        both = old.badges.keys() | new.badges.keys()
        changed |= {path for path in both if old.badges.get(path) != new.badges.get(path)}
    return frozenset(changed | (before.keys() - after.keys()))


def _is_news(old: Entry, new: Entry) -> bool:
    """Tell whether who has seen the old entry, if anybody has, is to see the new one."""
    seen = _find_made(old)
    return seen is not None and seen != _find_made(new)


def _find_made(entry: Entry | None) -> Entry | None:
    """Return an entry as it has been made; None where it has not yet."""
    return entry.seen if isinstance(entry, PendingEntry) else entry


def find_restyled(old: Snapshot, new: Snapshot, changed: Iterable[str]) -> frozenset[str]:
    """Return those of the changed pages in which only the hash behind a changed style sheet (`?h=…`) is another."""
    names = {path.rpartition("/")[2] for path in changed if path.endswith(".css")}
    if not names or len(names) > _MOST_SHEETS:
        return frozenset()
    addresses = [f"{quote(name)}?h=".encode() for name in sorted(names)]
    pages = (path for path in changed if path.endswith(".html") and old.badges.get(path) == new.badges.get(path))
    return frozenset(
        path
        for path in pages
        if _differ_in_hashes(_find_made(old.entries.get(path)), _find_made(new.entries.get(path)), addresses)
    )


def _differ_in_hashes(old: Entry | None, new: Entry | None, addresses: list[bytes]) -> bool:
    # Hashes are all of one length, so that most pages that differ in more are told apart here.
    if not isinstance(old, bytes) or not isinstance(new, bytes) or len(old) != len(new):
        return False
    return _without_hashes([old], addresses) == _without_hashes([new], addresses)


def _without_hashes(parts: list[bytes], addresses: list[bytes]) -> list[bytes]:
    for address in addresses:
        parts = [piece for part in parts for piece in _split(part, address)]
    return parts


def _split(page: bytes, address: bytes) -> list[bytes]:
    first, *others = page.split(address)
    return [first, *(other.lstrip(_HEX) for other in others)]
