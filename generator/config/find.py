"""A folder to look in and perhaps a config's name to the site's root and its config file; reading it stays outside."""

from __future__ import annotations

from pathlib import Path

from generator.errors import SiteError

NAMES = ("zola.toml", "config.toml")


def find_config(folder: Path, name: Path | None = None) -> tuple[Path, Path]:
    """Return the site's root and its config file, both absolute, links resolved.

    Zola: the nearest folder from `folder` upwards that has the file; a `zola.toml` anywhere above is preferred to a
    `config.toml` beside. Raises: SiteError.
    """
    try:
        start = folder.resolve(strict=True)
    except (OSError, RuntimeError):
        raise SiteError(f"There is no folder `{folder}`", hint="Give the site's folder with --root.") from None
    for wanted in (name,) if name else NAMES:
        for root in (start, *start.parents):
            if (root / wanted).is_file():
                return root, (root / wanted).resolve()
    missing = str(name) if name else "zola.toml (or config.toml)"
    raise SiteError(
        f"{missing} not found in current directory or ancestors, current_dir is {start}",
        hint="Go to the site's folder, or name it with --root; `hanji init` makes a new site.",
    )
