"""Where a build goes, and where it must never go: publishing removes what it did not write."""

from __future__ import annotations

import os
from pathlib import Path

from generator.errors import SiteError

_SOURCE_FOLDERS = ("content", "templates", "static", "sass", "themes")


def choose_output_dir(given: Path | None, *, force: bool) -> Path | None:
    """Return the folder given with `--output-dir`, absolute; None leaves it to the config.

    Raises: SiteError when it exists and may not be overwritten. Zola: build, `--force`.
    """
    if given is None:
        return None
    if os.path.lexists(given) and not force:
        raise SiteError(
            f"Directory '{given}' already exists. Use --force to overwrite.",
            hint="With --force, everything in that folder that is not part of the site is removed.",
        )
    return Path(os.path.abspath(given))


def check_output_dir(target: Path, root: Path, *, asked_for: bool) -> None:
    """Refuse an output folder whose contents are the author's own: publishing would remove them.

    asked_for: with `--output-dir`, so that what else stands there was thought of. Raises: SiteError, also with --force,
    for the site's folder or one above it, a source folder, and the home folder.
    """
    folder, root = target.resolve(), root.resolve()
    reason = _find_objection(folder, root)
    if not reason and not asked_for and not folder.is_relative_to(root) and _is_foreign(folder):
        reason = "it lies outside the site and holds files that are no site's"
    if reason:
        raise SiteError(
            f"The site cannot be published to {target}: {reason}",
            hint="Publishing removes all else from that folder; name one for the output alone, such as `public`.",
        )


def _find_objection(folder: Path, root: Path) -> str | None:
    if folder == root:
        return "it is the site itself"
    if folder in root.parents:
        return "the site lies in it"
    for name in _SOURCE_FOLDERS:
        source = (root / name).resolve()
        if folder == source:
            return f"it is a source folder of the site (`{name}`)"
        if source in folder.parents:
            return f"it lies in a source folder of the site (`{name}`)"
        if folder in source.parents:
            return f"a source folder of the site (`{name}`) lies in it"
    if folder == Path(os.path.expanduser("~")).resolve():
        return "it is your home folder"
    if folder.exists() and not folder.is_dir():
        return "it is a file"
    return None


def _is_foreign(folder: Path) -> bool:
    """Tell whether a folder holds something, and nothing that every published site has."""
    names = set(os.listdir(folder)) if folder.is_dir() else set()
    return bool(names) and not names & {"index.html", "404.html", "sitemap.xml"}
