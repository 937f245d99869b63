"""`hanji explain PATH`: how a published file came to be, or which files a source went into."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from generator.commands.messages import message_format
from generator.commands.site import SiteChoice
from generator.errors import SiteError, SiteErrors
from generator.model.options import BuildOptions

if TYPE_CHECKING:
    from generator.commands.subject import LastBuild
    from generator.model.config import SiteConfig
    from generator.templating.effects import Fact
    from generator.tera import Tera


def _choose(_ctx: click.Context, _param: click.Parameter, value: Literal["text", "json"]) -> None:
    message_format.set(value)


@click.command(
    "explain",
    short_help="Tell how a published file came to be, and why it was built.",
    epilog="""\b
Examples:
  hanji explain public/posts/hello/index.html    a published file
  hanji explain /posts/hello/                    the same, by its address
  hanji explain content/posts/hello.md           which files a source went into
  hanji explain templates/base.html              and a template
""",
)
@click.argument("path", metavar="PATH", type=click.Path())
@click.option("-u", "--base-url", metavar="URL", help="The --base-url of the build.")
@click.option(
    "-o",
    "--output-dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The --output-dir of the build.",
)
@click.option("--drafts", is_flag=True, help="The build was one with --drafts.")
@click.option("--minify", is_flag=True, help="The build was one with --minify.")
@click.option(
    "--format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    expose_value=False,
    callback=_choose,
    is_eager=True,
    help="How it is told: for people, or one line for a program, with everything.",
)
@click.pass_obj
def command(
    site: SiteChoice, path: str, *, base_url: str | None, output_dir: Path | None, drafts: bool, minify: bool
) -> None:
    """Tell how a published file came to be: its sources and templates, what it read, when it was rendered, how long
    that took, and why it was.

    PATH is a file of the output folder, or an address of the site. For a source, such as a page's Markdown, a
    template, or a file of data, it tells which files it went into. All is as the last build left it.
    """
    # Much of the program is behind it; `--help` needs none of it.
    from generator.commands.subject import LastBuild, find_subject
    from generator.config.load import load_config
    from generator.files.own_folder import NAME
    from generator.incremental.memory import open_memory

    options = BuildOptions(
        root=site.root,
        config_file=site.config_file,
        base_url=base_url,
        drafts=drafts,
        minify=minify,
        output_dir=Path(os.path.abspath(output_dir)) if output_dir else None,
        cache=True,
    )
    config = load_config(options)
    target = options.output_dir or config.root / config.output_dir
    if not (config.root / NAME).is_dir():
        raise _no_build()
    build = LastBuild(config=config, target=target, memory=open_memory(config, target, options=options))
    if not build.memory.state.outputs:
        raise _no_build()
    subject = find_subject(path, build)
    if subject.output:
        _tell_output(subject.output, build)
    elif subject.copy:
        _tell_copy(subject.copy, build)
    else:
        _tell_source(subject.source, build)


def _no_build() -> SiteError:
    return SiteError(
        "There is no build to explain",
        hint="Run `hanji build` first; what --no-cache, other settings or another hanji built is not known here. "
        "If it was built with --drafts, --minify, --base-url or --output-dir, explain needs the same.",
    )


def _tell(values: dict[str, Any], lines: Sequence[str]) -> None:
    click.echo(json.dumps(values) if message_format.get() == "json" else "\n".join(lines))


def _tell_output(path: str, build: LastBuild) -> None:
    from generator.commands.explanation import explanation_values, format_explanation, template_tree
    from generator.incremental.explain import explain_output
    from generator.templating.environment import find_template

    found, shown, config = explain_output(path, build.memory), build.show(path), build.config
    templates: list[str] = []
    if found.template:
        engine = _read_templates(build)
        name = find_template(found.template, engine, config.theme) or found.template
        templates = template_tree(name, engine, lambda each: _shown_template(each, config))
    _tell(explanation_values(found, shown, templates), format_explanation(found, shown, templates))


def _shown_template(name: str, config: SiteConfig) -> str:
    from generator.templating.environment import find_template_file
    from generator.templating.loading import BUILTINS

    file = find_template_file(name, config)
    return file if file != name else f"{name.removeprefix(BUILTINS)} (built in)"


def _tell_copy(path: str, build: LastBuild) -> None:
    source, shown = build.copies[path], build.show(path)
    _tell({"file": shown, "what": "copy", "source": source}, [shown, f"  what     a copy of {source}"])


def _tell_source(source: str, build: LastBuild) -> None:
    from generator.commands.explanation import format_readers, readers_values
    from generator.incremental.explain import find_outputs_of

    readers = find_outputs_of(source, build.memory.state, _meaning(source, build))
    readers |= {path: [] for path, copied in build.copies.items() if copied == source}
    shown = {build.show(path): facts for path, facts in readers.items()}
    _tell(readers_values(source, shown), format_readers(source, shown))


def _meaning(source: str, build: LastBuild) -> Callable[[Fact], bool]:
    """Return what tells whether a fact is one of that source."""
    folder, _, name = source.partition("/")
    if folder == "content":
        return lambda fact: (fact[0] in ("page", "section", "link") and fact[1] == name) or _is_file(fact, source)
    theme = f"themes/{build.config.theme}/templates/"
    if folder != "templates" and not source.startswith(theme):
        return lambda fact: _is_file(fact, source)
    names = {source.removeprefix("templates/"), source.removeprefix("themes/"), source.removeprefix(theme)}
    engine, of_theme = _read_templates(build), build.config.theme
    return cache(lambda fact: fact[0] == "template" and not names.isdisjoint(_behind(fact[1], engine, of_theme)))


def _is_file(fact: Fact, source: str) -> bool:
    """Tell whether a fact is a file that was looked for; names may leave out `static/` or `content/`."""
    if fact[0] != "file":
        return False
    name = fact[1].replace("@/", "content/", 1) if fact[1].startswith("@/") else fact[1].lstrip("/")
    return name == source or f"static/{name}" == source or f"content/{name}" == source


def _behind(name: str, engine: Tera, theme: str | None) -> frozenset[str]:
    """Return the templates that a name finds, and all that these use."""
    from generator.templating.environment import find_template

    found = find_template(name, engine, theme)
    return engine.dependencies(found) if found else frozenset()


def _read_templates(build: LastBuild) -> Tera:
    """Return an engine to look templates up in. Raises: SiteErrors for broken ones."""
    from generator.templating.environment import in_files
    from generator.templating.loading import load_templates
    from generator.tera import FolderStore, Tera, TeraError

    memory = build.memory
    kept = FolderStore(memory.templates, memory.seal) if memory.templates else None
    try:
        return Tera(load_templates(build.config), cache=kept)
    except TeraError as error:
        raise SiteErrors(in_files(error, build.config)) from error
