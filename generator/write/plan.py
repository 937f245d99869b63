"""A built site and what stands in its output folder in, what is to be done out; nothing is done yet."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from generator.errors import Location, SiteError
from generator.files.reading import Roots
from generator.model.output import CopiedFile, KeptFile, OutputFile, ShelvedFile, SiteOutput
from generator.write.tree import Tree, is_regular, parents_of

WrittenFile = OutputFile | ShelvedFile | CopiedFile

FILE_MODE = 0o644
PROGRAM_MODE = 0o755
FOLDER_MODE = 0o755
# So much of two files is compared at once.
_PART = 1 << 20


class Plan(Struct, frozen=True, kw_only=True):
    """What brings a folder to the built site.

    written: files that are new or differ. kept: paths that stay as they are; the last `preserved` of them are not
    the site's. removed: paths of files that go. folders: all that are to be; same_folders: whether they are what there
    is already. roots: where files that are copied must lie.
    """

    written: tuple[WrittenFile, ...]
    kept: tuple[str, ...]
    preserved: int
    removed: tuple[str, ...]
    folders: frozenset[str]
    same_folders: bool
    roots: Roots | None

    @property
    def is_nothing(self) -> bool:
        """Tell whether all is as it should be."""
        return not self.written and not self.removed and self.same_folders

    @property
    def single(self) -> WrittenFile | None:
        """Return the one file to write, when that is all that there is to do."""
        return self.written[0] if len(self.written) == 1 and not self.removed and self.same_folders else None


def make_plan(output: SiteOutput, there: Tree) -> Plan:
    """Compare the built site with what stands there. Raises: OSError, SiteError for a kept file that is gone."""
    written: list[WrittenFile] = []
    kept: list[str] = []
    for path, file in output.files.items():
        entry = there.files.get(path)
        if isinstance(file, KeptFile):
            if entry is None:
                raise _lost(path)
            kept.append(path)
        elif entry is not None and _is_same(file, entry):
            kept.append(path)
        else:
            written.append(file)
    folders = {folder for path in output.files for folder in parents_of(path)} | set(output.folders)
    stays = _find_preserved(output, there) if output.preserve_dotfiles else _NONE
    wanted = folders | stays.folders
    return Plan(
        written=tuple(written),
        kept=(*kept, *stays.files),
        preserved=len(stays.files),
        removed=tuple(path for path in there.files if path not in output.files and path not in stays.files),
        folders=frozenset(wanted),
        same_folders=wanted == there.folders,
        roots=output.roots,
    )


class _Preserved(NamedTuple):
    """What is not the site's and stays."""

    files: frozenset[str]
    folders: frozenset[str]


_NONE = _Preserved(frozenset(), frozenset())


def _find_preserved(output: SiteOutput, there: Tree) -> _Preserved:
    """Find all below names at the output's root that begin with a dot, where the site has nothing of that name."""

    def stays(path: str) -> bool:
        return path.startswith(".") and path not in output.files and path.split("/", 1)[0] not in output.files

    return _Preserved(frozenset(filter(stays, there.files)), frozenset(filter(stays, there.folders)))


def _lost(path: str) -> SiteError:
    return SiteError(
        "A file of the output is gone since this build began",
        where=Location(file=path),
        hint="Build again, and leave the output folder alone meanwhile.",
    )


def _is_same(file: WrittenFile, entry: os.DirEntry[str]) -> bool:
    state = entry.stat(follow_symlinks=False)
    if not is_regular(state):
        return False
    if not isinstance(file, CopiedFile):
        size = len(file.data) if isinstance(file, OutputFile) else file.size
        same = state.st_size == size and stat.S_IMODE(state.st_mode) == FILE_MODE
        return same and _read(entry.path) == bytes_of(file)
    source = os.stat(file.file)
    if file.hard_link or os.path.samestat(state, source):
        return file.hard_link and os.path.samestat(state, source)
    same = state.st_size == source.st_size and state.st_mtime_ns == source.st_mtime_ns
    if not same or stat.S_IMODE(state.st_mode) != mode_of_copy(source):
        return False
    # A copy is younger than what it was made from; a source that changed since, behind its time, is younger again.
    return source.st_ctime_ns < state.st_ctime_ns or _same_bytes(entry.path, file.file)


def bytes_of(file: OutputFile | ShelvedFile) -> bytes:
    """Return what a generated file holds. Raises: OSError."""
    return file.data if isinstance(file, OutputFile) else file.file.read_bytes()


def mode_of_copy(source: os.stat_result) -> int:
    """Return the mode that a copy gets: of its source's it keeps only whether it is a program."""
    return PROGRAM_MODE if source.st_mode & stat.S_IXUSR else FILE_MODE


def _read(file: str) -> bytes | None:
    try:
        with open(file, "rb", buffering=0) as stream:
            return stream.readall()
    except PermissionError:
        # Whatever stands there, it can be replaced.
        return None


def _same_bytes(one: str, other: Path) -> bool:
    with suppress(PermissionError), open(one, "rb") as first, open(other, "rb") as second:
        while (part := first.read(_PART)) == second.read(_PART):
            if not part:
                return True
    return False
