"""Which templates a site has, from its own folder, its theme and what is built in, and how a name finds one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from generator.errors import SiteError
from generator.markdown.context import Shortcode
from generator.model.config import SiteConfig
from generator.templating.loading import BUILTINS
from generator.tera import Tera, TeraError

_WELCOME_TEMPLATE = f"{BUILTINS}internal/welcome.html"
_SHORTCODES = "shortcodes/"

_DOCUMENTATION = "https://www.getzola.org/documentation/templates/"
# Pages that show a welcome instead of an error while a site has no template of that name.
_WELCOMES = {
    "index.html": _DOCUMENTATION + "pages-sections/#section-variables",
    "section.html": _DOCUMENTATION + "pages-sections/#section-variables",
    "page.html": _DOCUMENTATION + "pages-sections/#page-variables",
    "single.html": _DOCUMENTATION + "taxonomies/",
    "list.html": _DOCUMENTATION + "taxonomies/",
}


def find_template(name: str, engine: Tera, theme: str | None) -> str | None:
    """Return the name under which a template is found: its own, the theme's, what is built in; None without any."""
    candidates = (name, f"{theme}/templates/{name}" if theme else name, BUILTINS + name)
    return next((candidate for candidate in candidates if engine.has(candidate)), None)


def find_taxonomy_template(taxonomy: str, kind: str, engine: Tera, theme: str | None) -> str:
    """Return the template for a taxonomy's `kind` ("list" or "single"): its own, or else the one for all of them."""
    return find_template(f"{taxonomy}/{kind}.html", engine, theme) or f"taxonomy_{kind}.html"


def find_shortcodes(templates: Iterable[str]) -> dict[str, Shortcode]:
    """Return the shortcodes among those templates, by the name that texts call them by.

    Zola: what does not end in `.md` is cut as if it ended in `.html`, so that `a.txt` is no shortcode `a`.
    """
    found: dict[str, Shortcode] = {}
    for template in sorted(templates):
        if template.startswith(_SHORTCODES):
            is_markdown = template.endswith(".md")
            name = template.removeprefix(_SHORTCODES)[: -len(".md" if is_markdown else ".html")]
            found[name] = Shortcode(template=template, is_markdown=is_markdown)
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
