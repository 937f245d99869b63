"""What a config may hold, table by table: each key with the reader of its type; defaults are those of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from generator.data.fields import Reader, choice, count, entries, flag, items, read_fields, table, text, texts
from generator.data.limits import MOST_DEPTH
from generator.data.problems import FieldError
from generator.model.config import (
    IMAGE_FORMATS,
    BuildConfig,
    HighlightConfig,
    LimitsConfig,
    LinkCheckerConfig,
    MarkdownConfig,
    SearchConfig,
    SecurityConfig,
    SlugifyConfig,
    TaxonomyConfig,
)
from generator.text.urls import find_scheme

Record = TypeVar("Record")


_HIGHLIGHTING_NOW = 'Zola 0.22 has a table for this: `[markdown.highlighting]` with `theme = "github-dark"` or another.'
OUTDATED: Mapping[str, str] = {
    "generate_feed": "It is called `generate_feeds` now.",
    "generate_rss": "It is called `generate_feeds` now.",
    "feed_filename": 'It is a list now: `feed_filenames = ["atom.xml"]`.',
    "highlight_code": _HIGHLIGHTING_NOW,
    "highlight_theme": _HIGHLIGHTING_NOW,
    "highlight_themes_css": _HIGHLIGHTING_NOW,
    "extra_syntaxes": _HIGHLIGHTING_NOW,
    "extra_syntaxes_and_themes": _HIGHLIGHTING_NOW,
}
"""What became of keys that older versions of Zola knew."""


def _record(build: Callable[..., Record], readers: Mapping[str, Reader], *, strict: bool = False) -> Reader:
    """Take a table and build a value of the model from the fields that it gives."""
    return lambda value: build(**read_fields(table(value), readers, strict=strict, outdated=OUTDATED))


def _highlighting(value: Any) -> HighlightConfig:
    fields = read_fields(table(value), _HIGHLIGHTING)
    if "theme" not in fields and not ("light_theme" in fields and "dark_theme" in fields):
        raise FieldError("has no theme", hint="Give it a `theme`, or both a `light_theme` and a `dark_theme`.")
    if "theme" in fields:
        fields.pop("light_theme", None)
        fields.pop("dark_theme", None)
    return HighlightConfig(**fields)


def _link_class(value: Any) -> str:
    name = text(value)
    if '"' in name or "'" in name:
        raise FieldError(f"can't hold quotes, but is `{name}`")
    return name


def _folder(value: Any) -> str:
    name = text(value)
    if "\0" in name:
        raise FieldError("can't hold a NUL character")
    return name


def _theme(value: Any) -> str:
    name = _folder(value)
    if name.startswith("/") or ".." in name.split("/"):
        raise FieldError(f"leads out of `themes`: `{name}`", hint="Write the name of a folder in `themes`.")
    return name


_SLUG_MODE = choice("on", "safe", "off")
_LINK_LEVEL = choice("error", "warn")

_HIGHLIGHTING: Mapping[str, Reader] = {
    "theme": text,
    "light_theme": text,
    "dark_theme": text,
    "style": choice("inline", "class"),
    "error_on_missing_language": flag,
    "extra_grammars": texts,
    "extra_themes": texts,
}
_MARKDOWN: Mapping[str, Reader] = {
    "render_emoji": flag,
    "external_links_class": _link_class,
    "external_links_target_blank": flag,
    "external_links_no_follow": flag,
    "external_links_no_referrer": flag,
    "external_links_external": flag,
    "smart_punctuation": flag,
    "definition_list": flag,
    "bottom_footnotes": flag,
    "lazy_async_image": flag,
    "insert_anchor_links": choice("left", "right", "heading", "none"),
    "github_alerts": flag,
    "highlighting": _highlighting,
}
_SLUGIFY: Mapping[str, Reader] = {
    "paths": _SLUG_MODE,
    "paths_keep_dates": flag,
    "taxonomies": _SLUG_MODE,
    "anchors": _SLUG_MODE,
}
_SEARCH: Mapping[str, Reader] = {
    "include_title": flag,
    "include_description": flag,
    "include_date": flag,
    "include_path": flag,
    "include_content": flag,
    "truncate_content_length": count,
    "index_format": choice("elasticlunr_javascript", "elasticlunr_json", "fuse_javascript", "fuse_json"),
}
_LINK_CHECKER: Mapping[str, Reader] = {
    "skip_prefixes": texts,
    "skip_anchor_prefixes": texts,
    "internal_level": _LINK_LEVEL,
    "external_level": _LINK_LEVEL,
    "ignored_files": texts,
}


def _between(least: int, most: int) -> Reader:
    """Take a whole number from `least` to `most`."""

    def read(value: Any) -> int:
        if least <= count(value) <= most:
            return int(value)
        raise FieldError(f"must be from {least} to {most}, but is {value}")

    return read


# Longer waits are more than clocks of operating systems can be set to.
_DAY = 86_400


def _seconds(value: Any) -> float:
    if type(value) in (int, float) and 0 < value <= _DAY:
        return float(value)
    raise FieldError(f"must be a number of seconds, more than 0 and at most {_DAY}")


_LIMITS: Mapping[str, Reader] = {
    **dict.fromkeys(LimitsConfig.__struct_fields__, count),
    "data_depth": _between(1, MOST_DEPTH),
    "highlight_seconds": _seconds,
    "http_seconds": _between(0, _DAY),
    "image_formats": items(choice(*IMAGE_FORMATS)),
}


def _private_url(value: Any) -> str:
    url = text(value)
    if find_scheme(url) not in ("http", "https"):
        raise FieldError(f"can't be `{url}`", hint='Write an address such as "http://localhost:8080".')
    return url


def _executor(value: Any) -> str:
    name = text(value)
    module, _, attribute = name.partition(":")
    if name != "distributed" and not all(part.isidentifier() for part in (*module.split("."), attribute)):
        raise FieldError(f"can't be `{name}`", hint='Write `"distributed"`, or `"module:callable"`.')
    return name


_BUILD: Mapping[str, Reader] = {"executor": _executor, "executor_options": table}
_SECURITY: Mapping[str, Reader] = {"follow_symlinks": flag, "urls": items(_private_url), "env": texts, "plugins": texts}
_TAXONOMY: Mapping[str, Reader] = {
    "name": text,
    "paginate_by": count,
    "paginate_path": text,
    "render": flag,
    "feed": flag,
}


def _taxonomy(value: Any) -> TaxonomyConfig:
    fields = read_fields(table(value), _TAXONOMY)
    if not fields.get("name"):
        raise FieldError("has no name", hint='Write `name = "tags"` or the like.')
    return TaxonomyConfig(slug="", **fields)


_LANGUAGE: Mapping[str, Reader] = {
    "title": text,
    "description": text,
    "generate_feeds": flag,
    "feed_filenames": texts,
    "taxonomies": items(_taxonomy),
    "build_search_index": flag,
    "search": _record(SearchConfig, _SEARCH),
    "translations": entries(text),
}

CONFIG: Mapping[str, Reader] = {
    **_LANGUAGE,
    "base_url": text,
    "mode": choice("build", "serve", "check"),
    "author": text,
    "theme": _theme,
    "default_language": text,
    "languages": entries(lambda value: read_fields(table(value), _LANGUAGE, strict=True, outdated=OUTDATED)),
    "feed_limit": count,
    "taxonomy_root": text,
    "compile_sass": flag,
    "minify_html": flag,
    "generate_sitemap": flag,
    "generate_robots_txt": flag,
    "exclude_paginated_pages_in_sitemap": choice("none", "all"),
    "hard_link_static": flag,
    "ignored_content": texts,
    "ignored_static": texts,
    "output_dir": _folder,
    "preserve_dotfiles_in_output": flag,
    "markdown": _record(MarkdownConfig, _MARKDOWN, strict=True),
    "slugify": _record(SlugifyConfig, _SLUGIFY),
    "link_checker": _record(LinkCheckerConfig, _LINK_CHECKER),
    "extra": table,
    # Hanji's own tables.
    "build": _record(BuildConfig, _BUILD, strict=True),
    "limits": _record(LimitsConfig, _LIMITS, strict=True),
    "security": _record(SecurityConfig, _SECURITY, strict=True),
}
