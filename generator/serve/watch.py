"""Folders in, batches of changed paths out; a batch is a hint that something is new, not a record of what happened."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from stat import S_ISDIR

from msgspec import Struct, field
from watchfiles import Change, awatch

# How often the system's notices are fetched; a save is told when one such look finds nothing more.
_LOOK_MS = 4
# More paths than a save changes come from a checkout, or a copied folder: those end after that much quiet.
_SAVE_PATHS = 4
_CALM_S = 0.05
# How often it is looked whether the site's own folder is where it was.
_PLACE_S = 0.5
# How often folders are looked through where the system does not report changes; ten times what one look takes, if that
# is longer.
_LOOK_THROUGH_S = 0.5
_LOOK_SHARE = 10
# What editors and file managers leave for a moment, or beside the file.
_PASSING = re.compile(r"\..*\.sw\w+|.*~|\.#.*|#.*#|4913|\.DS_Store|.*___jb_(tmp|old)___|\.goutputstream-.*", re.DOTALL)
# Files are stamped by a clock that moves in ticks, of 16 ms at most: what is written now can bear an earlier time.
_TICK_NS = 16_000_000
_UNWATCHED = frozenset({"node_modules", "__pycache__", "target", "venv"})


class Watched(Struct, frozen=True, kw_only=True):
    """What a site is made of. root: its folder. outputs: folders that builds write, left out. more: watched besides.

    Every folder of the root counts, as templates may read data from any, but for hidden ones and those that tools of
    other trades fill.
    """

    root: Path
    outputs: tuple[Path, ...] = ()
    more: tuple[Path, ...] = ()

    def find_folders(self) -> tuple[Path, ...]:
        """Return the folders to watch with all that is in them, as they are now."""
        try:
            inside = [Path(entry) for entry in os.scandir(self.root) if entry.is_dir() and self._is_source(Path(entry))]
        except OSError:
            inside = []
        return (*sorted(inside), *(path for path in self.more if path.is_dir()))

    def find_tops(self) -> tuple[Path, ...]:
        """Return the folders to watch for what is in them alone: a file that is saved by renaming is another file."""
        return (self.root, *(path.parent for path in self.more if not path.is_dir()))

    def is_change(self, path: Path) -> bool:
        """Tell whether a change of that path can change the site."""
        if _PASSING.fullmatch(path.name) or any(path.is_relative_to(output) for output in self.outputs):
            return False
        if path.is_relative_to(self.root):
            return path.parent != self.root or self._is_source(path)
        return any(path.is_relative_to(more) for more in self.more)

    def _is_source(self, path: Path) -> bool:
        return not path.name.startswith(".") and path.name not in _UNWATCHED and path not in self.outputs


async def watch(
    watched: Watched, *, since_ns: int, longest_ms: int, say: Callable[[str], None]
) -> AsyncIterator[frozenset[Path]]:
    """Yield what changed, batch by batch; first what is newer than `since_ns` (of the clock) already.

    A save is told at once, many changes when they come to rest. longest_ms: a batch ends after that time, however busy
    the folders are. say: is told when the system refuses to watch, and the folders are looked through again and again
    instead.
    """
    batches: asyncio.Queue[frozenset[Path]] = asyncio.Queue()
    watchers = _Watchers(_Source(watched=watched, longest_ms=longest_ms, say=say, batches=batches))
    await watchers.begin()
    if missed := frozenset(_find_newer(watched, since_ns)):
        batches.put_nowait(missed)
    try:
        while True:
            batch = await _gather(batches, longest_ms / 1000)
            if watchers.are_outdated(batch):
                await watchers.begin()
            yield batch
    finally:
        await watchers.end()


class _Watchers:
    """The tasks that watch a site's folders as they are now."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._folders: tuple[Path, ...] = ()
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self) -> None:
        """Watch what is there now, and no longer what was before."""
        for task in self._tasks:
            task.cancel()
        source, watched = self._source, self._source.watched
        above = (source.follow(watched.find_tops(), recursive=False), source.follow_place(watched.root))
        self._tasks = [asyncio.ensure_future(each) for each in above]
        await asyncio.sleep(0)
        # What comes or goes from here on is told from above, so that nothing falls between.
        self._folders = watched.find_folders()
        self._tasks.append(asyncio.ensure_future(source.follow(self._folders, recursive=True)))
        await asyncio.sleep(0)

    def are_outdated(self, batch: frozenset[Path]) -> bool:
        """Tell whether a folder that is watched came, went, or is another of the same name."""
        watched = self._source.watched
        return not batch.isdisjoint((*self._folders, watched.root)) or self._folders != watched.find_folders()

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _gather(batches: asyncio.Queue[frozenset[Path]], longest_s: float) -> frozenset[Path]:
    """Return a save as it comes, and of what is more than that all until it is calm."""
    batch = await batches.get()
    loop = asyncio.get_running_loop()
    end = loop.time() + longest_s
    while len(batch) > _SAVE_PATHS and (left := end - loop.time()) > 0:
        try:
            batch |= await asyncio.wait_for(batches.get(), min(_CALM_S, left))
        except TimeoutError:
            break
    return batch


