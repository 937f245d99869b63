"""A plan and a folder in, the folder filled as planned: from memory, from sources, and from another folder."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from generator.errors import Location, SiteError
from generator.files.reading import Roots, open_regular
from generator.model.output import CopiedFile
from generator.write.plan import FILE_MODE, FOLDER_MODE, Plan, WrittenFile, bytes_of, mode_of_copy
from generator.write.tree import Tree

_TEMPORARY = ".hanji-new"
_CHUNK = 1 << 20
_MUCH = 1 << 30
_NO_LINKS = (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def fill_new(tree: Tree, plan: Plan, kept_in: Tree, shown: str) -> None:
    """Bring a folder that nobody reads to what is planned; what is kept is linked from another.

    No file is written to, as it may have another name in the other folder. shown: the output folder, for messages.
    Raises: SiteError for a file that cannot be written, OSError.
    """
    _clear(tree, plan, set(plan.kept))
    _make_folders(tree, plan, kept_in)
    for path in plan.kept:
        _link_kept(tree, path, kept_in)
    for file in plan.written:
        try:
            _write(file, f"{tree.top}/{file.path}", plan.roots)
        except OSError as error:
            raise _refusal(error, file, shown) from error


def fill_in_place(tree: Tree, plan: Plan, shown: str) -> None:
    """Bring a folder to what is planned, each file in one step. Raises: SiteError, OSError; what is done then stays."""
    _clear(tree, plan, {*plan.kept, *(file.path for file in plan.written)})
    _make_folders(tree, plan, tree)
    for file in plan.written:
        replace_file(tree.top, file, plan.roots, shown, temporary=tree.top / _TEMPORARY)


def replace_file(top: Path, file: WrittenFile, roots: Roots | None, shown: str, *, temporary: Path) -> None:
    """Put one file to its place in one step.

    roots: where one that is copied must lie. temporary: a free place on the same disk. Raises: SiteError.
    """
    try:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        _write(file, str(temporary), roots)
        os.replace(temporary, top / file.path)
    except OSError as error:
        raise _refusal(error, file, shown) from error
    finally:
        # Two names of one file: the rename does nothing then, and leaves the temporary name behind.
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def follow(second: Path, there: Tree, plan: Plan) -> None:
    """Do by links, to a folder that held what the target did, what has been done to the target.

    there: the target before that. Where the disk refuses, it is left at that: the next build looks at all of it.
    """
    with suppress(OSError):
        os.makedirs(second, exist_ok=True)
        for path in (*plan.removed, *(file.path for file in plan.written if file.path in there.files)):
            os.unlink(f"{second}/{path}")
        for folder in sorted(there.folders - plan.folders, reverse=True):
            os.rmdir(f"{second}/{folder}")
        for folder in sorted(plan.folders - there.folders):
            os.mkdir(f"{second}/{folder}", FOLDER_MODE)
        for file in plan.written:
            os.link(f"{there.top}/{file.path}", f"{second}/{file.path}", follow_symlinks=False)


def _clear(tree: Tree, plan: Plan, staying: set[str]) -> None:
    """Remove what is not to stay, and what stands where a folder, or a file, must go."""
    for path in tree.files.keys() - staying:
        os.unlink(f"{tree.top}/{path}")
    for folder in sorted(tree.folders - plan.folders, reverse=True):
        os.rmdir(f"{tree.top}/{folder}")


def _make_folders(tree: Tree, plan: Plan, like: Tree) -> None:
    """Make the folders that are missing; those that are none of the site's get the mode that they have elsewhere."""
    for folder in sorted(plan.folders - tree.folders):
        place = f"{tree.top}/{folder}"
        os.mkdir(place)
        preserved = folder.startswith(".") and folder in like.folders
        os.chmod(place, stat.S_IMODE(os.stat(like.top / folder).st_mode) if preserved else FOLDER_MODE)


def _link_kept(tree: Tree, path: str, kept_in: Tree) -> None:
    there, source = tree.files.get(path), kept_in.files[path]
    if there is not None:
        if there.inode() == source.inode():
            return
        os.unlink(there.path)
    place = f"{tree.top}/{path}"
    try:
        os.link(source.path, place, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        import shutil  # as in `remove_tree`

        shutil.copy2(source.path, place, follow_symlinks=False)


def _write(file: WrittenFile, place: str, roots: Roots | None) -> None:
    if isinstance(file, CopiedFile):
        _copy(file, place, roots)
        return
    opened = os.open(place, _CREATE, FILE_MODE)
    try:
        os.fchmod(opened, FILE_MODE)
        _write_bytes(opened, bytes_of(file))
    finally:
        os.close(opened)


def _write_bytes(opened: int, data: bytes) -> None:
    done = os.write(opened, data)
    while done < len(data):
        done += os.write(opened, memoryview(data)[done:])


def _copy(file: CopiedFile, place: str, roots: Roots | None) -> None:
    with open_regular(file.file, roots=roots) as source:
        state = os.fstat(source.fileno())
        if file.hard_link:
            _link(file.file, place, state)
            return
        opened = os.open(place, _CREATE, FILE_MODE)
        try:
            _copy_bytes(source.fileno(), opened)
            os.fchmod(opened, mode_of_copy(state))
        finally:
            os.close(opened)
    os.utime(place, ns=(state.st_atime_ns, state.st_mtime_ns))


def _link(file: Path, place: str, state: os.stat_result) -> None:
    """Give a file that was looked at another name. Raises: OSError when it has been exchanged since."""
    os.link(os.path.realpath(file), place)
    if not os.path.samestat(os.lstat(place), state):
        os.unlink(place)
        raise OSError(errno.ESTALE, "exchanged for another while it was linked", str(file))


def _copy_bytes(source: int, target: int) -> None:
    if hasattr(os, "copy_file_range"):
        # Within the system, where it can: some disks share the bytes then. What is left after that, it cannot.
        with suppress(OSError):
            while os.copy_file_range(source, target, _MUCH):
                pass
    while data := os.read(source, _CHUNK):
        _write_bytes(target, data)


def _refusal(error: OSError, file: WrittenFile, shown: str) -> SiteError:
    origin = str(file.file) if isinstance(file, CopiedFile) else file.source
    return SiteError(
        f"The output could not be written: {error.strerror or error}",
        where=Location(file=f"{shown}/{file.path}"),
        reasons=(f"It is made from {origin}",) if origin else (),
        hint=_HINTS.get(error.errno or 0),
    )


_HINTS = {
    errno.ENOSPC: "The disk is full. Free some space and build again.",
    errno.EDQUOT: "Your share of the disk is used up. Free some space and build again.",
    errno.EFBIG: "Files of that size are not allowed here.",
    errno.EACCES: "You may not write there.",
    errno.EROFS: "That disk can only be read.",
}
