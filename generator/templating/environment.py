"""Which templates a site has, from its own folder, its theme and what is built in, and how a name finds one of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from generator.errors import Location, SiteError
from generator.markdown.context import Shortcode
from generator.model.config import SiteConfig
from generator.tera import Tera, TeraError

ALIAS_TEMPLATE = "internal/alias.html"
_WELCOME_TEMPLATE = "__zola_builtins/internal/welcome.html"
_BUILTINS = "__zola_builtins/"
_SHORTCODES = "shortcodes/"

# Zola: the theme's files are looked for by the narrower pattern.
_SITE_NAME = re.compile(r"\.(?:[^/]*ml|md|txt|json|ics)\Z")
_THEME_NAME = re.compile(r"\.(?:[^/]*ml|md)\Z")

_DOCUMENTATION = "https://www.getzola.org/documentation/templates/"
# Pages that show a welcome instead of an error while a site has no template of that name.
_WELCOMES = {
    "index.html": _DOCUMENTATION + "pages-sections/#section-variables",
    "section.html": _DOCUMENTATION + "pages-sections/#section-variables",
    "page.html": _DOCUMENTATION + "pages-sections/#page-variables",
    "single.html": _DOCUMENTATION + "taxonomies/",
    "list.html": _DOCUMENTATION + "taxonomies/",
}


def load_templates(config: SiteConfig) -> dict[str, str]:
    """Read all templates of a site: name → text.

    A name is the path below `templates/`. The theme's are there under their own names, unless the site has them too,
    and as `THEME/templates/NAME`; what is built in as `__zola_builtins/NAME`.
    Raises: SiteError for a theme without templates, or a file that is no UTF-8.
    """
    templates = dict(_load_folder(config.templates_dir, _SITE_NAME, config.root))
    if config.theme_dir:
        for name, text in _load_theme(config.theme_dir, config).items():
            templates.setdefault(name, text)
    for name, text in _load_builtins().items():
        templates.setdefault(name, text)
    return templates


def find_template(name: str, engine: Tera, theme: str | None) -> str | None:
    """Return the name under which a template is found: its own, the theme's, what is built in; None without any."""
    candidates = (name, f"{theme}/templates/{name}" if theme else name, _BUILTINS + name)
    return next((candidate for candidate in candidates if engine.has(candidate)), None)


def find_taxonomy_template(taxonomy: str, kind: str, engine: Tera, theme: str | None) -> str:
    """Return the template for a taxonomy's `kind` ("list" or "single"): its own, or else the one for all of them."""
    return find_template(f"{taxonomy}/{kind}.html", engine, theme) or f"taxonomy_{kind}.html"


def find_shortcodes(templates: Iterable[str]) -> dict[str, Shortcode]:
    """Return the shortcodes among those templates, by the name that texts call them by."""
    found: dict[str, Shortcode] = {}
    for template in sorted(templates):
        if template.startswith(_SHORTCODES):
            name = template.removeprefix(_SHORTCODES).rpartition(".")[0]
            found[name] = Shortcode(template=template, is_markdown=template.endswith(".md"))
    return found


def find_template_file(name: str, config: SiteConfig) -> str:
    """Return the file that a template came from, as its author names it; the name itself for what is built in."""
    theme = f"{config.theme}/templates/"
    candidates = [f"templates/{name}"]
    if config.theme:
        candidates.append(f"themes/{theme}{name.removeprefix(theme)}")
    return next((file for file in candidates if (config.root / file).is_file()), name)


def render_template(engine: Tera, config: SiteConfig, name: str, context: Mapping[str, Any]) -> str:
    """Render the template that `name` finds.

    Raises: SiteError when there is none, or when rendering it fails, with the place in the author's file.
    """
    found = find_template(name, engine, config.theme)
    try:
        if found:
            return engine.render(found, context)
        if name in _WELCOMES:
            return engine.render(_WELCOME_TEMPLATE, {"filename": name, "url": _WELCOMES[name]})
    except TeraError as error:
        raise in_files(error, config)[0] from error
    raise SiteError(
        f"Tried to render `{name}` but the template wasn't found",
        hint=f"Write `templates/{name}`, or name a template that there is.",
    )


def in_files(error: TeraError, config: SiteConfig) -> list[SiteError]:
    """Return the problems of some templates with their places in the files that these came from."""
    return [_in_file(problem, config) for problem in error.problems]


def _in_file(problem: TeraError, config: SiteConfig) -> SiteError:
    where = problem.where and replace(problem.where, file=find_template_file(problem.where.file, config))
    return SiteError(problem.message, where=where, reasons=problem.reasons, hint=problem.hint)


def _load_theme(theme_dir: Path, config: SiteConfig) -> dict[str, str]:
    folder = theme_dir / "templates"
    if not folder.is_dir():
        raise SiteError(
            f"Theme `{config.theme}` is missing a templates folder",
            where=Location(file=f"themes/{config.theme}"),
            hint=f"A theme needs `themes/{config.theme}/templates/`.",
        )
    named = dict(_load_folder(folder, _THEME_NAME, config.root))
    named |= {f"{config.theme}/templates/{name}": text for name, text in named.items()}
    robots = folder / "robots.txt"
    if robots.is_file():
        named["robots.txt"] = _load_text(robots, config.root)
    return named


@cache
def _load_builtins() -> dict[str, str]:
    folder = Path(__file__).parent / "builtin"
    named = dict(_load_folder(folder, _SITE_NAME, folder))
    alias = named.pop(ALIAS_TEMPLATE)
    return {ALIAS_TEMPLATE: alias, **{_BUILTINS + name: text for name, text in named.items()}}


def _load_folder(folder: Path, wanted: re.Pattern[str], root: Path) -> Iterator[tuple[str, str]]:
    for parent, folders, names in os.walk(folder, followlinks=True):
        folders.sort()
        for name in sorted(names):
            if wanted.search(name):
                file = Path(parent, name)
                yield file.relative_to(folder).as_posix(), _load_text(file, root)


def _load_text(file: Path, root: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        shown = file.relative_to(root).as_posix()
        raise SiteError(
            "A template is not valid UTF-8", where=Location(file=shown), hint="Save it with UTF-8 encoding."
        ) from None
