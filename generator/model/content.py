"""Pages and sections as their files tell them, and what Markdown made of their text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from msgspec import Struct, field

from generator.model.config import AnchorPlace

SortBy = Literal["none", "date", "update_date", "title", "title_bytes", "weight", "slug", "permalink"]


class SourceFile(Struct, frozen=True, kw_only=True):
    """One Markdown file under `content/`, found but not read.

    file: absolute. relative_path: POSIX, from `content/`, NFC, the key of `@/` links (`posts/a.fr.md`).
    is_section: its name starts with `_index.`. assets: files published beside it, absolute, in the order that
    templates see; found for `index.md` pages (recursively) and sections (directly in the folder).
    """

    file: Path
    relative_path: str
    is_section: bool
    assets: tuple[Path, ...] = ()


class Timestamp(Struct, frozen=True, kw_only=True):
    """A date of front matter or of a file name.

    text: as templates see it (`2024-01-02`, `2024-01-02T03:04:05`, an offset as written).
    instant: aware; a missing offset is UTC, a missing time midnight. year, month, day: in its own offset.
    """

    text: str
    instant: datetime
    year: int
    month: int
    day: int


class PageMeta(Struct, frozen=True, kw_only=True):
    """Front matter of a page, with Zola's defaults. updated_text: `updated` as written when it is no date."""

    title: str | None = None
    description: str | None = None
    date: Timestamp | None = None
    updated: Timestamp | None = None
    updated_text: str | None = None
    draft: bool = False
    render: bool = True
    slug: str | None = None
    path: str | None = None
    taxonomies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weight: int | None = None
    authors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    template: str | None = None
    in_search_index: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)


class SectionMeta(Struct, frozen=True, kw_only=True):
    """Front matter of a section, with Zola's defaults."""

    title: str | None = None
    description: str | None = None
    sort_by: SortBy = "none"
    weight: int = 0
    draft: bool = False
    template: str | None = None
    paginate_by: int | None = None
    paginate_reversed: bool = False
    paginate_path: str = "page"
    insert_anchor_links: AnchorPlace | None = None
    render: bool = True
    redirect_to: str | None = None
    in_search_index: bool = True
    transparent: bool = False
    page_template: str | None = None
    aliases: tuple[str, ...] = ()
    generate_feeds: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


class FileInfo(Struct, frozen=True, kw_only=True):
    """Where a document's file stands.

    file: absolute. relative_path: POSIX from `content/`. shown: as errors name it (`content/posts/a.md`).
    folder: POSIX folder below `content/` that its parent section's index lives in ("" for the root); for
    `dir/index.md` the folder above `dir`, for `dir/_index.md` `dir` itself.
    canonical: folder and name without language: equal for translations of each other.
    colocated_path: `dir/sub/` of an `index.md` page, else None.
    """

    file: Path
    relative_path: str
    shown: str
    folder: str
    canonical: str
    colocated_path: str | None = None


class Page(Struct, frozen=True, kw_only=True):
    """A page as its file tells it.

    slug: the last part of its path. path: URL path, `/` at both ends. components: non-empty parts of the path.
    body: gives the Markdown after the front matter, which is kept on disk alone; raises SiteError when the file is
    no longer what was parsed. body_line: 1-based line of the file on which it starts. digest: of the file's bytes.
    asset_paths: as `page.assets` shows them; in step with `assets`, the files.
    """

    source: FileInfo
    meta: PageMeta
    lang: str
    slug: str
    path: str
    components: tuple[str, ...]
    permalink: str
    body: Callable[[], str]
    body_line: int
    digest: bytes = b""
    assets: tuple[Path, ...] = ()
    asset_paths: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.source.relative_path


class Section(Struct, frozen=True, kw_only=True):
    """A section as its `_index.md` tells it; fields as in Page.

    from_file: False for a root index that no file gives (Zola makes one for every language).
    """

    source: FileInfo
    meta: SectionMeta
    lang: str
    path: str
    components: tuple[str, ...]
    permalink: str
    body: Callable[[], str]
    body_line: int
    digest: bytes = b""
    assets: tuple[Path, ...] = ()
    asset_paths: tuple[str, ...] = ()
    from_file: bool = True

    @property
    def key(self) -> str:
        return self.source.relative_path


class Heading(Struct, frozen=True, kw_only=True):
    """A heading in the table of contents; children are those nested under it."""

    level: int
    id: str
    permalink: str
    title: str
    children: tuple[Heading, ...] = ()


class InternalLink(Struct, frozen=True, kw_only=True):
    """A link of the text to a document of the site, by its key. line, column: of the file, 1-based, where known."""

    target: str
    anchor: str | None
    line: int | None = None
    column: int | None = None


class ExternalLink(Struct, frozen=True, kw_only=True):
    """A link of the text to `http:` or `https:`."""

    url: str
    line: int | None = None
    column: int | None = None


class ImageRequest(Struct, frozen=True, kw_only=True):
    """One processed image that a template asked for.

    source: absolute file. target: path below the output (`processed_images/a.0123456789abcdef.jpg`).
    operation, width, height: the resize, pixels. format: jpg, png, webp or avif. quality: None is lossless or
    the format's default. speed: AVIF only.
    """

    source: Path
    target: str
    operation: Literal["scale", "fit_width", "fit_height", "fit", "fill"]
    width: int | None
    height: int | None
    format: Literal["jpg", "png", "webp", "avif"]
    quality: int | None = None
    speed: int | None = None


class Rendered(Struct, frozen=True, kw_only=True):
    """What Markdown made of one document's text.

    summary: HTML before `<!-- more -->`, None without it. warnings: for the terminal, one line each.
    images: asked for by its shortcodes. reads: facts of the site that it depends on. is_portable: at another address of
    the site, it would be the same but for its links to the site. seconds: that it took. parts: of them what each
    template took by itself, if that is wanted.
    """

    html: str
    summary: str | None = None
    toc: tuple[Heading, ...] = ()
    internal_links: tuple[InternalLink, ...] = ()
    external_links: tuple[ExternalLink, ...] = ()
    warnings: tuple[str, ...] = ()
    images: tuple[ImageRequest, ...] = ()
    reads: tuple[tuple[str, ...], ...] = ()
    is_portable: bool = False
    seconds: float = 0.0
    parts: tuple[tuple[str, float], ...] = ()


class Text(Protocol):
    """What is to be seen of a rendered text, by the names of Rendered."""

    @property
    def html(self) -> str: ...
    @property
    def summary(self) -> str | None: ...
    @property
    def toc(self) -> tuple[Heading, ...]: ...
    @property
    def external_links(self) -> tuple[ExternalLink, ...]: ...
