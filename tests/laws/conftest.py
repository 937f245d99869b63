"""The blog that the laws are tried on."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws.living_blog import Blog


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path / "blog")