class _Source(Struct, frozen=True, kw_only=True):
    """Turns the system's notices into batches."""

    watched: Watched
    longest_ms: int
    say: Callable[[str], None]
    batches: asyncio.Queue[frozenset[Path]]
    said: set[str] = field(default_factory=set)

    async def follow(self, folders: Iterable[Path], *, recursive: bool) -> None:
        there = [folder for folder in folders if folder.exists()]
        if not there:
            return
        try:
            await self._follow(there, recursive=recursive)
        except FileNotFoundError:
            # It went in this moment; the folder above tells of it.
            pass
        except (OSError, RuntimeError) as error:
            self._say_refused(error)
            await self._look_again_and_again(there, recursive=recursive)
        except ExceptionGroup as errors:
            # What came while it watched: what it has missed nobody knows, so all is built, and watched anew.
            self._say_refused(errors.exceptions[0])
            self.batches.put_nowait(frozenset((self.watched.root,)))

    async def _look_again_and_again(self, folders: list[Path], *, recursive: bool) -> None:
        seen = _look_through(folders, recursive=recursive)
        wait_s = _LOOK_THROUGH_S
        while True:
            await asyncio.sleep(wait_s)
            started = time.perf_counter()
            now = await asyncio.to_thread(_look_through, folders, recursive=recursive)
            wait_s = max(_LOOK_THROUGH_S, _LOOK_SHARE * (time.perf_counter() - started))
            if batch := frozenset(path for path, _ in seen ^ now if self.watched.is_change(path)):
                self.batches.put_nowait(batch)
            seen = now

    def _say_refused(self, error: Exception) -> None:
        self._say_once(f"The system does not report changes ({error}); looking for them every half second instead")

    def _say_once(self, text: str) -> None:
        if text not in self.said:
            self.said.add(text)
            self.say(text)

    async def follow_place(self, root: Path) -> None:
        """Tell when the site's own folder goes or comes back: nothing above it is watched."""
        seen = _identify(root)
        while seen == (seen := _identify(root)):
            await asyncio.sleep(_PLACE_S)
        self.batches.put_nowait(frozenset((root,)))

    async def _follow(self, folders: list[Path], *, recursive: bool) -> None:
        async for changes in awatch(
            *folders,
            watch_filter=self._counts,
            debounce=self.longest_ms,
            step=_LOOK_MS,
            recursive=recursive,
            ignore_permission_denied=True,
        ):
            self.batches.put_nowait(frozenset(Path(path) for _, path in changes))

    def _counts(self, _change: Change, path: str) -> bool:
        return self.watched.is_change(Path(path))


def _identify(folder: Path) -> tuple[int, int] | None:
    try:
        state = os.stat(folder)
    except OSError:
        return None
    return state.st_dev, state.st_ino


def _find_newer(watched: Watched, since_ns: int) -> Iterator[Path]:
    """Yield what was changed after that time; a folder is changed when something in it comes or goes."""
    tops = _find_states(watched.find_tops(), recursive=False)
    for path, state in chain(tops, _find_states(watched.find_folders(), recursive=True)):
        if state.st_mtime_ns > since_ns - _TICK_NS and watched.is_change(path):
            yield path


def _look_through(folders: Iterable[Path], *, recursive: bool) -> frozenset[tuple[Path, tuple[int, ...]]]:
    """Return all paths with what tells one state from another; a folder stays the same, whatever is in it."""
    states = _find_states(folders, recursive=recursive)
    return frozenset(
        (path, (state.st_ino,) if S_ISDIR(state.st_mode) else (state.st_ino, state.st_mtime_ns, state.st_size))
        for path, state in states
    )


def _find_states(folders: Iterable[Path], *, recursive: bool) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield what is in folders; with `recursive` the folders too, and all below."""
    for path in chain.from_iterable(_walk(folder, recursive=recursive) for folder in folders):
        # It may have gone in this moment.
        with suppress(OSError):
            yield path, path.stat()


def _walk(top: Path, *, recursive: bool) -> Iterator[Path]:
    if recursive:
        yield top
    walked: set[tuple[int, int] | None] = set()
    for folder, folders, names in islice(os.walk(top, followlinks=True), None if recursive else 1):
        here = _identify(Path(folder))
        if here in walked:
            # A link has led back.
            folders.clear()
            continue
        walked.add(here)
        yield from (Path(folder, name) for name in (*folders, *names))
