"""`hanji new TITLE`: begin a page, with its front matter filled in from the site's archetype."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from generator.commands.site import SiteChoice
from generator.commands.terminal import say, warn
from generator.errors import SiteError
from generator.model.options import BuildOptions

if TYPE_CHECKING:
    from generator.model.config import SiteConfig

_BUILTIN_ARCHETYPE = """\
+++
title = {{ title | json_encode }}
date = {{ date }}
{%- if draft %}
draft = true
{%- endif %}
{%- if categories or tags %}

[taxonomies]
{%- if categories %}
categories = {{ categories | json_encode }}
{%- endif %}
{%- if tags %}
tags = {{ tags | json_encode }}
{%- endif %}
{%- endif %}
+++

"""


@click.command(
    "new",
    short_help="Begin a page, with its front matter filled in.",
    epilog="""\b
Examples:
  hanji new "도커란 무엇인가?"               content/posts/dokeoran-mueosinga.md
  hanji new "Notes" --section diary --draft  content/diary/notes.md, as a draft
  hanji new "Colima" -t docker -t mac        with two tags
""",
)
@click.argument("title")
@click.option(
    "-s", "--section", metavar="DIR", default="posts", show_default=True, help="Folder of content/ to put it in."
)
@click.option("--slug", metavar="SLUG", help="The last part of its address, instead of one made from the title.")
@click.option("--date", "day", metavar="DATE", help="Its date, such as 2026-01-31; today unless given.")
@click.option("--draft", is_flag=True, help="Mark it as a draft, which is built only with --drafts.")
@click.option("-t", "--tag", "tags", metavar="TAG", multiple=True, help="A tag; may be given more than once.")
@click.option("--category", "categories", metavar="NAME", multiple=True, help="A category, likewise.")
@click.pass_obj
def command(site: SiteChoice, /, **given: Any) -> None:
    """Begin a page called TITLE in content/posts, and print where it is.

    The page starts as archetypes/SECTION.md or archetypes/default.md of the site, a template that sees title, date,
    slug, section, draft, tags and categories; without one, as front matter with what is given here. Nothing that exists
    is overwritten.
    """
    # Reading a config takes as long as starting: `--help` and a mistyped option go without.
    from generator.config.load import load_config

    wishes = _Wishes(**given)
    config = load_config(BuildOptions(root=site.root, config_file=site.config_file))
    _check_taxonomies(config, wishes)
    section = _read_section(wishes.section)
    slug = _choose_slug(config, wishes)
    folder = config.content_dir / section
    file = folder / f"{slug}.md"
    _check_free(file, config.root)
    values = {
        "title": wishes.title,
        "date": _read_day(wishes.day),
        "slug": slug,
        "section": str(section),
        "draft": wishes.draft,
        "tags": list(wishes.tags),
        "categories": list(wishes.categories),
    }
    _write(file, _render_archetype(config.root, section, values))
    say(f"slug: {slug}")
    if not (folder / "_index.md").exists():
        warn(f"{folder.relative_to(config.root)} has no _index.md, so that no section lists this page")
    click.echo(_shown(file))


class _Wishes(Struct, frozen=True, kw_only=True):
    """The command's argument and options, by their names."""

    title: str
    section: str
    slug: str | None
    day: str | None
    draft: bool
    tags: tuple[str, ...]
    categories: tuple[str, ...]


def _check_taxonomies(config: SiteConfig, wishes: _Wishes) -> None:
    known = {taxonomy.name for taxonomy in config.taxonomies}
    for name, option, terms in (("tags", "--tag", wishes.tags), ("categories", "--category", wishes.categories)):
        if terms and name not in known:
            hint = f'Add {{ name = "{name}" }} to `taxonomies` in {config.file.name}.'
            raise SiteError(f"{option} needs a taxonomy `{name}`, which this site does not have", hint=hint)


def _read_section(text: str) -> PurePosixPath:
    """Return the section's path below content/. Raises: SiteError when it leads out of there."""
    path = PurePosixPath(text.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        hint = "--section takes a path such as posts or notes/linux."
        raise SiteError(f"`{text}` is not a folder below content/", hint=hint)
    return path.relative_to("content") if path.parts[:1] == ("content",) else path


def _choose_slug(config: SiteConfig, wishes: _Wishes) -> str:
    from generator.text.slug import slugify_path

    slug = slugify_path(wishes.slug or wishes.title, config.slugify.paths).replace("/", "-").strip()
    if slug.strip(".") in ("", "index", "_index"):
        raise SiteError(f"The title `{wishes.title}` gives no name for a file", hint="Choose one with --slug.")
    return slug


def _read_day(text: str | None) -> str:
    from generator.text.dates import parse_moment

    if text is None:
        return date.today().isoformat()
    moment = parse_moment(text)
    if moment is None:
        raise SiteError(f"`{text}` is not a date", hint="Write it as 2026-01-31 or 2026-01-31T09:30:00.")
    return moment.text


def _check_free(file: Path, root: Path) -> None:
    """Raises: SiteError when the page exists, or a folder that would have the same address."""
    folder = file.parent / file.name.removesuffix(".md")
    for path in (file, folder / "index.md", folder / "_index.md"):
        if path.exists():
            hint = "Give the new page another --slug, or edit the one that is there."
            raise SiteError(f"{path.relative_to(root)} exists already", hint=hint)


def _render_archetype(root: Path, section: PurePosixPath, values: dict[str, Any]) -> str:
    from generator.tera import Tera

    names = (f"archetypes/{section}.md", "archetypes/default.md")
    name = next((name for name in names if (root / name).is_file()), None)
    if name is None:
        return Tera({"archetype.md": _BUILTIN_ARCHETYPE}).render("archetype.md", values)
    try:
        source = (root / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(f"{name} could not be read", reasons=[str(error)]) from error
    return Tera({name: source}).render(name, values)


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(file, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise SiteError(f"{file} could not be written", reasons=[error.strerror or str(error)]) from error


def _shown(file: Path) -> str:
    """Return the path as one would type it here."""
    here = Path(os.path.realpath("."))
    return str(file.relative_to(here) if file.is_relative_to(here) else file)
