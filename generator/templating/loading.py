"""A site's folders in, the text of every template out, those of its theme and what is built in among them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator.content.folders import compose, list_folder
from generator.errors import Location, SiteError, raise_all
from generator.files.reading import Roots, read_regular
from generator.model.config import SiteConfig

ALIAS_TEMPLATE = "internal/alias.html"
BUILTINS = "__zola_builtins/"

# Zola: the theme's files are looked for by the narrower pattern.
_SITE_NAME = re.compile(r"\.(?:[^/]*ml|md|txt|json|ics)\Z")
_THEME_NAME = re.compile(r"\.(?:[^/]*ml|md)\Z")


def load_templates(config: SiteConfig) -> dict[str, str]:
    """Read all templates of a site: name → text.

    A name is the path below `templates/`. The theme's are there under their own names, unless the site has them too,
    and as `THEME/templates/NAME`; what is built in as `__zola_builtins/NAME`.
    Raises: SiteError for a theme without templates, or a file that is no UTF-8; SiteErrors for links out of the site.
    """
    templates = dict(_load_folder(config.templates_dir, config.templates_dir, _SITE_NAME, config))
    if config.theme_dir:
        for name, text in _load_theme(config.theme_dir, config).items():
            templates.setdefault(name, text)
    for name, text in _load_builtins().items():
        templates.setdefault(name, text)
    return templates


def _load_theme(theme_dir: Path, config: SiteConfig) -> dict[str, str]:
    folder = theme_dir / "templates"
    if not folder.is_dir():
        raise SiteError(
            f"Theme `{config.theme}` is missing a templates folder",
            where=Location(file=f"themes/{config.theme}"),
            hint=f"A theme needs `themes/{config.theme}/templates/`.",
        )
    named = dict(_load_folder(folder, theme_dir, _THEME_NAME, config))
    named |= {f"{config.theme}/templates/{name}": text for name, text in named.items()}
    robots = folder / "robots.txt"
    if robots.is_file():
        named["robots.txt"] = _load_text(robots, config.root, config.roots)
    return named


@cache
def _load_builtins() -> dict[str, str]:
    folder = Path(__file__).parent / "builtin"
    files = sorted(file for file in folder.rglob("*") if _SITE_NAME.search(file.name))
    named = {file.relative_to(folder).as_posix(): _load_text(file, folder, None) for file in files}
    alias = named.pop(ALIAS_TEMPLATE)
    return {ALIAS_TEMPLATE: alias, **{BUILTINS + name: text for name, text in named.items()}}


def _load_folder(top: Path, owner: Path, wanted: re.Pattern[str], config: SiteConfig) -> Iterator[tuple[str, str]]:
    """Yield the templates below `top` by name. owner: may lie outside of the site. Raises: SiteErrors for links out."""
    folder, problems = list_folder(top, config.root, owner, follow_links=config.security.follow_symlinks)
    raise_all(problems)
    for file, _ in folder.files(deep=True):
        # Pipes, which have no end, and what editors leave, links to nothing, are not listed.
        if wanted.search(file):
            name = os.path.relpath(file, top).replace(os.sep, "/")
            yield compose(name), _load_text(Path(file), config.root, config.roots)


def _load_text(file: Path, root: Path, roots: Roots | None) -> str:
    try:
        return read_regular(file, roots=roots).decode("utf-8-sig")
    except OSError as error:
        shown = file.relative_to(root).as_posix()
        reason = error.strerror or str(error)
        raise SiteError("Can't read a template", where=Location(file=shown), reasons=(reason,)) from None
    except UnicodeDecodeError:
        shown = file.relative_to(root).as_posix()
        raise SiteError(
            "A template is not valid UTF-8", where=Location(file=shown), hint="Save it with UTF-8 encoding."
        ) from None
