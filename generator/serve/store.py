"""What the server serves now, and the wait for what comes next; knows nothing of requests or of builds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from generator.serve.changes import find_changed, find_restyled
from generator.serve.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A build that did not work. text: what is wrong, for the site's author. coloured: the same for a terminal."""

    text: str
    coloured: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
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
    """Holds the state, and wakes who waits for a newer one. Belongs to one event loop."""

    def __init__(self, first: Snapshot) -> None:
        self.state = State(version=1, snapshot=first)
        self._newer = asyncio.Event()

    def following(self, outcome: Snapshot | Failure) -> State:
        """Return the state after what the latest build gave; any thread may ask."""
        now = self.state
        if isinstance(outcome, Failure):
            return State(version=now.version + 1, snapshot=now.snapshot, failure=outcome)
        changed = find_changed(now.snapshot, outcome)
        if not changed and now.failure is None:
            return replace(now, changed=changed, restyled=frozenset())
        return State(
            version=now.version + 1,
            snapshot=outcome,
            changed=changed,
            restyled=find_restyled(now.snapshot, outcome, changed),
        )

    def update(self, state: State) -> None:
        """Go over to that state; one of the same version, in which nothing is new, wakes nobody."""
        if state.version == self.state.version:
            return
        self.state = state
        self._newer.set()
        self._newer = asyncio.Event()

    async def wait_newer(self, version: int) -> State:
        """Return the state as soon as it is another than that version."""
        while self.state.version == version:
            await self._newer.wait()
        return self.state
