"""What the server serves now, and the wait for what comes next; knows nothing of requests or of builds."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from generator.serve.changes import find_changed, find_restyled
from generator.serve.snapshot import Snapshot, read_made


class Failure(Struct, frozen=True, kw_only=True):
    """A build that did not work. text: what is wrong, for the site's author. coloured: the same for a terminal."""

    text: str
    coloured: str = ""


class State(Struct, frozen=True, kw_only=True):
    """What is served. version: counts builds, good and bad. changed: paths that differ from the version before.

    restyled: those of them in which only the address of a style sheet is another. failure: the last build's, if it
    failed; the snapshot is then the last good one.
    """

    version: int
    snapshot: Snapshot
    changed: frozenset[str] = frozenset()
    restyled: frozenset[str] = frozenset()
    failure: Failure | None = None


class Store:
    """Holds the state, and wakes who waits for a newer one.

    One thread updates it; an event loop, perhaps in another, reads, waits and is woken.
    """

    def __init__(self, first: Snapshot) -> None:
        self.state = State(version=1, snapshot=first)
        # The last snapshot of which all is made.
        self.whole = first if first.is_whole else None
        self._newer = asyncio.Event()
        self._open: Counter[str] = Counter()

    @contextmanager
    def opened(self, name: str) -> Iterator[None]:
        """Know, for the time of a `with`, that the file at this path is open in a browser."""
        self._open[name] += 1
        try:
            yield
        finally:
            self._open -= Counter((name,))

    def update(self, outcome: Snapshot | Failure) -> State:
        """Go over to what the latest build gave, and return it; in one step, so that no request sees a half."""
        now = self.state
        if isinstance(outcome, Failure):
            state = State(version=now.version + 1, snapshot=now.snapshot, failure=outcome)
        else:
            # They would be asked for in a moment; so it is known whether anything of them has changed.
            for name in tuple(self._open):
                read_made(outcome.find_shown(name))
            changed = find_changed(now.snapshot, outcome)
            if not changed and now.failure is None:
                # Nobody need be told anything but the last news; what is pending is made as it is now.
                self.state = replace(now, snapshot=outcome)
                return replace(self.state, changed=changed, restyled=frozenset())
            restyled = find_restyled(now.snapshot, outcome, changed)
            state = State(version=now.version + 1, snapshot=outcome, changed=changed, restyled=restyled)
        self.state = state
        if not isinstance(outcome, Failure) and outcome.is_whole:
            self.whole = outcome
        return state

    def settle(self) -> None:
        """Know that all of the snapshot is made by now."""
        if self.state.failure is None:
            self.whole = self.state.snapshot

    def retract(self, failure: Failure) -> None:
        """Go back to the last whole snapshot, if there is one: a part of the one at hand could not be made."""
        now = self.state
        self.state = State(version=now.version + 1, snapshot=self.whole or now.snapshot, failure=failure)

    def wake(self) -> None:
        """Let who waits look at the state."""
        self._newer.set()
        self._newer = asyncio.Event()

    async def wait_newer(self, version: int) -> State:
        """Return the state as soon as it is another than that version."""
        while self.state.version == version:
            await self._newer.wait()
        return self.state
