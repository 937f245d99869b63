"""A published site in, the files that a build from nothing would make otherwise out; nothing is written."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.engine.watch import UNWATCHED, Watch
from generator.errors import Location, SiteError, locate, raise_all
from generator.files.reading import read_regular
from generator.model.options import BuildOptions
from generator.model.output import KeptFile, OutputFile, SiteOutput
from generator.pipeline import build_site
from generator.write.plan import WrittenFile
from generator.write.tree import scan_tree

_HINT = (
    "Delete `.hanji/` in the site's folder and build again; what hanji had kept there misled it. "
    "Please report this: it should not happen."
)
_EXCERPT = 100

# By path; None where there is nothing to be published.
_Contents = dict[str, bytes | None]


class Verified(Struct, frozen=True, kw_only=True):
    """same: how many files a build from nothing makes as they are. restless: those that no two builds make alike."""

    same: int
    restless: tuple[str, ...]


def verify(options: BuildOptions, root: Path, target: Path, watch: Watch = UNWATCHED) -> Verified:
    """Build a site again in memory, using nothing of earlier builds, and hold it against what stands in `target`.

    root: the site's folder. Raises: SiteErrors, one for each file that is another one.
    """
    total, made = _build_anew(options, target, watch)
    # A random number, or the present moment, says nothing of the build that published it.
    again = _build_anew(options, target, watch)[1] if made else {}
    restless = tuple(sorted(path for path in made if path in again and again[path] != made[path]))
    wrong = sorted(made.keys() - set(restless))
    raise_all(_difference(os.path.relpath(target / path, root), target / path, made[path]) for path in wrong)
    return Verified(same=total - len(restless), restless=restless)


def _build_anew(options: BuildOptions, target: Path, watch: Watch) -> tuple[int, _Contents]:
    """Return how many files a site has, and those that are not what is published."""
    output = build_site(replace(options, cache=False), watch)
    watch.begin("comparing files")
    return len(output.files), _find_differing(output, target)


def _find_differing(output: SiteOutput, target: Path) -> _Contents:
    there: Mapping[str, object] = scan_tree(target).files
    made: _Contents = {
        path: _read(file)
        for path, file in output.files.items()
        if not isinstance(file, KeptFile) and not _is_published(file, target / path)
    }
    stays = output.preserve_dotfiles
    more = (path for path in there if path not in output.files and not (stays and path.startswith(".")))
    return {**made, **dict.fromkeys(more)}


def _is_published(file: WrittenFile, published: Path) -> bool:
    try:
        if isinstance(file, OutputFile):
            return read_regular(published) == file.data
        return filecmp.cmp(file.file, published, shallow=False)
    except OSError:
        return False


def _read(file: WrittenFile) -> bytes:
    return file.data if isinstance(file, OutputFile) else read_regular(file.file)


def _difference(shown: str, file: Path, made: bytes | None) -> SiteError:
    """Return what is wrong with a published file. made: what a build from nothing makes for it."""
    if made is None:
        return SiteError("A build from nothing does not make this file", where=Location(file=shown), hint=_HINT)
    try:
        published = read_regular(file)
    except OSError:
        return SiteError("A build from nothing makes this file; it is missing", where=Location(file=shown), hint=_HINT)
    unlike = (place for place, (one, other) in enumerate(zip(published, made, strict=False)) if one != other)
    place = next(unlike, min(len(published), len(made)))
    return SiteError(
        f"A build from nothing makes this file otherwise, from byte {place + 1} on",
        where=_locate(shown, published, place),
        reasons=_excerpt(made, place),
        hint=_HINT,
    )


def _locate(shown: str, published: bytes, place: int) -> Location:
    """Return a byte's place as one in a text, where the file is one."""
    try:
        text = published.decode()
    except UnicodeDecodeError:
        return Location(file=shown)
    return locate(shown, text, len(published[:place].decode(errors="ignore")))


def _excerpt(made: bytes, place: int) -> tuple[str, ...]:
    """Return what is to be at a byte's place, up to the line's end, where it can be read."""
    start = made.rfind(b"\n", 0, place) + 1
    line = made[max(start, place - _EXCERPT // 2) :].split(b"\n", 1)[0]
    text = line.decode(errors="ignore")[:_EXCERPT]
    return () if "\0" in text else (f"there, it makes `{text}`",)
