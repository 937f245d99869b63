"""Names of files as templates write them in, files inside the site out, with what is worth knowing of them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from generator.assets.images import ImageInfo, read_image_info
from generator.model.config import SiteConfig
from generator.tera.errors import CallError


class FoundFile(NamedTuple):
    """A file of the site. name: the path as Zola hashes it: without `/` in front, `content/` for `@/`."""

    file: Path
    name: str


class SiteFiles:
    """The files that functions may read; for one build, during which each is looked for, hashed and measured once."""

    def __init__(self, config: SiteConfig) -> None:
        self._root = config.root
        theme_static = (config.theme_dir / "static",) if config.theme_dir else ()
        output = config.root / config.output_dir
        self._folders = (config.root, config.static_dir, config.content_dir, output, *theme_static)
        self._found: dict[str, FoundFile | None] = {}
        self._digests: dict[tuple[Path, str], bytes] = {}
        self._images: dict[Path, ImageInfo] = {}

    def find(self, path: str) -> FoundFile | None:
        """Look a path up in the site, its static, content and output folders and its theme's static one, in this order.

        Raises: CallError for a file outside of these, however the path gets there.
        """
        if path not in self._found:
            self._found[path] = self._find(path)
        return self._found[path]

    def read(self, file: Path) -> bytes:
        """Return a file's bytes. Raises: OSError, also for what is no regular file and might never end."""
        if not file.is_file():
            raise OSError(None, "not a regular file")
        return file.read_bytes()

    def digest(self, file: Path, algorithm: str) -> bytes:
        """Return the hash of a file's bytes. Raises: OSError."""
        place = (file, algorithm)
        if place not in self._digests:
            self._digests[place] = hashlib.new(algorithm, self.read(file)).digest()
        return self._digests[place]

    def image_info(self, file: Path) -> ImageInfo:
        """Return an image's size and format. Raises: SiteError."""
        if file not in self._images:
            self._images[file] = read_image_info(file)
        return self._images[file]

    def _find(self, path: str) -> FoundFile | None:
        name = path.replace("@/", "content/") if path.startswith("@/") else path.lstrip("/")
        for folder in self._folders:
            file = folder / name
            if os.path.exists(file):
                self._check_inside(path, file, folder)
                return FoundFile(file, name)
        return None

    def _check_inside(self, path: str, file: Path, folder: Path) -> None:
        """Refuse what leaves the site; a folder that is itself a link may stand elsewhere."""
        real = file.resolve()
        if not (real.is_relative_to(self._root.resolve()) or real.is_relative_to(folder.resolve())):
            raise CallError(f"`{path}` is not inside the base site directory")
