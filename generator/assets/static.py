"""Static folders in, the list of files to copy out; copying is left to the write stage."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.errors import Location, SiteError
from generator.files.reading import MOST_LINKS
from generator.model.config import SiteConfig
from generator.model.output import CopiedFile
from generator.text.globs import compile_globs

# Zola keeps its processed images here and removes those that no page asks for any more; so none of them is published
# unless a page of this build asks for it.
_PROCESSED_IMAGES = "processed_images"
_LINK_OUT = "it is a link out of the site"


class StaticFiles(NamedTuple):
    """Files to copy and empty folders to make, both by path; warnings: what was left out, and why."""

    files: tuple[CopiedFile, ...]
    folders: tuple[str, ...]
    warnings: tuple[str, ...]


class _Entry(NamedTuple):
    """One thing found below a static folder. file: None for a folder. warning: why it is left out."""

    path: str
    file: str | None = None
    warning: str | None = None


def static_files(config: SiteConfig) -> StaticFiles:
    """List what `static/` publishes: the theme's first, the site's own over it.

    Symbolic links are followed inside the site alone, unless the config allows more; anything but files and folders is
    left out with a warning. Raises: SiteError for links that multiply.
    Zola: `ignored_static` is matched against each path below `static/`, not the theme's; what is in an ignored folder
    is not ignored by that. `hard_link_static` is for the site's own.
    """
    theme = list(_walk(config.theme_dir / "static", config.theme_dir, config)) if config.theme_dir else []
    ignored = compile_globs(config.ignored_static)
    own = [
        entry
        for entry in _walk(config.static_dir, config.static_dir, config)
        if not _is_stale_image(entry.path) and not (ignored and ignored.fullmatch(entry.path))
    ]
    files = {e.path: CopiedFile(path=e.path, file=Path(e.file)) for e in theme if e.file}
    linked = config.hard_link_static
    files |= {e.path: CopiedFile(path=e.path, file=Path(e.file), hard_link=linked) for e in own if e.file}
    return _collect(files, theme + own)


def _is_stale_image(path: str) -> bool:
    return path.startswith(_PROCESSED_IMAGES + "/") and path.count("/") == 1


def _collect(files: dict[str, CopiedFile], entries: list[_Entry]) -> StaticFiles:
    filled = {parent for path in files for parent in _parents(path)}
    folders = {e.path for e in entries if not e.file and not e.warning} - filled
    warnings = tuple(e.warning for e in entries if e.warning)
    return StaticFiles(tuple(files[path] for path in sorted(files)), tuple(sorted(folders)), warnings)


def _parents(path: str) -> Iterator[str]:
    slash = path.find("/")
    while slash >= 0:
        yield path[:slash]
        slash = path.find("/", slash + 1)


def _walk(top: Path, owner: Path, config: SiteConfig) -> Iterator[_Entry]:
    """Yield all below `top`, each folder before what is in it, links resolved. owner: may lie outside of the site."""
    root = config.root
    is_inside = (lambda _: True) if config.security.follow_symlinks else _containment(root, owner)
    if top.is_symlink() and not is_inside(Path(os.path.realpath(top))):
        yield _Entry("", warning=_unpublished(top, root, _LINK_OUT))
        return
    waiting, links = [(str(top), "")], 0
    while waiting:
        folder, prefix = waiting.pop()
        entries = _scan(folder)
        if entries is None:
            yield _Entry(prefix, warning=_unpublished(folder, root, "it may not be read"))
        for entry in entries or ():
            path = prefix + _composed(entry.name)
            links += entry.is_symlink()
            if links > MOST_LINKS:
                where = Location(file=f"{_shown(entry.path, root)[:60]}…")
                raise SiteError(f"Links lead to more than {MOST_LINKS:,} others", where=where)
            refusal = _find_refusal(entry, is_inside)
            if refusal:
                yield _Entry(path, warning=_unpublished(entry.path, root, refusal))
            elif entry.is_dir():
                yield _Entry(path)
                waiting.append((entry.path, path + "/"))
            else:
                yield _Entry(path, entry.path)


def _unpublished(file: str | Path, root: Path, reason: str) -> str:
    return f"{_shown(str(file), root)} is not published: {reason}"


def _scan(folder: str) -> list[os.DirEntry[str]] | None:
    """List a folder by name; one that is missing has nothing. None for one that may not be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except PermissionError:
        return None


def _containment(root: Path, owner: Path) -> Callable[[Path], bool]:
    """Tell paths of the site from others; an owner that is a link itself (a theme under work) is inside."""
    inside = tuple(Path(os.path.realpath(folder)) for folder in (root, owner))
    return lambda path: any(path.is_relative_to(folder) for folder in inside)


def _find_refusal(entry: os.DirEntry[str], is_inside: Callable[[Path], bool]) -> str | None:
    """Return why an entry cannot be published, None when it can."""
    if not _is_text(entry.name):
        return "its name is not UTF-8"
    if entry.is_symlink():
        return _find_link_refusal(entry, is_inside)
    if entry.is_dir() or entry.is_file():
        return None
    return "it is neither a file nor a folder"


def _find_link_refusal(entry: os.DirEntry[str], is_inside: Callable[[Path], bool]) -> str | None:
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return "it is a link to nothing"
    if not is_inside(target):
        return _LINK_OUT
    if target.is_dir() and Path(entry.path).parent.resolve().is_relative_to(target):
        return "it is a link to a folder that it stands in"
    return None if target.is_dir() or target.is_file() else "it is neither a file nor a folder"


def _is_text(name: str) -> bool:
    return name.isascii() or not any("\ud800" <= char <= "\udfff" for char in name)


def _composed(name: str) -> str:
    """Return the name as URLs write it: macOS stores Hangul in pieces, links are typed whole."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _shown(file: str, root: Path) -> str:
    relative = os.path.relpath(file, root)
    return (file if relative.startswith("..") else relative).encode("utf-8", "backslashreplace").decode()
