"""`trans`: a key in, the site's own word for it in a language out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from generator.model.config import SiteConfig
from generator.templating.functions.arguments import Arguments


class Trans(Struct, frozen=True, kw_only=True):
    """`trans(key, lang=…)`. Zola: `lang` is the site's default one, not the page's."""

    config: SiteConfig

    def __call__(self, args: Mapping[str, Any]) -> str:
        arguments = Arguments("trans", args)
        key = arguments.text("key")
        lang = arguments.text_or("lang", self.config.default_language)
        options = self.config.languages.get(lang)
        if options is None:
            raise arguments.error(f"Language '{lang}' not found.")
        word = options.translations.get(key)
        if word is None:
            raise arguments.error(f"Translation key '{key}' for language '{lang}' is missing")
        return word
