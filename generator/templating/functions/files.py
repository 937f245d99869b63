"""Names of files as templates write them in, files inside the site out, with what is worth knowing of them."""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from generator.assets.images import ImageInfo, read_image_info
from generator.files.reading import read_regular
from generator.model.config import SiteConfig
from generator.model.content import Page, Section
from generator.model.output import OutputFile
from generator.templating.effects import Effects
from generator.tera.errors import CallError


class FoundFile(NamedTuple):
    """A file of the site. name: the path as Zola hashes it: without `/` in front, `content/` for `@/`.

    content: of one that this build makes, and that is not written yet.
    """

    file: Path
    name: str
    content: bytes | None = None


class SiteFiles:
    """The files that functions may read; for one build, during which each is looked for, hashed and measured once.

    effects: notes each file that is looked for. generated: what this build has made so far. documents: those whose
    assets may be named by where they are published. Zola: it finds both in the output, if they are there by then; what
    an earlier build left there is none of this one's business.
    """

    def __init__(
        self,
        config: SiteConfig,
        effects: Effects,
        generated: Iterable[OutputFile] = (),
        documents: Iterable[Page | Section] = (),
    ) -> None:
        self.effects = effects
        self._root = config.root
        self._limits = config.limits
        self._roots = config.roots
        self._follow_links = config.security.follow_symlinks
        self._output = config.root / config.output_dir
        self._folders = (config.root, config.static_dir, config.content_dir)
        self._theme_folders = (config.theme_dir / "static",) if config.theme_dir else ()
        self._generated = {made.path: made.data for made in generated}
        self._documents = documents
        self._found: dict[str, FoundFile | None] = {}
        self._digests: dict[tuple[Path, str], bytes] = {}
        self._images: dict[Path, ImageInfo] = {}

    def find(self, path: str) -> FoundFile | None:
        """Look a path up in the site, its static and content folders, its output and its theme's static folder.

        Raises: CallError for a file outside of these, however the path gets there.
        """
        self.effects.read("file", path)
        if path not in self._found:
            name = path.replace("@/", "content/") if path.startswith("@/") else path.lstrip("/")
            self._found[path] = (
                self._find_in(self._folders, name, path)
                or self._find_generated(name)
                or self._find_published(name)
                or self._find_in(self._theme_folders, name, path)
            )
        return self._found[path]

    def show(self, found: FoundFile) -> str:
        """Return where a file stands, from the site's root."""
        return str(found.file).removeprefix(f"{self._root}{os.sep}")

    def read(self, found: FoundFile) -> bytes:
        """Return a file's bytes. Raises: OSError, also for what is no regular file and might never end."""
        if found.content is not None:
            return found.content
        return read_regular(found.file, most=self._limits.data_size, roots=self._roots)

    def digest(self, found: FoundFile, algorithm: str) -> bytes:
        """Return the hash of a file's bytes. Raises: OSError."""
        place = (found.file, algorithm)
        if place not in self._digests:
            self._digests[place] = hashlib.new(algorithm, self.read(found)).digest()
        return self._digests[place]

    def image_info(self, found: FoundFile) -> ImageInfo:
        """Return an image's size and format. Raises: SiteError."""
        if found.file not in self._images:
            self._images[found.file] = read_image_info(found.file, limits=self._limits, roots=self._roots)
        return self._images[found.file]

    def _find_generated(self, name: str) -> FoundFile | None:
        content = self._generated.get(name)
        return None if content is None else FoundFile(self._output / name, name, content)

    def _find_published(self, name: str) -> FoundFile | None:
        file = self._published.get(posixpath.normpath(name))
        return None if file is None else FoundFile(file, name)

    @cached_property
    def _published(self) -> dict[str, Path]:
        """Output path → asset. Made when a file is found nowhere else, which few sites ask for."""
        return {
            f"{document.path}{file.relative_to(document.source.file.parent).as_posix()}".lstrip("/"): file
            for document in self._documents
            if isinstance(document, Section) or document.meta.render
            for file in document.assets
        }

    def _find_in(self, folders: Iterable[Path], name: str, path: str) -> FoundFile | None:
        for folder in folders:
            # As text: a path object would drop the slash that makes a file's name one of no file.
            if os.path.exists(f"{folder}/{name}"):
                file = folder / name
                self._check_inside(path, file, folder)
                return FoundFile(file, name)
        return None

    def _check_inside(self, path: str, file: Path, folder: Path) -> None:
        """Refuse what leaves the site; a folder that is itself a link may stand elsewhere."""
        if self._follow_links and os.path.normpath(file).startswith(f"{folder}/"):
            return
        real = file.resolve()
        if not (real.is_relative_to(self._root.resolve()) or real.is_relative_to(folder.resolve())):
            raise CallError(f"`{path}` is not inside the base site directory")
