"""`hanji init [NAME]`: ask three questions, then make the folders and the config of a new site."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from generator.errors import SiteError
from generator.text.urls import find_scheme

_FOLDERS = ("content", "templates", "static", "themes")
_DEFAULT_URL = "https://example.com"
_YES = {"y", "Y", "yes", "YES", "true"}
_NO = {"n", "N", "no", "NO", "false"}
_CONFIG = """\
# The URL the site will be built for
base_url = "{base_url}"

# Whether to compile the Sass files in the sass folder
compile_sass = {sass}

# Whether to build an index of all pages for search in the browser
build_search_index = {search}

[markdown]

[markdown.highlighting]
theme = "catppuccin-mocha"

[extra]
# Your own values: templates see them as config.extra
"""

Answer = TypeVar("Answer")


@click.command(
    "init",
    short_help="Make a new site, after three questions.",
    epilog="""\b
Examples:
  hanji init blog      in a new folder blog
  hanji init           in the current folder, which must be empty
""",
)
@click.argument("name", metavar="[NAME]", default=".", type=click.Path(path_type=Path))
@click.option("-f", "--force", is_flag=True, help="Make the site in a folder that holds something else too.")
def command(*, name: Path, force: bool) -> None:
    """Make a new site in the folder NAME (the current one unless given): a config file and empty folders.

    Asks for the site's address, and whether it uses Sass and a search index. Nothing that exists is overwritten.
    """
    if not force:
        _check_empty(name)
    click.echo("Welcome to hanji!\nThree questions; the answers stand in zola.toml and can be changed there.\n")
    base_url = _ask("What is the URL of your site?", f"({_DEFAULT_URL})", _read_url)
    sass = _ask("Do you want to enable Sass compilation?", "[Y/n]", _read_yes)
    search = _ask("Do you want to build a search index of the content?", "[y/N]", _read_no)
    config = _CONFIG.format(base_url=base_url, sass=str(sass).lower(), search=str(search).lower())
    _make_site(name, config, (*_FOLDERS, "sass") if sass else _FOLDERS)
    click.echo(f"\nDone! Your site was created in {name.resolve()}\n")
    click.echo("Go there, then: `hanji serve` shows the site while you write,")
    click.echo('`hanji new "My first post"` begins a page.')


def _check_empty(folder: Path) -> None:
    """Raises: SiteError when the folder is a file, or holds anything that is not hidden. Zola: init."""
    if not folder.exists():
        return
    if folder.is_dir() and all(entry.name.startswith(".") for entry in folder.iterdir()):
        return
    what = "The current directory" if folder == Path() else f"`{folder}`"
    raise SiteError(
        f"{what} is not an empty folder (hidden files are ignored).",
        hint="With --force the site is made beside what is there; nothing is overwritten.",
    )


def _read_url(line: str) -> str | None:
    url = line or _DEFAULT_URL
    # A quote or a backslash is in no URL, and would end the string in the config.
    return url if find_scheme(url) and url.isprintable() and not set('"\\ \ufffd') & set(url) else None


def _read_yes(line: str) -> bool | None:
    return True if line in _YES or not line else (False if line in _NO else None)


def _read_no(line: str) -> bool | None:
    return False if line in _NO or not line else (True if line in _YES else None)


def _ask(question: str, default: str, read: Callable[[str], Answer | None]) -> Answer:
    """Ask until the answer can be read. Raises: SiteError at the end of the input."""
    while True:
        click.echo(f"> {question} {default}: ", nl=False)
        line = sys.stdin.buffer.readline().decode(errors="replace")
        if not line:
            raise SiteError("The input ended before the questions did; no site was made")
        if (answer := read(line.strip())) is not None:
            return answer
        click.echo(f"Invalid {'URL' if read is _read_url else 'choice'}: '{line.strip()}'")


def _make_site(folder: Path, config: str, folders: tuple[str, ...]) -> None:
    """Write the config and the folders. Raises: SiteError, before anything is made, when one of them exists."""
    taken = [name for name in ("zola.toml", *folders) if (folder / name).exists()]
    if taken:
        raise SiteError(f"`{folder / taken[0]}` exists already", hint="Move it away, or make the site elsewhere.")
    try:
        folder.mkdir(exist_ok=True)
        (folder / "zola.toml").write_text(config, encoding="utf-8")
        for name in folders:
            (folder / name).mkdir()
    except OSError as error:
        raise SiteError(f"`{error.filename}` could not be made: {error.strerror}") from error
