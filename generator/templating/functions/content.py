"""`get_page`, `get_section`, `get_taxonomy` and `get_taxonomy_term`: names in, views of the site's content out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from generator.model.library import Taxonomy
from generator.templating.functions.arguments import Arguments, Function
from generator.templating.views import Views


def content_functions(views: Views) -> dict[str, Function]:
    """Return the functions that need all content to be rendered, by name."""
    return {
        "get_page": GetPage(views=views),
        "get_section": GetSection(views=views),
        "get_taxonomy": GetTaxonomy(views=views),
        "get_taxonomy_term": GetTaxonomyTerm(views=views),
    }


class GetPage(Struct, frozen=True, kw_only=True):
    """`get_page(path, lang=…)`: a page with its neighbours; also one that is in no section, or not rendered."""

    views: Views

    def __call__(self, args: Mapping[str, Any]) -> Any:
        arguments = Arguments("get_page", args)
        key = _document_key(self.views, arguments)
        if key in self.views.site.library.pages:
            self.views.effects.read("page", key, "relative_path")
            return self.views.page(key)
        raise _not_found("Page", arguments)


class GetSection(Struct, frozen=True, kw_only=True):
    """`get_section(path, metadata_only=false, lang=…)`: a section with or without its pages."""

    views: Views

    def __call__(self, args: Mapping[str, Any]) -> Any:
        arguments = Arguments("get_section", args)
        key = _document_key(self.views, arguments)
        if key not in self.views.site.library.sections:
            raise _not_found("Section", arguments)
        self.views.effects.read("section", key, "relative_path")
        # Zola: anything but `true` is taken for false.
        return self.views.section_alone(key) if args.get("metadata_only") is True else self.views.section(key)


class GetTaxonomy(Struct, frozen=True, kw_only=True):
    """`get_taxonomy(kind, required=true, lang=…)`: a taxonomy with all its terms and their pages."""

    views: Views

    def __call__(self, args: Mapping[str, Any]) -> Any:
        arguments = Arguments("get_taxonomy", args)
        return _with_taxonomy(self.views, arguments, self.views.taxonomy)


class GetTaxonomyTerm(Struct, frozen=True, kw_only=True):
    """`get_taxonomy_term(kind, term, include_pages=true, required=true, lang=…)`. Zola: by exact name, not slug."""

    views: Views

    def __call__(self, args: Mapping[str, Any]) -> Any:
        arguments = Arguments("get_taxonomy_term", args)
        name = arguments.text("term")
        include_pages = arguments.flag("include_pages", True)

        def find(taxonomy: Taxonomy) -> Any:
            self.views.effects.read("terms", taxonomy.lang, taxonomy.config.name)
            term = next((term for term in taxonomy.terms if term.name == name), None)
            if term:
                return self.views.term(term) if include_pages else self.views.term_alone(term)
            if arguments.flag("required", True):
                raise arguments.error(f"received an unknown term: {name}")
            return None

        return _with_taxonomy(self.views, arguments, find)


def _with_taxonomy(views: Views, arguments: Arguments, show: Callable[[Taxonomy], Any]) -> Any:
    site = views.site
    kind = arguments.text("kind")
    required = arguments.flag("required", True)
    lang = arguments.text_or("lang", site.config.default_language)
    taxonomy = site.library.taxonomies.get(lang, {}).get(kind)
    if taxonomy:
        return show(taxonomy)
    if required:
        raise arguments.error(f"received an unknown taxonomy as kind: {kind}")
    return None


def _document_key(views: Views, arguments: Arguments) -> str:
    """Return the key that `path` and `lang` stand for; a path may also be that of the file, as translations give it."""
    config = views.site.config
    path = arguments.text("path").removeprefix(f"{config.content_dir}/")
    lang = arguments.text_or("lang", config.default_language)
    if lang != config.default_language:
        start, dot, end = path.rpartition(".")
        path = f"{start}.{lang}{dot}{end}" if dot else f"{path}.{lang}"
    return path if path.startswith("/") else "/".join(part for part in path.split("/") if part not in ("", "."))


def _not_found(kind: str, arguments: Arguments) -> Exception:
    path, lang = arguments.text("path"), arguments.text_or("lang", None)
    return arguments.error(f"{kind} `{path}` not found" + (f" for language `{lang}`." if lang else "."))
