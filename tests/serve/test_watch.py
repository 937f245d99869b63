"""A system that refuses to watch is looked at again and again."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from generator.serve import watch


def test_where_there_are_no_more_watches_folders_are_looked_through(
    root: Path, run_server, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_watch = watch.awatch

    def refuse(*folders: Path, force_polling: bool | None, **more: Any) -> AsyncIterator[Any]:
        if not force_polling:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return really_watch(*folders, force_polling=True, **more)

    monkeypatch.setattr(watch, "awatch", refuse)
    with run_server(root) as server:
        (root / "content/new.md").write_text("+++\n+++\nnew")
        server.wait_until(lambda: server.rebuilt)
        assert any("does not report changes" in said for said in server.said)


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
    changes = watch.watch(watch.Watched(root=root), since_ns=2**63, longest_ms=1000, say=said.append)
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

    original = watch.awatch
    monkeypatch.setattr(watch, "awatch", awatch)
    monkeypatch.setattr(watch, "_TRY_AGAIN_S", 0.01)
    said: list[str] = []

    async def run() -> None:
        await asyncio.wait_for(follow(tmp_path, said), 30)

    asyncio.run(run())
    assert len(said) == len(refusals)
    assert said[0].startswith("The system does not report changes (no more)")
