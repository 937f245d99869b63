"""A site's settings, as `config.toml` or `zola.toml` gives them, with Zola's names and defaults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

SlugMode = Literal["on", "safe", "off"]
AnchorPlace = Literal["left", "right", "heading", "none"]
LinkLevel = Literal["error", "warn"]
IndexFormat = Literal["elasticlunr_javascript", "elasticlunr_json", "fuse_javascript", "fuse_json"]
BuildMode = Literal["build", "serve", "check"]

IMAGE_FORMATS = ("jpg", "png", "webp", "gif", "avif", "bmp", "tiff", "ico", "pbm", "qoi", "tga", "svg")
"""Kinds of images that templates may measure, by Zola's names; all but SVG can be resized."""


class TaxonomyConfig(Struct, frozen=True, kw_only=True):
    """One `[[taxonomies]]` entry. slug: derived from the name by the site's slug mode."""

    name: str
    slug: str
    paginate_by: int | None = None
    paginate_path: str | None = None
    render: bool = True
    feed: bool = False


class SearchConfig(Struct, frozen=True, kw_only=True):
    """`[search]`. truncate_content_length: characters."""

    include_title: bool = True
    include_description: bool = False
    include_date: bool = False
    include_path: bool = False
    include_content: bool = True
    truncate_content_length: int | None = None
    index_format: IndexFormat = "elasticlunr_javascript"


class LanguageOptions(Struct, frozen=True, kw_only=True):
    """What one language of the site has of its own (`[languages.xx]`, or the root's keys for the default one)."""

    title: str | None = None
    description: str | None = None
    generate_feeds: bool = False
    feed_filenames: tuple[str, ...] = ("atom.xml",)
    taxonomies: tuple[TaxonomyConfig, ...] = ()
    build_search_index: bool = False
    search: SearchConfig = field(default_factory=SearchConfig)
    translations: Mapping[str, str] = field(default_factory=dict)


class HighlightConfig(Struct, frozen=True, kw_only=True):
    """`[markdown.highlighting]`: one `theme`, or a `light_theme` with a `dark_theme`.

    extra_grammars, extra_themes: files as written in the config, relative to its folder.
    """

    theme: str | None = None
    light_theme: str | None = None
    dark_theme: str | None = None
    style: Literal["inline", "class"] = "inline"
    error_on_missing_language: bool = False
    extra_grammars: tuple[str, ...] = ()
    extra_themes: tuple[str, ...] = ()


class MarkdownConfig(Struct, frozen=True, kw_only=True):
    """`[markdown]`."""

    render_emoji: bool = False
    external_links_class: str | None = None
    external_links_target_blank: bool = False
    external_links_no_follow: bool = False
    external_links_no_referrer: bool = False
    external_links_external: bool = True
    smart_punctuation: bool = False
    definition_list: bool = False
    bottom_footnotes: bool = False
    lazy_async_image: bool = False
    insert_anchor_links: AnchorPlace = "none"
    github_alerts: bool = False
    highlighting: HighlightConfig | None = None


class SlugifyConfig(Struct, frozen=True, kw_only=True):
    """`[slugify]`."""

    paths: SlugMode = "on"
    paths_keep_dates: bool = False
    taxonomies: SlugMode = "on"
    anchors: SlugMode = "on"


class LinkCheckerConfig(Struct, frozen=True, kw_only=True):
    """`[link_checker]`. ignored_files: globs over absolute paths."""

    skip_prefixes: tuple[str, ...] = ()
    skip_anchor_prefixes: tuple[str, ...] = ()
    internal_level: LinkLevel = "error"
    external_level: LinkLevel = "error"
    ignored_files: tuple[str, ...] = ()


class LimitsConfig(Struct, frozen=True, kw_only=True):
    """`[limits]`: what ends a runaway template, image or answer. Sizes are bytes, but for `output_size`: characters.

    depth: macros and includes in each other. range_length: numbers of one `range`. iterations: rounds of all loops of
    one render. output_size: of one output, and of any one value that a template builds. image_pixels: of a source and
    of a resized image. image_formats: what is read as an image. data_size: of a file that a template reads. data_depth:
    tables and lists in each other, also in front matter. yaml_nodes: values that a YAML text stands for.
    highlight_seconds: of the processor, for one block of code. http_size, http_seconds, http_redirects: of one answer
    that `load_data` fetches.
    """

    depth: int = 100
    range_length: int = 1_000_000
    iterations: int = 100_000_000
    output_size: int = 200_000_000
    image_pixels: int = 100_000_000
    image_formats: tuple[str, ...] = IMAGE_FORMATS
    data_size: int = 50_000_000
    data_depth: int = 128
    yaml_nodes: int = 1_000_000
    highlight_seconds: float = 0.8
    http_size: int = 20_000_000
    http_seconds: int = 30
    http_redirects: int = 5


