"""`get_url` and `get_taxonomy_url`: names of documents, files and terms in, absolute URLs out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from msgspec import Struct, field

from generator.model.config import SiteConfig
from generator.model.library import Taxonomy
from generator.templating.effects import Effects
from generator.templating.functions.arguments import Arguments
from generator.templating.functions.files import SiteFiles
from generator.text.slug import slugify_path

_CACHEBUST_LENGTH = 20


class GetUrl(Struct, frozen=True, kw_only=True):
    """`get_url(path, cachebust=false, trailing_slash=false, lang=…)`.

    Zola: `@/` paths are documents, and never get a slash or a hash; `lang` is the site's default one, not the page's.
    """

    config: SiteConfig
    permalinks: Mapping[str, str]
    files: SiteFiles
    effects: Effects

    def __call__(self, args: Mapping[str, Any]) -> str:
        arguments = Arguments("get_url", args)
        path = arguments.text("path")
        cachebust = arguments.flag("cachebust", False)
        trailing_slash = arguments.flag("trailing_slash", False)
        lang = arguments.text_or("lang", self.config.default_language)
        if path.startswith("@/"):
            return self._document_url(path, lang, arguments)
        if lang != self.config.default_language and not path[1:].startswith(lang):
            path = f"{lang}/{path}"
        url = self.config.make_permalink(path)
        if not trailing_slash:
            url = url.removesuffix("/")
        return f"{url}?h={self._hash(path, arguments)}" if cachebust else url

    def _document_url(self, path: str, lang: str, arguments: Arguments) -> str:
        if lang != self.config.default_language:
            if lang not in self.config.languages:
                raise arguments.error(f"`{lang}` is not an authorized language (check config.languages).")
            start, dot, end = path.rpartition(".")
            path = f"{start}{dot}{lang}.{end}"
        key, *anchor = path.removeprefix("@/").split("#")
        self.effects.read("link", unquote(key))
        url = self.permalinks.get(unquote(key))
        if url is None:
            raise arguments.error(f"could not resolve URL for link `{path}` not found.")
        return f"{url}#{anchor[0]}" if anchor else url

    def _hash(self, path: str, arguments: Arguments) -> str:
        try:
            found = self.files.find(path)
            if found:
                return self.files.digest(found, "sha256").hex()[:_CACHEBUST_LENGTH]
        except OSError as error:
            raise arguments.error(f"Could not open {path}: {error.strerror}") from error
        raise arguments.error(f"Could not find or open file {path}")


class GetTaxonomyUrl(Struct, frozen=True, kw_only=True):
    """`get_taxonomy_url(kind, name, lang=…, required=true)`.

    Zola: a term is found by its slug, so in any case; an unknown one is an error even when not required.
    """

    config: SiteConfig
    taxonomies: Mapping[str, Mapping[str, Taxonomy]]
    effects: Effects
    _urls: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def __call__(self, args: Mapping[str, Any]) -> str | None:
        arguments = Arguments("get_taxonomy_url", args)
        kind, name = arguments.text("kind"), arguments.text("name")
        lang = arguments.text_or("lang", self.config.default_language)
        required = arguments.flag("required", True)
        taxonomy = self.taxonomies.get(lang, {}).get(kind)
        if taxonomy is None:
            if not required:
                return None
            raise arguments.error(f"received an unknown taxonomy as kind: {kind}")
        slug = self._slug(name)
        self.effects.read("term_url", lang, kind, slug)
        url = self._term_urls(taxonomy).get(slug)
        if url is None:
            raise arguments.error(f"couldn't find `{name}` in `{kind}` taxonomy")
        return url

    def find_url(self, lang: str, kind: str, slug: str) -> str | None:
        """Return the URL of the term with that slug, if there is one."""
        taxonomy = self.taxonomies.get(lang, {}).get(kind)
        return self._term_urls(taxonomy).get(slug) if taxonomy else None

    def _term_urls(self, taxonomy: Taxonomy) -> dict[str, str]:
        place = (taxonomy.lang, taxonomy.config.name)
        urls = self._urls.get(place)
        if urls is None:
            urls = self._urls[place] = {self._slug(term.name): term.permalink for term in taxonomy.terms}
        return urls

    def _slug(self, name: str) -> str:
        return slugify_path(name, self.config.slugify.taxonomies)
