"""A site's root in, the folder out where hanji keeps what is its own: `.hanji/`, safe to delete, in no repository."""

from __future__ import annotations

from pathlib import Path

NAME = ".hanji"


def make_own_folder(root: Path) -> Path | None:
    """Make the folder unless it is there; return it, None where the site may not be written to."""
    folder = root / NAME
    try:
        folder.mkdir(exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError:
        return None
    return folder
