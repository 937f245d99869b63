"""What is watched when the system refuses to tell of changes, or to be looked at."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from generator.serve import watch as room
from generator.serve.watch import Watched, watch


async def edit(file: Path) -> None:
    """Edit a file again and again."""
    while True:
        with file.open("a") as stream:
            stream.write("more ")
        await asyncio.sleep(0.05)


async def follow(root: Path, said: list[str]) -> None:
    """Watch a site until an edit is told of."""
    file = root / "content/a.md"
    editing = asyncio.ensure_future(edit(file))
    changes = watch(Watched(root=root), since_ns=2**63, longest_ms=1000, say=said.append)
    async for batch in changes:
        if file in batch:
            break
    editing.cancel()
    await changes.aclose()


@pytest.mark.parametrize("refusals", [(None,), (None, True)])
def test_system_that_refuses_is_looked_at_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: tuple[bool | None, ...]
) -> None:
    (tmp_path / "content").mkdir()
    calls: list[bool | None] = []

    async def awatch(*paths: Path, force_polling: bool | None, **options: object) -> AsyncIterator[set]:
        calls.append(force_polling)
        # The first watchers, those of the top and those below it, are refused.
        if force_polling in refusals and calls.count(force_polling) <= 2:
            raise OSError("no more")
        async for changes in original(*paths, force_polling=True, **options):
            yield changes

    original = room.awatch
    monkeypatch.setattr(room, "awatch", awatch)
    monkeypatch.setattr(room, "_TRY_AGAIN_S", 0.01)
    said: list[str] = []

    async def run() -> None:
        await asyncio.wait_for(follow(tmp_path, said), 30)

    asyncio.run(run())
    assert len(said) == len(refusals)
    assert said[0].startswith("The system does not report changes (no more)")
