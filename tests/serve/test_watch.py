"""A system that refuses to watch is looked at again and again."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anyio
import pytest

from generator.serve import watch


def refuse(*_folders: Path, **_options: Any) -> AsyncIterator[Any]:
    """Watch nothing, as a system that has no more watches."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_where_there_are_no_more_watches_folders_are_looked_through(
    root: Path, run_server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "awatch", refuse)
    with run_server(root) as server:
        server.write("content/new.md", "+++\n+++\nnew")
        server.wait_until(lambda: server.ask("/new.md").body.endswith(b"new"))
        server.write("content/new.md", "+++\n+++\nold")
        server.wait_until(lambda: server.ask("/new.md").body.endswith(b"old"))
        server.write("more/new.md", "in a new folder")
        server.wait_until(lambda: any(root / "more" in each.causes for each in server.rebuilt))
        server.write("more/new.md", "which is looked through too")
        server.wait_until(lambda: any(root / "more/new.md" in each.causes for each in server.rebuilt))
        (root / "content/new.md").unlink()
        server.wait_until(lambda: server.ask("/new.md").status == 404)
    assert [said for said in server.said if "does not report changes" in said] == server.said


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


def test_system_that_refuses_later_is_looked_at_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "content").mkdir()
    refused: list[tuple[Path, ...]] = []

    async def awatch(*folders: Path, **options: Any) -> AsyncIterator[Any]:
        if len(refused) >= 2:
            refuse()
        refused.append(folders)
        async with anyio.create_task_group():
            await anyio.sleep(0)
            refuse()
        yield

    monkeypatch.setattr(watch, "awatch", awatch)
    said: list[str] = []

    async def run() -> None:
        await asyncio.wait_for(follow(tmp_path, said), 30)

    asyncio.run(run())
    assert len(refused) == 2
    assert len(said) == 1
    assert said[0].startswith("The system does not report changes ([Errno 28] No space left")
