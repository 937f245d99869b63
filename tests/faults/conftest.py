"""A site whose two versions can be told from each other in any file, and the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
PAGES = 40


class TwoVersions:
    """A site of which every file says its version."""

    def __init__(self, site: Any) -> None:
        self.site = site
        self.public: Path = site.root / "public"
        site.write("templates/page.html", "{{ page.content | safe }}end of page")

    def write(self, version: str) -> None:
        for number in range(PAGES):
            self.site.page(f"posts/{number:02}.md", f"version {version}")
            self.site.write(f"static/{number:02}.txt", f"version {version}")

    def standing(self) -> set[str]:
        """Return the versions that stand in the output; `broken` for a file that is missing or cut."""
        return {self._version_of(number, page) for number in range(PAGES) for page in (True, False)}

    def _version_of(self, number: int, page: bool) -> str:
        file = self.public / (f"posts/{number:02}/index.html" if page else f"{number:02}.txt")
        text = file.read_text() if file.exists() else ""
        whole = text.endswith("end of page") if page else True
        return text.split("version ")[1][0] if whole and "version " in text else "broken"


@pytest.fixture
def versions(site: Any) -> TwoVersions:
    site.write("content/posts/_index.md", "+++\n+++\n")
    return TwoVersions(site)


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[str]]:
    """Start the command line in a process, and a process group, of its own."""

    def run(root: Path, *arguments: str, **more: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "generator", "--root", str(root), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"},
            start_new_session=True,
            **more,
        )

    return run


@dataclass(frozen=True)
class Answer:
    """How a call of the command line ended, and all that it said."""

    status: int
    said: str


@pytest.fixture
def hanji(start: Callable[..., subprocess.Popen[str]]) -> Callable[..., Answer]:
    """Call the command line in a process of its own, and wait for its end."""

    def call(root: Path, *arguments: str, **more: Any) -> Answer:
        with start(root, *arguments, **more) as process:
            said, _ = process.communicate(timeout=60)
        return Answer(process.returncode, said)

    return call
