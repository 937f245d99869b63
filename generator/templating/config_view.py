"""The config in, what templates see of it out, for one language."""

from __future__ import annotations

from typing import Any

from generator.model.config import (
    HighlightConfig,
    LanguageOptions,
    MarkdownConfig,
    SearchConfig,
    SiteConfig,
    TaxonomyConfig,
)


def config_view(config: SiteConfig, lang: str) -> dict[str, Any]:
    """Return `config` as templates of that language see it. Zola: `languages` are the other ones."""
    options = config.languages[lang]
    return {
        "base_url": config.base_url,
        "mode": config.mode,
        "title": options.title,
        "description": options.description,
        "languages": {code: _language_view(other) for code, other in config.languages.items() if code != lang},
        "default_language": config.default_language,
        "generate_feed": options.generate_feeds,
        "generate_feeds": options.generate_feeds,
        "feed_filenames": list(options.feed_filenames),
        "taxonomies": [taxonomy_config_view(taxonomy) for taxonomy in options.taxonomies],
        "author": config.author,
        "build_search_index": options.build_search_index,
        "extra": config.extra,
        "markdown": _markdown_view(config.markdown),
        "search": {"index_format": config.search.index_format},
        "generate_sitemap": config.generate_sitemap,
        "generate_robots_txt": config.generate_robots_txt,
        "exclude_paginated_pages_in_sitemap": config.exclude_paginated_pages_in_sitemap,
    }


def taxonomy_config_view(taxonomy: TaxonomyConfig) -> dict[str, Any]:
    """Return a taxonomy's settings as templates see them."""
    return {
        "name": taxonomy.name,
        "slug": taxonomy.slug,
        "paginate_by": taxonomy.paginate_by,
        "paginate_path": taxonomy.paginate_path,
        "render": taxonomy.render,
        "feed": taxonomy.feed,
    }


def _language_view(options: LanguageOptions) -> dict[str, Any]:
    return {
        "title": options.title,
        "description": options.description,
        "generate_feeds": options.generate_feeds,
        "feed_filenames": list(options.feed_filenames),
        "taxonomies": [taxonomy_config_view(taxonomy) for taxonomy in options.taxonomies],
        "build_search_index": options.build_search_index,
        "search": _search_view(options.search),
        "translations": options.translations,
    }


def _search_view(search: SearchConfig) -> dict[str, Any]:
    return {
        "include_title": search.include_title,
        "include_content": search.include_content,
        "truncate_content_length": search.truncate_content_length,
        "include_description": search.include_description,
        "include_date": search.include_date,
        "include_path": search.include_path,
        "index_format": search.index_format,
    }


def _markdown_view(markdown: MarkdownConfig) -> dict[str, Any]:
    return {
        "highlighting": _highlight_view(markdown.highlighting) if markdown.highlighting else None,
        "render_emoji": markdown.render_emoji,
        "external_links_class": markdown.external_links_class,
        "external_links_target_blank": markdown.external_links_target_blank,
        "external_links_no_follow": markdown.external_links_no_follow,
        "external_links_no_referrer": markdown.external_links_no_referrer,
        "external_links_external": markdown.external_links_external,
        "smart_punctuation": markdown.smart_punctuation,
        "definition_list": markdown.definition_list,
        "bottom_footnotes": markdown.bottom_footnotes,
        "lazy_async_image": markdown.lazy_async_image,
        "insert_anchor_links": markdown.insert_anchor_links,
        "github_alerts": markdown.github_alerts,
    }


def _highlight_view(highlighting: HighlightConfig) -> dict[str, Any]:
    single = {"theme": highlighting.theme}
    dual = {"light_theme": highlighting.light_theme, "dark_theme": highlighting.dark_theme}
    return {
        "error_on_missing_language": highlighting.error_on_missing_language,
        "style": highlighting.style,
        **(dual if highlighting.theme is None else single),
        "extra_grammars": list(highlighting.extra_grammars),
        "extra_themes": list(highlighting.extra_themes),
    }