class BuildConfig(Struct, frozen=True, kw_only=True):
    """`[build]`. executor: `distributed`, or `module:callable`, whose workers build. executor_options: its own."""

    executor: str | None = None
    executor_options: Mapping[str, Any] = field(default_factory=dict)


class SecurityConfig(Struct, frozen=True, kw_only=True):
    """`[security]`: what is refused unless it is allowed here, by the site's own config alone.

    follow_symlinks: links may lead out of the site. urls: addresses of this machine and its own network that templates
    may ask. env: variables of the environment that templates may read, `*` for any characters. plugins: modules whose
    code a build may run.
    """

    follow_symlinks: bool = False
    urls: tuple[str, ...] = ()
    env: tuple[str, ...] = ("CI", "HANJI_*")
    plugins: tuple[str, ...] = ()


class SiteConfig(Struct, frozen=True, kw_only=True):
    """All settings of a site.

    root: the site's folder, absolute, links resolved. file: the config file, absolute.
    languages: every language by its code, the default one among them.
    extra: site values over the theme's. theme_dir: `themes/<theme>`, absolute, when a theme is set. roots: where files
    of the site may lie (`resolve_roots`); None allows any place.
    """

    root: Path
    file: Path
    base_url: str
    mode: BuildMode = "build"
    title: str | None = None
    description: str | None = None
    author: str | None = None
    theme: str | None = None
    default_language: str = "en"
    languages: Mapping[str, LanguageOptions]
    generate_feeds: bool = False
    feed_limit: int | None = None
    feed_filenames: tuple[str, ...] = ("atom.xml",)
    taxonomies: tuple[TaxonomyConfig, ...] = ()
    taxonomy_root: str | None = None
    compile_sass: bool = False
    minify_html: bool = False
    build_search_index: bool = False
    search: SearchConfig = field(default_factory=SearchConfig)
    generate_sitemap: bool = True
    generate_robots_txt: bool = True
    exclude_paginated_pages_in_sitemap: Literal["none", "all"] = "none"
    hard_link_static: bool = False
    ignored_content: tuple[str, ...] = ()
    ignored_static: tuple[str, ...] = ()
    output_dir: str = "public"
    preserve_dotfiles_in_output: bool = False
    translations: Mapping[str, str] = field(default_factory=dict)
    markdown: MarkdownConfig = field(default_factory=MarkdownConfig)
    slugify: SlugifyConfig = field(default_factory=SlugifyConfig)
    link_checker: LinkCheckerConfig = field(default_factory=LinkCheckerConfig)
    extra: Mapping[str, Any] = field(default_factory=dict)
    build: BuildConfig = field(default_factory=BuildConfig)
    limits: LimitsConfig = field(default_factory=LimitsConfig)
    security: SecurityConfig = field(default_factory=SecurityConfig)
    roots: tuple[str, ...] | None = None

    @property
    def content_dir(self) -> Path:
        return self.root / "content"

    @property
    def static_dir(self) -> Path:
        return self.root / "static"

    @property
    def templates_dir(self) -> Path:
        return self.root / "templates"

    @property
    def theme_dir(self) -> Path | None:
        return self.root / "themes" / self.theme if self.theme else None

    @property
    def other_languages(self) -> tuple[str, ...]:
        """Codes of all languages but the default one, in the config's order."""
        return tuple(code for code in self.languages if code != self.default_language)

    def make_permalink(self, path: str) -> str:
        """Return the absolute URL of a path of this site, by Zola's rules for the slash at its end."""
        bare = not path or path.endswith(("/", *self.feed_filenames)) or "#" in path
        tail = "" if bare else "/"
        base = self.base_url
        if path == "/":
            return base if base.endswith("/") else base + "/"
        if base.endswith("/"):
            return f"{base}{path.removeprefix('/')}{tail}"
        return f"{base}{path}{tail}" if path.startswith("/") else f"{base}/{path}{tail}"
