"""Any text to the slug that Zola makes of it, by the site's slug mode."""

from __future__ import annotations

import re
from typing import Literal

from generator.text.characters import CharacterTable

SlugMode = Literal["on", "safe", "off"]

_LATIN = CharacterTable("slugs.zz", unknown="-")
_OUTSIDE_SLUG = re.compile("[^a-z0-9]+")
_UNSAFE = str.maketrans("", "", '<>:"/\\|?*')
_SPACES = str.maketrans(dict.fromkeys("\t\n\f\r ", "_"))


def slugify(text: str) -> str:
    """Return `text` as small ASCII letters and digits, with one dash for each run of anything else.

    Zola: the `slug` crate, so other scripts are written in Latin letters by deunicode's table.
    """
    latin = text.lower() if text.isascii() else text.translate(_LATIN)
    return _OUTSIDE_SLUG.sub("-", latin).strip("-")


def slugify_path(text: str, mode: SlugMode) -> str:
    """Return one part of a path, or a taxonomy's or term's name, as the site's slug mode writes it."""
    if mode == "on":
        return slugify(text)
    return text.rstrip(" .").translate(_UNSAFE) if mode == "safe" else text


def slugify_anchor(text: str, mode: SlugMode) -> str:
    """Return a heading's id as the site's slug mode writes it; `safe` and `off` are one."""
    return slugify(text) if mode == "on" else text.translate(_SPACES)
