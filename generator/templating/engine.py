"""The Tera engines of a site: the first for texts, before the whole site is known; the second for its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from generator.errors import SiteErrors
from generator.model.config import SiteConfig
from generator.model.library import Library
from generator.model.output import OutputFile
from generator.templating.effects import Effects
from generator.templating.environment import in_files
from generator.templating.functions.arguments import Filter, Function
from generator.templating.functions.content import content_functions
from generator.templating.functions.data import LoadData
from generator.templating.functions.env import GetEnv
from generator.templating.functions.files import SiteFiles
from generator.templating.functions.filters import Markdown, NumFormat, base64_decode, base64_encode, regex_replace
from generator.templating.functions.hashes import GetHash
from generator.templating.functions.i18n import Trans
from generator.templating.functions.images import GetImageMetadata, ResizeImage
from generator.templating.functions.time import Now, build_moment
from generator.templating.functions.urls import GetTaxonomyUrl, GetUrl
from generator.templating.views import Views
from generator.tera import BytecodeStore, Tera, TeraError, TeraLimits
from generator.tera.functions import get_random

# Zola: what other functions return is escaped.
_SAFE = frozenset({"get_url", "get_taxonomy_url"})


def make_engine(
    config: SiteConfig,
    library: Library,
    templates: Mapping[str, str],
    *,
    effects: Effects,
    render_markdown: Callable[[Tera, str], str],
    cache: BytecodeStore | None = None,
) -> Tera:
    """Compile a site's templates, with all that shortcodes may call.

    effects: takes the images that templates ask for. render_markdown: the `markdown` filter, given the engine that
    its own shortcodes are rendered by (Zola: one without that filter) and the text. cache: of compiled templates.
    Raises: SiteErrors with all templates that cannot be parsed.
    """
    engine = _parsed(config, templates, cache).extended(
        filters=_filters(config),
        functions={
            "trans": Trans(config=config),
            "now": Now(moment=build_moment(), effects=effects),
            "get_taxonomy_url": GetTaxonomyUrl(config=config, taxonomies=library.taxonomies, effects=effects),
            **_file_functions(config, library, effects, SiteFiles(config, effects)),
            # What looks outside of the site may answer differently next time.
            "get_env": partial(_volatile, GetEnv(config.security.env), effects),
            "get_random": partial(_volatile, get_random, effects),
        },
        safe=_SAFE,
        timer=effects.timer,
    )
    return engine.extended(filters={"markdown": Markdown(render=partial(render_markdown, engine))})


def extend_engine(engine: Tera, views: Views, *, effects: Effects, generated: Iterable[OutputFile] = ()) -> Tera:
    """Return the engine for pages: it also knows the site's content, and the files that were generated before them.

    effects: as for make_engine. generated: style sheets and search indexes, which templates may want to hash.
    """
    config, library = views.site.config, views.site.library
    files = SiteFiles(config, effects, generated, (*library.pages.values(), *library.sections.values()))
    functions = _file_functions(config, library, effects, files)
    return engine.extended(functions={**content_functions(views), **functions}, safe=_SAFE & functions.keys())


def _parsed(config: SiteConfig, templates: Mapping[str, str], cache: BytecodeStore | None) -> Tera:
    try:
        return Tera(templates, cache=cache, limits=_limits(config))
    except TeraError as error:
        raise SiteErrors(in_files(error, config)) from error


def _limits(config: SiteConfig) -> TeraLimits:
    limits = config.limits
    return TeraLimits(
        depth=limits.depth,
        range_length=limits.range_length,
        iterations=limits.iterations,
        output_size=limits.output_size,
    )


def _file_functions(config: SiteConfig, library: Library, effects: Effects, files: SiteFiles) -> dict[str, Function]:
    return {
        "get_url": GetUrl(config=config, permalinks=library.permalinks, files=files, effects=effects),
        "get_hash": GetHash(files=files),
        "get_image_metadata": GetImageMetadata(files=files),
        "resize_image": ResizeImage(config=config, files=files, effects=effects),
        "load_data": LoadData(files=files, private_urls=config.security.urls, limits=config.limits),
    }


def _volatile(function: Function, effects: Effects, args: Mapping[str, Any]) -> Any:
    """Call a function whose answer may differ in the next build although the site is the same."""
    effects.read("volatile")
    return function(args)


def _filters(config: SiteConfig) -> dict[str, Filter]:
    return {
        "base64_encode": base64_encode,
        "base64_decode": base64_decode,
        "regex_replace": regex_replace,
        "num_format": NumFormat(default_language=config.default_language),
    }
