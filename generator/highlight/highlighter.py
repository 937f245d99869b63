"""Code blocks in, their HTML out, coloured as a site's config asks; errors about languages are the caller's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from generator.errors import SiteError
from generator.highlight.html import Palette, Piece, render_block, split_lines
from generator.highlight.languages import PLAIN, Language, load_languages
from generator.highlight.painter import Painter
from generator.highlight.palettes import choose_palette
from generator.highlight.stylesheet import render_stylesheet
from generator.highlight.themes import Theme, check_theme_name, list_builtin_themes, load_builtin_theme, load_theme
from generator.highlight.tokens import LIMIT_S, OutOfTimeError, split_tokens
from generator.model.code import Fence, HighlightedCode
from generator.model.config import HighlightConfig

# A page that is built again, or shown in parts elsewhere, brings the blocks that it brought before.
MAX_BLOCKS = 1_000


def load_highlighter(config: HighlightConfig, config_dir: Path, *, limit_s: float = LIMIT_S) -> Highlighter:
    """Check the config's themes and read its extra files; the rest is read with the first block of code.

    limit_s: for one block. Raises: FieldError for a theme that does not exist, SiteError for a file that cannot be
    read.
    """
    extra_themes = {theme.name.lower(): theme for theme in (load_theme(config_dir / f) for f in config.extra_themes)}
    names = _list_themes(config)
    for key, name in names.items():
        check_theme_name(key, name, (*list_builtin_themes(), *extra_themes))
    grammars = tuple(config_dir / file for file in config.extra_grammars)
    languages = load_languages(grammars) if grammars else None
    return Highlighter(
        themes=tuple(extra_themes.get(name.lower(), name.lower()) for name in names.values()),
        classes=config.style == "class",
        languages=languages,
        limit_s=limit_s,
    )


class Highlighter:
    """Colours code in one or two themes.

    themes: one, or the light and the dark one, each as such or by the name of one that comes with the project.
    """

    def __init__(
        self,
        *,
        themes: tuple[Theme | str, ...],
        classes: bool,
        languages: Mapping[str, Language] | None = None,
        limit_s: float = LIMIT_S,
    ) -> None:
        self._limit_s = limit_s
        self._names = themes
        self._classes = classes
        self._extra_languages = languages
        self._painters: dict[str, Painter] = {}
        self._blocks: dict[tuple[str, Fence], HighlightedCode] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Go to a worker process without what can be read there when it is needed."""
        return _make_highlighter, (self._names, self._classes, self._extra_languages, self._limit_s)

    def highlight(self, code: str, fence: Fence) -> HighlightedCode:
        """Return `code` as HTML. A language that nobody knows is shown as plain text, with `known=False`."""
        key = (code, fence)
        block = self._blocks.get(key)
        if block is None:
            if len(self._blocks) >= MAX_BLOCKS:
                self._blocks.clear()
            block = self._blocks[key] = self._render(code, fence)
        return block

    def stylesheets(self) -> Mapping[str, str]:
        """Return the CSS files of class mode by their names, none for inline colours."""
        if not self._classes:
            return {}
        names = ("giallo.css",) if len(self._themes) == 1 else ("giallo-light.css", "giallo-dark.css")
        return {name: render_stylesheet(theme) for name, theme in zip(names, self._themes, strict=True)}

    def _render(self, code: str, fence: Fence) -> HighlightedCode:
        name = PLAIN if fence.language is None else fence.language.lower()
        language = self._languages.get(name)
        shown = language or self._languages[PLAIN]
        code = code.replace("\r\n", "\n").replace("\r", "\n")
        pieces, warning = self._paint(code, shown)
        html = render_block(split_lines(pieces), fence, shown.name, self._palette)
        return HighlightedCode(html=html, known=language is not None, warning=warning or shown.warning)

    @cached_property
    def _languages(self) -> Mapping[str, Language]:
        return self._extra_languages or load_languages()

    @cached_property
    def _themes(self) -> tuple[Theme, ...]:
        return tuple(load_builtin_theme(theme) if isinstance(theme, str) else theme for theme in self._names)

    @cached_property
    def _palette(self) -> Palette:
        return choose_palette(self._themes, classes=self._classes)

    def _paint(self, code: str, language: Language) -> tuple[list[Piece], str | None]:
        plain = [(self._palette.blank, code)] if code else []
        if language.lexer is None:
            return plain, None
        try:
            tokens = split_tokens(code, language.lexer, self._limit_s)
        except OutOfTimeError:
            limit = f"{self._limit_s:g} s (`limits.highlight_seconds`)"
            return plain, f"Code in `{language.name}` took longer than {limit} to highlight and is shown as plain text."
        if tokens is None:
            return plain, None
        return self._find_painter(language).paint(tokens), None

    def _find_painter(self, language: Language) -> Painter:
        painter = self._painters.get(language.name)
        if painter is None:
            painter = self._painters[language.name] = Painter(language, self._palette)
        return painter


def _list_themes(config: HighlightConfig) -> dict[str, str]:
    """Return the names of the site's one theme, or of its light and its dark one, by their keys."""
    if config.theme is not None:
        return {"theme": config.theme}
    if config.light_theme is None or config.dark_theme is None:
        raise SiteError(
            "`[markdown.highlighting]` names no theme",
            hint="Set `theme`, or both `light_theme` and `dark_theme`.",
        )
    return {"light_theme": config.light_theme, "dark_theme": config.dark_theme}


def _make_highlighter(
    themes: tuple[Theme | str, ...], classes: bool, languages: Mapping[str, Language] | None, limit_s: float
) -> Highlighter:
    return Highlighter(themes=themes, classes=classes, languages=languages, limit_s=limit_s)
