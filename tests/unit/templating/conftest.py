"""A small site made by hand, for all tests of the template room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator.model.config import LanguageOptions, SiteConfig, TaxonomyConfig
from generator.model.content import FileInfo, Heading, Page, PageMeta, Rendered, Section, SectionMeta, Timestamp
from generator.model.library import Library, Taxonomy, Term
from generator.templating.site import Site
from generator.templating.views import Views

TAGS = TaxonomyConfig(name="tags", slug="tags")


@pytest.fixture
def make_config(tmp_path: Path) -> Callable[..., SiteConfig]:
    """A config in English, with the taxonomy `tags`."""

    def make(**settings: Any) -> SiteConfig:
        translations = settings.get("translations", {})
        own = LanguageOptions(title=settings.get("title"), taxonomies=(TAGS,), translations=translations)
        given = {"root": tmp_path, "base_url": "https://example.com", "languages": {"en": own}, **settings}
        return SiteConfig(file=given["root"] / "config.toml", **given)

    return make


def make_source(key: str, root: Path) -> FileInfo:
    folder, _, name = key.rpartition("/")
    return FileInfo(
        file=root / "content" / key,
        relative_path=key,
        shown=f"content/{key}",
        folder=folder,
        canonical=f"{folder}/{name.split('.')[0]}",
    )


def make_page(key: str, root: Path, *, day: int | None = None, lang: str = "en", body: str = "", **meta: Any) -> Page:
    slug = key.rpartition("/")[2].removesuffix(".md")
    path = f"/{key.removesuffix('.md')}/"
    if day is not None:
        instant = datetime(2024, 1, day, tzinfo=UTC)
        meta["date"] = Timestamp(text=f"2024-01-{day:02}", instant=instant, year=2024, month=1, day=day)
    return Page(
        source=make_source(key, root),
        meta=PageMeta(**{"title": slug.title(), **meta}),
        lang=lang,
        slug=slug,
        path=path,
        components=tuple(part for part in path.split("/") if part),
        permalink="https://example.com" + path,
        body=partial(str, body),
        body_line=3,
    )


def make_section(key: str, root: Path, **meta: Any) -> Section:
    folder = key.rpartition("/")[0]
    path = f"/{folder}/" if folder else "/"
    return Section(
        source=make_source(key, root),
        meta=SectionMeta(**{"title": folder.title() or "Home", **meta}),
        lang="en",
        path=path,
        components=tuple(part for part in path.split("/") if part),
        permalink="https://example.com" + path,
        body=str,
        body_line=3,
    )


@pytest.fixture
def make_site(tmp_path: Path, make_config: Callable[..., SiteConfig]) -> Callable[..., Site]:
    """A home, a section `blog` with the pages `a`, `b` and `c` (the newest first), and one tag on all of them."""

    def make(config: SiteConfig | None = None, *, rendered: bool = True, **section_meta: Any) -> Site:
        config = config or make_config()
        pages = {
            f"blog/{name}.md": make_page(
                f"blog/{name}.md", tmp_path, day=day, body="하나 둘", taxonomies={"tags": ("X y",)}
            )
            for name, day in (("a", 3), ("b", 2), ("c", 1))
        }
        sections = {
            key: make_section(key, tmp_path, **(section_meta if "/" in key else {}))
            for key in ("_index.md", "blog/_index.md")
        }
        keys = tuple(pages)
        term = Term(name="X y", slug="x-y", path="/tags/x-y/", permalink="https://example.com/tags/x-y/", pages=keys)
        tags = Taxonomy(config=TAGS, lang="en", path="/tags/", permalink="https://example.com/tags/", terms=(term,))
        library = Library(
            pages=pages,
            sections=sections,
            section_pages={"_index.md": (), "blog/_index.md": keys},
            ignored_pages={},
            subsections={"_index.md": ("blog/_index.md",), "blog/_index.md": ()},
            ancestors={"_index.md": (), "blog/_index.md": ("_index.md",)}
            | dict.fromkeys(keys, ("_index.md", "blog/_index.md")),
            siblings={keys[0]: (None, keys[1]), keys[1]: (keys[0], keys[2]), keys[2]: (keys[1], None)},
            translations={},
            permalinks={key: document.permalink for key, document in (pages | sections).items()},
            taxonomies={"en": {"tags": tags}},
        )
        inner = Heading(level=2, id="i", permalink="p#i", title="I")
        toc = (Heading(level=1, id="h", permalink="p#h", title="H", children=(inner,)),)
        html = {key: Rendered(html=f"<p>{key}</p>", summary="s", toc=toc) for key in (*pages, *sections)}
        return Site(
            config=config,
            library=library,
            rendered=html if rendered else {},
            backlinks={"blog/a.md": ("blog/_index.md", "blog/b.md")} if rendered else {},
        )

    return make


@pytest.fixture
def views(make_site: Callable[..., Site]) -> Views:
    return Views(make_site())
