"""A built site in, the output folder holding it out: the old output or the new one at any moment, never a mixture.

The new output is made in a second folder, where all that did not change is linked, not copied; then the two folders
are exchanged. The second folder is kept in `.hanji/` and brought to what was published, by links again: next time, only
what has changed is to be done there, and who keeps `.hanji/` alone has all that was published.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from pathlib import Path
from threading import Thread

from generator.errors import Location, SiteError
from generator.files.own_folder import NAME, make_own_folder
from generator.model.output import SiteOutput, WriteReport
from generator.write.fill import fill_in_place, fill_new, follow, replace_file
from generator.write.plan import FOLDER_MODE, Plan, make_plan
from generator.write.swap import recover, swap
from generator.write.tree import Tree, remove_tree, scan_tree

# What a folder answers that is in use by the system, or lies in one that may not be written to.
_UNMOVABLE = (errno.EXDEV, errno.EBUSY, errno.EACCES, errno.EPERM)
_NOTHING = ".hanji-nothing"
_SECOND = "tree"


def publish(output: SiteOutput, target: Path) -> WriteReport:
    """Make `target` hold the built site, and nothing else; where nothing differs, nothing is touched.

    A folder that is a disk of its own cannot be exchanged: there, each file is replaced in one step, but not all in
    one. Raises: SiteError when the disk refuses; the output is then as it was.
    """
    with publishing(output, target) as report:
        return report


@contextmanager
def publishing(output: SiteOutput, target: Path) -> Iterator[WriteReport]:
    """Publish as `publish` does; the second folder is brought to what was published while the block runs."""
    place = Path(os.path.realpath(target))
    shown = _show(place, output.root)
    with ExitStack() as stack:
        with _refusals_told(shown):
            workshop = stack.enter_context(_workshop(output, place))
            if workshop is not None:
                recover(place, workshop / "aside")
            there = scan_tree(place)
            plan = make_plan(output, there)
            is_done = plan.is_nothing and place.exists()
            is_second_behind = not is_done and _carry_out(plan, there, workshop, shown)
        if workshop is not None and is_second_behind:
            # Most of it is waiting for the disk.
            thread = Thread(target=follow, args=(workshop / _SECOND, there, plan))
            thread.start()
            stack.callback(thread.join)
        yield WriteReport(written=len(plan.written), kept=len(plan.kept) - plan.preserved, removed=len(plan.removed))


@contextmanager
def _refusals_told(shown: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = Location(file=str(error.filename or shown))
        raise SiteError(f"The output could not be written: {error.strerror or error}", where=where) from error


def _show(place: Path, root: Path) -> str:
    root = Path(os.path.realpath(root))
    return str(place.relative_to(root) if place.is_relative_to(root) else place)


@contextmanager
def _workshop(output: SiteOutput, target: Path) -> Iterator[Path | None]:
    """Give a folder to work in, from where files can be moved to the target; None where there is none.

    That of an output in the site's folder is kept for the next build, another is gone afterwards.
    """
    os.makedirs(target.parent, exist_ok=True)
    there = target if target.exists() else target.parent
    own = make_own_folder(output.root) if target.is_relative_to(os.path.realpath(output.root)) else None
    if own is not None and os.access(own, os.W_OK) and _can_move(own, there):
        folder = own / _workshop_name(target, output.root)
        os.makedirs(folder, exist_ok=True)
        yield folder
        return
    folder = target.parent / f".{target.name}.hanji"
    if not _can_move(target.parent, there) or not os.access(target.parent, os.W_OK):
        yield None
        return
    try:
        os.makedirs(folder, exist_ok=True)
        yield folder
    finally:
        remove_tree(folder, ignore_errors=True)


def find_second(target: Path, root: Path) -> Path | None:
    """Return the folder in `.hanji/` that may hold what was last published; None for an output out of the site."""
    place = Path(os.path.realpath(target))
    inside = place.is_relative_to(os.path.realpath(root))
    return root / NAME / _workshop_name(place, root) / _SECOND if inside else None


def _workshop_name(target: Path, root: Path) -> str:
    """Return a name that is the same wherever the site stands."""
    below = os.path.relpath(target, os.path.realpath(root))
    return f"output-{blake2b(os.fsencode(below), digest_size=6).hexdigest()}"


def _can_move(folder: Path, other: Path) -> bool:
    """Tell whether files can be moved from one folder to the other."""
    if os.stat(folder).st_dev != os.stat(other).st_dev:
        return False
    try:
        # One disk may be mounted twice. The system tells before it finds that there is nothing to move.
        os.rename(folder / _NOTHING, other / _NOTHING)
    except OSError as error:
        return error.errno != errno.EXDEV
    return True


def _carry_out(plan: Plan, there: Tree, workshop: Path | None, shown: str) -> bool:
    """Bring the target to what is planned; tell whether the second folder is to follow."""
    if workshop is None:
        os.makedirs(there.top, exist_ok=True)
        fill_in_place(there, plan, shown)
        return False
    if plan.single is not None and there.top.exists():
        replace_file(there.top, plan.single, plan.roots, shown, temporary=workshop / "file")
    elif not _exchange(plan, there, workshop, shown):
        return False
    return workshop.parent.name == NAME  # any other is gone in a moment


def _exchange(plan: Plan, there: Tree, workshop: Path, shown: str) -> bool:
    """Fill the second folder, and give it the target's place; tell whether it could, or all was done in place."""
    new = workshop / _SECOND
    try:
        if not new.exists():
            os.mkdir(new)
        os.chmod(new, FOLDER_MODE)
        fill_new(scan_tree(new), plan, there, shown)
    except (OSError, SiteError):
        # It may have been the last of the disk.
        remove_tree(new, ignore_errors=True)
        raise
    try:
        swap(new, there.top, workshop / "aside")
    except OSError as error:
        if error.errno not in _UNMOVABLE:
            raise
        fill_in_place(there, plan, shown)
        return False
    return True
