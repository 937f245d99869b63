"""A command line to call, and a pipeline to put under it that does no work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from generator.cli import run
from generator.engine.watch import Watch
from generator.model.options import BuildOptions
from generator.model.output import BuildReport, OutputFile, Shelve, SiteOutput


@dataclass(frozen=True)
class Answer:
    """What a call of the command line gave back."""

    status: int
    out: str
    err: str


@pytest.fixture
def hanji(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Call the command line in this process: hanji("build", "--drafts")."""
    monkeypatch.delenv("CLICOLOR_FORCE", raising=False)

    def call(*arguments: str | Path) -> Answer:
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        said = capfd.readouterr()
        return Answer(status, said.out, said.err)

    return call


class FakePipeline:
    """Stands in for the pipeline: remembers its options, answers with one page or raises what it is told to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.options: list[BuildOptions] = []
        self.report = BuildReport(pages=3, orphans=1, sections=2)
        self.failure: Exception | None = None
        self.output_dir = root / "public"

    def build_site(self, options: BuildOptions, watch: Watch, shelve: Shelve) -> SiteOutput:
        report = self.check_site(options, watch)
        page = OutputFile(path="index.html", data=b"<p>home</p>")
        return SiteOutput(root=self.root, files={page.path: page}, config_output_dir=self.output_dir, report=report)

    def check_site(self, options: BuildOptions, watch: Watch) -> BuildReport:
        self.options.append(options)
        if self.failure:
            raise self.failure
        return self.report


@pytest.fixture
def pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    """A pipeline that does no work, for a site in tmp_path/site; the current folder is tmp_path."""
    root = tmp_path / "site"
    root.mkdir()
    (root / "config.toml").write_text('base_url = "https://example.com"\n')
    fake = FakePipeline(root)
    module = ModuleType("generator.pipeline")
    module.build_site = fake.build_site
    module.check_site = fake.check_site
    monkeypatch.setitem(sys.modules, "generator.pipeline", module)
    monkeypatch.chdir(tmp_path)
    return fake
