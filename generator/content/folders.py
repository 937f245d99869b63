"""A folder on disk to a tree of the names in it; what the files are to a site is not decided here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct

from generator.errors import Location, SiteError
from generator.files.reading import MOST_DEPTH, MOST_LINKS, resolve_roots


class Folder(Struct, frozen=True):
    """A folder. file: absolute; below: its path from the top, with a slash at its end unless it is the top.

    names: of the files, as the disk has them.
    """

    file: str
    below: str
    names: tuple[str, ...]
    folders: tuple[Folder, ...]

    def files(self, *, deep: bool) -> Iterator[tuple[str, str]]:
        """Yield each file's absolute path and its name, with `deep` also those of the folders below."""
        for name in self.names:
            yield f"{self.file}/{name}", name
        if deep:
            for folder in self.folders:
                yield from folder.files(deep=True)


def compose(name: str) -> str:
    """Return a name with its letters composed (NFC), as links to it are written."""
    return name if name.isascii() else normalize("NFC", name)


def list_folder(top: Path, root: Path, owner: Path, *, follow_links: bool) -> tuple[Folder, tuple[SiteError, ...]]:
    """List all that is below `top`, a folder of the site at `root`; a folder that is not there is empty.

    owner: `top` itself or a folder above it, which may lie outside of the site. Links are followed, but not in circles,
    and out of the site with `follow_links` alone. Also returned: problems with names and links. Pipes and devices,
    which have no end, and links to nothing are left out.
    """
    lister = _Lister(top, root, owner, follow_links=follow_links)
    return lister.read(str(top), ""), tuple(lister.problems)


class _Lister:
    def __init__(self, top: Path, root: Path, owner: Path, *, follow_links: bool) -> None:
        self.name = os.path.relpath(top, root)
        self.roots = None if follow_links else resolve_roots(root, owner)
        self.problems: list[SiteError] = []
        self.links = 0
        if top.is_symlink() and self._leads_out(f"{os.path.realpath(top)}/"):
            self.problems.append(_outside(self.name))

    def _leads_out(self, target: str) -> bool:
        return self.roots is not None and not target.startswith(self.roots)

    def read(self, file: str, below: str) -> Folder:
        names: list[str] = []
        folders: list[Folder] = []
        if below.count("/") > MOST_DEPTH:
            self.problems.append(_too_deep(f"{self.name}/{below}"))
            return Folder(file, below, (), ())
        for entry in self._scan(file, below):
            # Most names are plain ones, and a site may have many.
            if not (entry.name.isascii() and not entry.is_symlink()) and not self._is_usable(entry, file, below):
                continue
            if entry.is_file():
                names.append(entry.name)
            elif entry.is_dir():
                folders.append(self.read(entry.path, f"{below}{compose(entry.name)}/"))
        return Folder(file, below, tuple(names), tuple(folders))

    def _scan(self, file: str, below: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(file) as entries:
                by_name = {entry.name: entry for entry in entries}
                return [by_name[name] for name in sorted(by_name)]
        except FileNotFoundError:
            return []
        except OSError as error:
            reason = error.strerror or str(error)
            self.problems.append(SiteError(f"Can't look into the folder `{self.name}/{below}`", reasons=(reason,)))
            return []

    def _is_usable(self, entry: os.DirEntry[str], folder: str, below: str) -> bool:
        shown = f"{self.name}/{below}{entry.name}"
        if not entry.name.isascii() and any("\udc80" <= char <= "\udcff" for char in entry.name):
            escaped = os.fsencode(shown).decode("utf-8", "backslashreplace")
            self.problems.append(SiteError(f"The name of `{escaped}` is not valid UTF-8", hint="Rename the file."))
            return False
        if not entry.is_symlink():
            return True
        if not os.path.exists(entry.path):
            return False  # a link to nothing, or to itself
        target = f"{os.path.realpath(entry.path)}/"
        if self._leads_out(target):
            self.problems.append(_outside(shown))
            return False
        return not f"{os.path.realpath(folder)}/".startswith(target) and self._may_follow(shown)

    def _may_follow(self, shown: str) -> bool:
        self.links += 1
        if self.links == MOST_LINKS + 1:
            where = Location(file=f"{shown[:60]}…")
            self.problems.append(SiteError(f"Links lead to more than {MOST_LINKS:,} others", where=where))
        return self.links <= MOST_LINKS


def _too_deep(shown: str) -> SiteError:
    where = Location(file=f"{shown[:60]}…")
    return SiteError(f"Folders lie more than {MOST_DEPTH} deep in each other", where=where, hint="Move them up.")


def _outside(shown: str) -> SiteError:
    return SiteError(
        f"`{shown}` is a link that leads out of the site",
        where=Location(file=shown),
        hint="Put the file itself there, or write `follow_symlinks = true` below `[security]` in the config.",
    )
