"""The write stage: a built site in, the output folder brought to it, file by file, only where they differ."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import Location, SiteError
from generator.model.output import CopiedFile, OutputFile, SiteOutput, WriteReport

_TEMPORARY = ".hanji-new"


@dataclass(frozen=True, slots=True)
class _Existing:
    """What stands in the output folder: files with their state, and folders, by path below it."""

    files: dict[str, os.stat_result]
    folders: set[str]


def publish(output: SiteOutput, target: Path) -> WriteReport:
    """Make `target` hold the built site: write what differs, leave what is equal, remove the rest.

    Each file is replaced in one step. Raises: SiteError when the disk refuses; what was written by then stays.
    """
    try:
        os.makedirs(target, exist_ok=True)
        existing = _scan(target)
        wanted = {folder for path in output.files for folder in _folders_of(path)} | set(output.folders)
        removed = _make_room(target, existing, output, wanted)
        for folder in sorted(wanted - existing.folders):
            os.makedirs(target / folder, exist_ok=True)
        written = sum(_write(target, path, file, existing) for path, file in output.files.items())
        removed += _remove_stale(target, existing, output, wanted)
    except OSError as error:
        raise _disk_error(error, target) from error
    return WriteReport(written=written, kept=len(output.files) - written, removed=removed)


def _disk_error(error: OSError, target: Path) -> SiteError:
    place = Location(file=str(error.filename or target))
    return SiteError(f"The output could not be written: {error.strerror}", where=place)


def _folders_of(path: str) -> Iterator[str]:
    slash = path.find("/")
    while slash >= 0:
        yield path[:slash]
        slash = path.find("/", slash + 1)


def _scan(target: Path) -> _Existing:
    found = _Existing({}, set())
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(target / folder if folder else target) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir(follow_symlinks=False):
                    found.folders.add(path)
                    waiting.append(path)
                else:
                    found.files[path] = entry.stat(follow_symlinks=False)
    return found


def _make_room(target: Path, existing: _Existing, output: SiteOutput, wanted: set[str]) -> int:
    """Remove what stands where a folder, or a file, must go."""
    blocking = [path for path in wanted if path in existing.files]
    for path in blocking:
        os.unlink(target / path)
        del existing.files[path]
    removed = len(blocking)
    for path in [path for path in output.files if path in existing.folders]:
        shutil.rmtree(target / path)
        inside = [name for name in existing.files if name.startswith(f"{path}/")]
        for name in inside:
            del existing.files[name]
        gone = {name for name in existing.folders if name == path or name.startswith(f"{path}/")}
        existing.folders.difference_update(gone)
        removed += len(inside)
    return removed


def _remove_stale(target: Path, existing: _Existing, output: SiteOutput, wanted: set[str]) -> int:
    def kept(path: str) -> bool:
        return output.preserve_dotfiles and path.startswith(".")

    stale = [path for path in existing.files if path not in output.files and not kept(path)]
    for path in stale:
        os.unlink(target / path)
    for folder in sorted(existing.folders - wanted, reverse=True):
        if not kept(folder):
            os.rmdir(target / folder)
    return len(stale)


def _write(target: Path, path: str, file: OutputFile | CopiedFile, existing: _Existing) -> bool:
    """Write one file unless it is there already; return whether it was written."""
    there = existing.files.get(path)
    if isinstance(file, OutputFile):
        if there is not None and there.st_size == len(file.data) and _holds(target / path, there, file.data):
            return False
        _replace(target / path, file.data)
        return True
    source = os.stat(file.file)
    if there is not None and stat.S_ISREG(there.st_mode) and _same_state(there, source):
        return False
    _copy(file, target / path)
    return True


def _holds(path: Path, there: os.stat_result, data: bytes) -> bool:
    return stat.S_ISREG(there.st_mode) and path.read_bytes() == data


def _same_state(there: os.stat_result, source: os.stat_result) -> bool:
    return there.st_size == source.st_size and there.st_mtime_ns == source.st_mtime_ns


def _replace(path: Path, data: bytes) -> None:
    temporary = f"{path}{_TEMPORARY}"
    try:
        with open(temporary, "wb") as stream:
            stream.write(data)
        os.replace(temporary, path)
    except OSError:
        _discard(temporary)
        raise


def _copy(file: CopiedFile, path: Path) -> None:
    temporary = f"{path}{_TEMPORARY}"
    try:
        if file.hard_link:
            os.link(file.file, temporary)
        else:
            shutil.copyfile(file.file, temporary)
            shutil.copystat(file.file, temporary)
        os.replace(temporary, path)
        # Two names of one file: the rename did nothing and left the temporary name behind.
        _discard(temporary)
    except OSError:
        _discard(temporary)
        raise


def _discard(path: str) -> None:
    if os.path.lexists(path):
        os.unlink(path)
