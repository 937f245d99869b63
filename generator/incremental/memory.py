"""The folder where a site's builds leave what the next one may use; `.hanji/`, safe to delete, safe to copy."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from generator.files.own_folder import find_seal, make_own_folder
from generator.files.reading import read_regular
from generator.incremental.glance import Glance
from generator.incremental.published import InFolder, InMemory, Published
from generator.incremental.saved import load_saved, save
from generator.incremental.state import State
from generator.incremental.states import States
from generator.incremental.texts import MOST_HELD, TextStore
from generator.model.config import BuildConfig, SiteConfig
from generator.model.options import BuildOptions
from generator.model.output import OutputFile
from generator.write.publication import find_second

if TYPE_CHECKING:
    from generator.highlight import Highlighter
    from generator.incremental.index import Index
    from generator.incremental.later import Later
    from generator.model.content import Page, Section, SourceFile
    from generator.model.library import Library
    from generator.render.plan import Plan

# Libraries whose new version may give other bytes, as installers name the folders that they put beside them.
_LIBRARY = re.compile(
    r"(?:jinja2|markdown[-_.]it[-_.]py|minify[-_.]html|nh3|pillow|pygments|snowballstemmer)-.*\.(?:dist|egg)-info",
    re.IGNORECASE,
)
_OF_PROGRAM = (".py", ".json", ".html", ".xml", ".txt", ".js", ".bin")


class Known(Struct, frozen=True, kw_only=True):
    """What a process knows of a build that it has done: the state that it left, and what that was made from.

    sources: of the documents. index: of the outputs, if it is kept. later: makes those files that are still pending.
    """

    state: State
    sources: tuple[SourceFile, ...]
    documents: Mapping[str, Page | Section]
    library: Library
    backlinks: Mapping[str, tuple[str, ...]]
    plan: Plan
    highlighter: Highlighter | None
    index: Index | None = None
    later: Later | None = None


Keep = Callable[[Known, Callable[[], Glance], Mapping[str, OutputFile]], None]


def _forget(known: Known, glance: Callable[[], Glance], files: Mapping[str, OutputFile]) -> None:
    return


def _no_glance() -> None:
    return None


class Memory(Struct, frozen=True, kw_only=True, dict=True):
    """What earlier builds of a site left.

    load_state, load_glance: read what is checked then; texts are checked one by one when they are read. known: the
    last build, when it was this process that did it. version: of the program and the settings that all of it holds
    for. templates: folder of compiled ones; seal: their key. published: the files that the last build published. keep:
    takes what is to be left for the next build, and the generated files. patience_s: files that take longer to render
    are left pending; None where all are wanted. doubtful: paths of files that may have changed since the last build;
    None where any may. index: of all outputs that there are records of; None where it is not worth keeping.
    """

    load_state: Callable[[], State] = State
    load_glance: Callable[[], Glance | None] = _no_glance
    known: Known | None = None
    texts: TextStore = field(default_factory=TextStore)
    version: bytes = b""
    templates: Path | None = None
    seal: bytes = b""
    published: Published = field(default_factory=InMemory)
    keep: Keep = _forget
    patience_s: float | None = None
    doubtful: frozenset[Path] | None = None
    index: Index | None = None

    @cached_property
    def state(self) -> State:
        """Documents, texts and outputs with what they read."""
        return self.known.state if self.known else self.load_state()


def open_memory(config: SiteConfig, target: Path, *, options: BuildOptions, anew: bool = False) -> Memory:
    """Return what earlier builds with the same settings, by the same code, into the same folder left.

    anew: nothing of it, but the place to leave it at.
    """
    folder = make_own_folder(config.root) if options.cache else None
    if folder is None:
        return Memory()
    # The name is the same wherever the site stands.
    below = target.relative_to(config.root) if target.is_relative_to(config.root) else target
    seal = find_seal(folder)
    name = _hash(f"{options.mode} {options.drafts} {config.base_url} {below}".encode()).hex()[:12]
    glance_file = folder / f"glance-{name}"
    code = _hash(b"\0".join((_code_version(), *map(_content, _code_files(config)))))
    states = States(
        folder=folder,
        name=f"state-{name}",
        version=_hash(code + _settings(replace(config, base_url="", mode="build")) + bytes([options.drafts])),
        settings=_hash(_settings(config)),
        home=config.make_permalink("/"),
    )
    current = states.version + states.settings
    # What workers on other machines ask for is sent to them.
    texts = TextStore(folder / "texts.sqlite", most_held=None if config.build.executor else MOST_HELD)

    def keep(known: Known, glance: Callable[[], Glance], files: Mapping[str, OutputFile]) -> None:
        states.save(known.state)
        texts.drop_others({record.text for record in known.state.texts.values()})
        save(glance_file, current, glance())

    return Memory(
        load_state=State if anew else states.load,
        load_glance=_no_glance if anew else partial(load_saved, glance_file, current, Glance),
        texts=texts,
        version=current,
        templates=folder / "templates" if seal else None,
        seal=seal or b"",
        published=InFolder(target, find_second(target, config.root)),
        keep=keep,
    )


def _settings(config: SiteConfig) -> bytes:
    """Return all settings as bytes, wherever the site stands, and whoever builds it."""
    same = replace(config, root=Path(), roots=None, file=Path(config.file.name), build=BuildConfig())
    return repr(same).encode("utf-8", "surrogatepass")


def _code_files(config: SiteConfig) -> list[Path]:
    """The grammars and themes of code that the settings name."""
    highlighting = config.markdown.highlighting
    names = (*highlighting.extra_grammars, *highlighting.extra_themes) if highlighting else ()
    return [config.file.parent / name for name in names]


def _content(file: Path) -> bytes:
    try:
        return _hash(read_regular(file))
    except OSError:
        return b""


@cache
def _code_version() -> bytes:
    """Return what stands for this program, its libraries and its Python."""
    digest = hashlib.blake2b(f"{sys.implementation.name} {sys.version_info} {_find_libraries()}".encode())
    package = os.path.dirname(os.path.dirname(__file__))
    # Read in the shortest way: these are more files than a site with a hundred posts has.
    for path in _find_program(package):
        digest.update(path[len(package) :].encode())
        with open(path, "rb", buffering=0) as file:
            digest.update(file.read())
    return digest.digest()


def _find_program(package: str) -> Iterator[str]:
    for folder, folders, names in os.walk(package):
        folders.sort()
        yield from (f"{folder}{os.sep}{name}" for name in sorted(names) if name.endswith(_OF_PROGRAM))


def _find_libraries() -> list[str]:
    """Return names that tell libraries and versions; `importlib.metadata` takes longer to load than to find them."""
    found: list[str] = []
    for place in sys.path:
        with suppress(OSError):
            found += sorted(filter(_LIBRARY.fullmatch, os.listdir(place or os.curdir)))
    return found


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
