"""The two options that come before every command: which site, and which config file."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class SiteChoice(Struct, frozen=True, kw_only=True):
    """root: as given with `--root`. config_file: as given with `--config`; None is the usual names."""

    root: Path
    config_file: Path | None = None
