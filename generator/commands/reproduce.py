"""A site in, the files out that come out differently under other circumstances; nothing is published."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from generator.errors import Location, SiteError, raise_all

# What must not matter: the zone and language of the machine, the order of sets, the number of cores, the umask.
_CIRCUMSTANCES: tuple[tuple[Mapping[str, str], Sequence[str], int], ...] = (
    ({"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, ("--jobs", "1"), 0o022),
    ({"TZ": "Asia/Seoul", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}, ("--jobs", "2"), 0o077),
)


def check_reproducible(before: Sequence[str], wishes: Sequence[str]) -> int:
    """Build a site anew under two circumstances and return how many files came out, the same ones both times.

    before, wishes: the command line's options before and after `build`. Raises: SiteErrors, one for each file that
    differs; SiteError when a build fails.
    """
    with tempfile.TemporaryDirectory(prefix="hanji-") as folder:
        one, other = (
            _build(Path(folder) / str(number), before, wishes, *circumstance)
            for number, circumstance in enumerate(_CIRCUMSTANCES)
        )
    differing = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
    raise_all(_difference(path) for path in differing)
    return len(one)


def _build(
    out: Path,
    before: Sequence[str],
    wishes: Sequence[str],
    environment: Mapping[str, str],
    options: Sequence[str],
    umask: int,
) -> dict[str, tuple[int, bytes]]:
    command = [sys.executable, "-m", "generator", *before, "build", *wishes, "--no-cache", "-o", str(out), *options]
    path = os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        command, env={**os.environ, **environment, "PYTHONPATH": path}, umask=umask, stderr=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise SiteError("The site does not build", reasons=(done.stderr.strip(),))
    paths = chain.from_iterable(((Path(folder) / name) for name in names) for folder, _, names in os.walk(out))
    return {p.relative_to(out).as_posix(): (stat.S_IMODE(p.stat().st_mode), p.read_bytes()) for p in paths}


def _difference(path: str) -> SiteError:
    return SiteError(
        "This file comes out differently each time",
        where=Location(file=path),
        hint="Something random or the present moment is in it; SOURCE_DATE_EPOCH sets the moment that `now()` returns.",
    )
