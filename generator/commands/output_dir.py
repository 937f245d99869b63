"""Where a build goes, and where it must never go: publishing removes what it did not write."""

from __future__ import annotations

import os
from pathlib import Path

from generator.errors import SiteError
from generator.files.own_folder import NAME

_SOURCE_FOLDERS = ("content", "templates", "static", "sass", "themes", "archetypes")
_NEVER = {NAME: "hanji keeps there what it knows of earlier builds", ".git": "Git keeps a repository there"}
# Where Zola's sites are published unless they say otherwise: nobody keeps files of his own there.
_USUAL = "public"
# Every published site has one of these.
_MARKS = frozenset({"index.html", "404.html", "sitemap.xml"})


def choose_output_dir(given: Path | None, *, force: bool) -> Path | None:
    """Return the folder given with `--output-dir`, absolute; None leaves it to the config.

    Raises: SiteError when it exists and may not be overwritten. Zola: build, `--force`.
    """
    if given is None:
        return None
    if os.path.lexists(given) and not force:
        raise SiteError(
            f"Directory '{given}' already exists. Use --force to overwrite.",
            hint="With --force, the site that stands there is replaced; a folder with other files is refused.",
        )
    return Path(os.path.abspath(given))


def check_output_dir(target: Path, root: Path) -> None:
    """Refuse an output folder whose contents are the author's own: publishing would remove them.

    Raises: SiteError, also with --force, for the site's folder or one above it, a source folder, the home folder, a
    repository, and a folder that holds files but no published site.
    """
    folder, root = Path(os.path.realpath(target)), Path(os.path.realpath(root))
    reason = _find_objection(folder, root)
    if not reason and folder != root / _USUAL and _is_foreign(folder):
        reason = "it holds files that are no site's"
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
    for part in _NEVER.keys() & set(folder.parts) - set(root.parts):
        return _NEVER[part]
    if folder == Path(os.path.realpath(os.path.expanduser("~"))):
        return "it is your home folder"
    if folder.is_symlink():
        return "it is a link to itself"
    if folder.exists() and not folder.is_dir():
        return "it is a file"
    return None


def _is_foreign(folder: Path) -> bool:
    """Tell whether a folder holds something, and nothing that every published site has."""
    names = set(os.listdir(folder)) if folder.is_dir() else set()
    return bool(names) and not names & _MARKS
