"""A site to build in a test: written file by file, built, read, changed, built again."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from generator.model.options import BuildOptions
from generator.model.output import BuildReport, OutputFile, SiteOutput
from generator.pipeline import build_site

CONFIG = 'base_url = "https://example.com"\n'
PAGE = "{{ page.content | safe }}"
SECTION = "{% for page in section.pages %}{{ page.title }};{% endfor %}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    # Said here and not in tests/browser: with xdist only the outermost conftest is loaded where the summary is written.
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        terminalreporter.write_line("tests/browser is left out: no chromium with its chromedriver was found")


@dataclass(frozen=True)
class Built:
    """What a build gave."""

    output: SiteOutput

    @property
    def report(self) -> BuildReport:
        return self.output.report

    @property
    def files(self) -> Mapping[str, bytes]:
        return {
            path: file.data if isinstance(file, OutputFile) else file.file.read_bytes()
            for path, file in self.output.files.items()
        }

    def text(self, path: str) -> str:
        return self.files[path].decode()


class SiteFolder:
    """A site on disk that holds the least a build needs, and what a test writes into it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("config.toml", CONFIG)
        self.write("templates/page.html", PAGE)
        self.write("templates/section.html", SECTION)
        self.write("templates/index.html", SECTION)

    def write(self, path: str, text: str | bytes) -> SiteFolder:
        """Write one file; returns the site, so that calls can be chained."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return self

    def page(self, path: str, body: str = "", **meta: str) -> SiteFolder:
        """Write `content/PATH` with a title, TOML front matter values as given, and a body."""
        lines = [f"{key} = {value}" for key, value in {"title": f'"{Path(path).stem}"', **meta}.items()]
        return self.write(f"content/{path}", "\n".join(["+++", *lines, "+++", "", body]))

    def remove(self, path: str) -> SiteFolder:
        (self.root / path).unlink()
        return self

    def build(self, **wishes: object) -> Built:
        """Build in this process, unless `jobs` says otherwise."""
        options = BuildOptions(root=self.root, jobs=1)
        return Built(build_site(replace(options, **wishes)))  # type: ignore[arg-type]


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    root = tmp_path / "site"
    root.mkdir()
    return SiteFolder(root)
