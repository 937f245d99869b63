"""What a person calls a file in; which output, copy or source of the site that stands for out."""

from __future__ import annotations

import difflib
import os
import unicodedata
from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from generator.assets.static import static_files
from generator.errors import SiteError
from generator.incremental.memory import Memory
from generator.model.config import SiteConfig


class LastBuild(Struct, frozen=True, kw_only=True, dict=True):
    """A site, the folder that it was published to, and what that build left."""

    config: SiteConfig
    target: Path
    memory: Memory

    def show(self, path: str) -> str:
        """Return an output as people name it, from the site's folder."""
        return os.path.relpath(self.target / path, self.config.root)

    @cached_property
    def copies(self) -> Mapping[str, str]:
        """What is published as it is: path → source, from the site's root."""
        glance = self.memory.load_glance()
        assets = {path: file for path, file, _ in glance.copies} if glance else {}
        static = static_files(self.config).files
        return {**assets, **{file.path: os.path.relpath(file.file, self.config.root) for file in static}}


class Subject(Struct, frozen=True, kw_only=True):
    """One of three: the path of an output, the path of a copy, or a source from the site's root."""

    output: str = ""
    copy: str = ""
    source: str = ""


def find_subject(given: str, build: LastBuild) -> Subject:
    """Return what a file's name, or an address of the site, stands for. Raises: SiteError when for nothing."""
    given = unicodedata.normalize("NFC", given)
    guesses = list(dict.fromkeys(_output_guesses(given, build)))
    if output := _first(guesses, build.memory.state.outputs):
        return Subject(output=output)
    if copy := _first(guesses, build.copies):
        return Subject(copy=copy)
    root = build.config.root
    for source in _below(root, given, root):
        if (root / source).is_file() and not (root / source).is_relative_to(build.target):
            return Subject(source=source)
    raise _unknown(given, guesses, build)


def _first(guesses: list[str], there: Container[str]) -> str | None:
    return next((guess for guess in guesses if guess in there), None)


def _output_guesses(given: str, build: LastBuild) -> Iterator[str]:
    for path in _below(build.target, given, build.config.root):
        yield from _with_index(path)
    path = unquote(_path_of(given))
    yield from _with_index(path.removeprefix(_path_of(build.config.base_url).rstrip("/")))
    yield from _with_index(path)


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:  # half an IPv6 address
        return url


def _below(folder: Path, given: str, root: Path) -> Iterator[str]:
    """Yield the path below a folder that a name stands for, from the current folder and from the site's."""
    for start in (Path.cwd(), root):
        file = Path(os.path.abspath(start / given))
        if file.is_relative_to(folder):
            yield file.relative_to(folder).as_posix()


def _with_index(path: str) -> Iterator[str]:
    name = path.strip("/")
    yield name
    yield f"{name}/index.html" if name not in ("", ".") else "index.html"


def _unknown(given: str, guesses: list[str], build: LastBuild) -> SiteError:
    paths = list(build.memory.state.outputs)
    near = dict.fromkeys(path for guess in guesses for path in difflib.get_close_matches(guess, paths, n=3))
    named = ", ".join(f"`{build.show(path)}`" for path in list(near)[:3])
    return SiteError(
        f"The last build made no `{given}`, and it is no source of the site",
        hint=f"Did you mean {named}?" if named else "Name a file of the output folder, an address, or a source.",
    )
