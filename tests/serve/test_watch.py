"""A system that refuses to watch is looked at again and again."""

from __future__ import annotations

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
