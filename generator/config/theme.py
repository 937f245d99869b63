"""A theme's `theme.toml` to the values that it adds to the site's own; its templates and files are for other rooms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.data.problems import DataError, decode_text
from generator.data.toml import parse_toml
from generator.errors import SiteError
from generator.files.reading import read_regular, resolve_roots


def load_theme_extra(root: Path, theme: str) -> dict[str, Any]:
    """Return `[extra]` of `themes/<theme>/theme.toml`; Zola uses none of its other keys.

    Raises: SiteError, also for a theme without templates.
    """
    shown = f"themes/{theme}/theme.toml"
    try:
        data = read_regular(root / shown, roots=resolve_roots(root, root / "themes" / theme))
    except OSError as error:
        reason = f"Failed to open file {shown}: {error.strerror}"
        hint = f"Put the theme into the folder `themes/{theme}`, or correct `theme` in the config."
        raise SiteError(f"Failed to load theme {theme}", reasons=(reason,), hint=hint) from None
    if not (root / "themes" / theme / "templates").is_dir():
        raise SiteError(f"Theme `{theme}` is missing a templates folder", hint=f"It belongs into `themes/{theme}`.")
    text = decode_text(data, shown)
    try:
        extra = parse_toml(text).get("extra", {})
    except DataError as error:
        raise error.to_site_error("This is not valid TOML", shown, text) from None
    return extra if isinstance(extra, dict) else {}


def merge_extra(own: Mapping[str, Any], theme: Mapping[str, Any], *files: str) -> dict[str, Any]:
    """Return the site's values with the theme's below them, table by table.

    files: the two files' names, for the error. Raises: SiteError when one has a table where the other has none.
    """
    return _merge(own, theme, files, ())


def _merge(
    own: Mapping[str, Any], theme: Mapping[str, Any], files: tuple[str, ...], path: tuple[str, ...]
) -> dict[str, Any]:
    merged = {**theme, **own}
    for key in own.keys() & theme.keys():
        tables = isinstance(own[key], dict), isinstance(theme[key], dict)
        if all(tables):
            merged[key] = _merge(own[key], theme[key], files, (*path, key))
        elif any(tables):
            name = ".".join(("extra", *path, key))
            raise SiteError(
                f"Cannot merge {files[0]} with {files[1]}: `{name}` is a table in one, but not in the other",
                hint=f"Write `{name}` in the site's config as the theme has it.",
            )
    return merged
