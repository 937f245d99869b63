"""A site to build in a test: written file by file, built, read, changed, built again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.model.options import BuildOptions
from generator.model.output import BuildReport, KeptFile, OutputFile, SiteOutput
from generator.pipeline import build_site
from generator.write import publish

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
            if not isinstance(file, KeptFile)
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

    def publish(self) -> dict[str, bytes]:
        """Build with what the last build left, publish to `public/`, and return what stands there."""
        built = self.build(cache=True)
        publish(built.output, self.root / "public")
        built.output.published()
        public = self.root / "public"
        return {p.relative_to(public).as_posix(): p.read_bytes() for p in public.rglob("*") if p.is_file()}


@pytest.fixture(scope="session")
def new_site() -> Callable[[Path], SiteFolder]:
    """Makes a site in a folder that does not exist yet."""

    def make(root: Path) -> SiteFolder:
        root.mkdir()
        return SiteFolder(root)

    return make


@pytest.fixture
def site(tmp_path: Path, new_site: Callable[[Path], SiteFolder]) -> SiteFolder:
    return new_site(tmp_path / "site")
