"""What the server serves now, and the wait for what comes next; knows nothing of requests or of builds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from generator.serve.snapshot import Snapshot, find_changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A build that did not work. text: what is wrong, for the site's author, plain."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is served. version: counts builds, good and bad. changed: paths that differ from the version before.

    failure: the last build's, if it failed; the snapshot is then the last good one.
    """

    version: int
    snapshot: Snapshot
    changed: frozenset[str] = frozenset()
    failure: Failure | None = None


class Store:
    """Holds the state, and wakes who waits for a newer one. Belongs to one event loop."""

    def __init__(self, first: Snapshot) -> None:
        self.state = State(version=1, snapshot=first)
        self._newer = asyncio.Event()

    def update(self, outcome: Snapshot | Failure) -> State:
        """Go over to what the latest build gave, and return it; a build that changes nothing wakes nobody."""
        now = self.state
        if isinstance(outcome, Failure):
            state = State(version=now.version + 1, snapshot=now.snapshot, failure=outcome)
        else:
            changed = find_changed(now.snapshot, outcome)
            if not changed and now.failure is None:
                return replace(now, changed=changed)
            state = State(version=now.version + 1, snapshot=outcome, changed=changed)
        self.state = state
        self._newer.set()
        self._newer = asyncio.Event()
        return state

    async def wait_newer(self, version: int) -> State:
        """Return the state as soon as it is another than that version."""
        while self.state.version == version:
            await self._newer.wait()
        return self.state
