"""Pages and sections without files, for the graph's tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.model.config import LanguageOptions, SiteConfig, TaxonomyConfig
from generator.model.content import FileInfo, Page, PageMeta, Section, SectionMeta


def _info(key: str, folder: str) -> FileInfo:
    return FileInfo(
        file=Path("/site/content") / key, relative_path=key, shown=f"content/{key}", folder=folder, canonical=key[:-3]
    )


@pytest.fixture
def config() -> SiteConfig:
    tags = TaxonomyConfig(name="tags", slug="tags")
    return SiteConfig(
        root=Path("/site"),
        file=Path("/site/config.toml"),
        base_url="https://example.com",
        languages={"en": LanguageOptions(taxonomies=(tags,)), "ko": LanguageOptions()},
    )


@pytest.fixture
def page(config: SiteConfig) -> Callable[..., Page]:
    def make(key: str, **meta: Any) -> Page:
        folder, _, name = key.rpartition("/")
        path = f"/{key[:-3]}/"
        return Page(
            source=_info(key, folder),
            meta=PageMeta(**meta),
            lang="en",
            slug=name[:-3],
            path=path,
            components=tuple(path.strip("/").split("/")),
            permalink=config.make_permalink(path),
            body=str,
            body_line=1,
        )

    return make


@pytest.fixture
def section(config: SiteConfig) -> Callable[..., Section]:
    def make(key: str, **meta: Any) -> Section:
        folder = key.rpartition("/")[0]
        path = f"/{folder}/" if folder else "/"
        return Section(
            source=_info(key, folder),
            meta=SectionMeta(**meta),
            lang="en",
            path=path,
            components=tuple(part for part in path.split("/") if part),
            permalink=config.make_permalink(path),
            body=str,
            body_line=1,
        )

    return make
