"""What one run of a command was asked to do."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from generator.model.config import BuildMode


class BuildOptions(Struct, frozen=True, kw_only=True):
    """A build's wishes, from the command line.

    root: folder to look for the config in, and above it. config_file: another config file's name.
    base_url: instead of the config's. drafts: with them. minify: HTML, whatever the config says.
    jobs: worker processes; None is one a core. skip_external_links: `check` alone.
    output_dir: absolute; None is the config's. cache: use what earlier builds left, and leave it for the next.
    """

    root: Path
    config_file: Path | None = None
    mode: BuildMode = "build"
    base_url: str | None = None
    drafts: bool = False
    minify: bool = False
    jobs: int | None = None
    skip_external_links: bool = False
    output_dir: Path | None = None
    cache: bool = False
