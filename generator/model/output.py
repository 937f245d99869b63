"""What is to be written, and what a build reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import compress, repeat
from operator import is_
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct, field

from generator.model.content import ImageRequest


class OutputFile(Struct, frozen=True, kw_only=True):
    """One generated file.

    path: POSIX, below the output folder. source: what made it, for messages. reads: facts that it depends on.
    template: that rendered it. seconds: that it took. parts: of them what each template took by itself, if that is
    wanted.
    """

    path: str
    data: bytes
    source: str = ""
    images: tuple[ImageRequest, ...] = ()
    reads: tuple[tuple[str, ...], ...] = ()
    warnings: tuple[str, ...] = ()
    template: str = ""
    seconds: float = 0.0
    parts: tuple[tuple[str, float], ...] = ()


class ShelvedFile(Struct, frozen=True, kw_only=True):
    """One generated file whose bytes wait on disk until it is published, as all of them would fill the memory.

    path: POSIX, below the output folder. file: where it is, absolute. size: in bytes. The others: as of OutputFile.
    """

    path: str
    file: Path
    size: int
    source: str = ""
    seconds: float = 0.0
    parts: tuple[tuple[str, float], ...] = ()


Shelve = Callable[[OutputFile], "OutputFile | ShelvedFile"]
"""Puts a file away until it is published, or returns it as it is."""


def hold(file: OutputFile) -> OutputFile:
    """Leave a file where it is, in memory."""
    return file


class PendingFile(NamedTuple):
    """One generated file of a preview that is made when somebody asks for it.

    path: POSIX, below the output folder. make: takes the path, returns the bytes, made once, in any thread; raises
    SiteError.
    """

    path: str
    make: Callable[[str], bytes]

    def read(self) -> bytes:
        """Return its bytes. Raises: SiteError."""
        return self.make(self.path)


class CopiedFile(Struct, frozen=True, kw_only=True):
    """One file that is published as it is.

    path: POSIX, below the output folder. file: absolute source. hard_link: share its bytes instead of copying.
    """

    path: str
    file: Path
    hard_link: bool = False


def find_copied(files: Mapping[str, object]) -> Iterator[str]:
    """Yield the paths of files that are published as they are; of many others, none costs a step of its own."""
    return compress(files, map(is_, map(type, files.values()), repeat(CopiedFile)))


class KeptFile(Struct, frozen=True, kw_only=True):
    """One file that stands in the output folder as the last build left it, and is still right.

    path: POSIX, below the output folder.
    """

    path: str


class Timing(Struct, frozen=True, kw_only=True):
    """How long a build took for one text, file or image. name: of the source (`content/a.md`), or the output's path.

    source: what it is part of, for people. parts: what each template took by itself.
    """

    work: Literal["Markdown", "template", "image"]
    name: str
    seconds: float
    source: str = ""
    parts: tuple[tuple[str, float], ...] = ()


class BuildReport(Struct, frozen=True, kw_only=True):
    """What a build found. pages, orphans, sections: as Zola counts them.

    ignored: shown paths of pages that a sorted section leaves out. orphan_paths: URL paths of pages in no section.
    """

    pages: int = 0
    orphans: int = 0
    sections: int = 0
    ignored: tuple[str, ...] = ()
    orphan_paths: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Unready(Struct, frozen=True, kw_only=True):
    """Why a page of a preview is not for readers yet. date: of the page, if it was ahead at the build; aware."""

    draft: bool = False
    date: datetime | None = None


def _nothing() -> None:
    return


def _find_nothing(path: str) -> None:
    return


class SiteOutput(Struct, frozen=True, kw_only=True):
    """A built site, not yet written. files: path below the output folder → its content or its source.

    root: the site's folder, absolute. folders: empty folders to make (static ones). config_output_dir: where the
    config wants it, absolute. preserve_dotfiles: leave what begins with a dot at the output's root. timings: of what
    was made, and not kept. published: to be called once all of it stands in its folder. unready: by path, pages of a
    preview that are to be marked. pending: files of a preview that are not made yet; find_image: those images that
    such files asked for when they were made. roots: where files that are copied must lie; None for any place.
    """

    root: Path
    roots: tuple[str, ...] | None = None
    files: Mapping[str, OutputFile | ShelvedFile | CopiedFile | KeptFile]
    folders: tuple[str, ...] = ()
    config_output_dir: Path
    preserve_dotfiles: bool = False
    report: BuildReport
    timings: Callable[[], Sequence[Timing]] = tuple
    published: Callable[[], None] = _nothing
    unready: Mapping[str, Unready] = field(default_factory=dict)
    pending: Mapping[str, PendingFile] = field(default_factory=dict)
    find_image: Callable[[str], bytes | None] = _find_nothing


class WriteReport(Struct, frozen=True, kw_only=True):
    """How many files a publication wrote, left as they were, and removed."""

    written: int = 0
    kept: int = 0
    removed: int = 0
