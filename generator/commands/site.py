"""The two options that come before every command: which site, and which config file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChoice:
    """root: as given with `--root`. config_file: as given with `--config`; None is the usual names."""

    root: Path
    config_file: Path | None = None
