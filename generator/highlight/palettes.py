"""Themes as HTML attributes: one theme's colours inline, a light and a dark one's together, or classes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from generator.highlight.html import Paint, Palette
from generator.highlight.stylesheet import PREFIX, list_classes
from generator.highlight.themes import Atoms, Style, Theme

_LINE = 'class="giallo-l"'


def choose_palette(themes: Sequence[Theme], *, classes: bool) -> Palette:
    """Return the palette of one theme, or of a light one with a dark one."""
    if classes:
        return ClassPalette(themes)
    return InlinePalette(themes[0]) if len(themes) == 1 else DualPalette(themes[0], themes[1])


class InlinePalette:
    """One theme, its colours in `style`; neighbours that look alike share a span."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        default = theme.default
        self.blank = Paint(opening="<span>", styles=(default,))
        self.pre = f'class="giallo" style="color: {default.foreground}; background-color: {default.background};"'
        self.marked_line = _LINE + _style(theme.line_highlight and f"background-color: {theme.line_highlight};")
        self.line_number = _style(theme.line_number and f"color: {theme.line_number};")

    def paint(self, scopes: Sequence[str]) -> Paint:
        style, default = self._theme.match(scopes).style, self._theme.default
        colour = f"color: {style.foreground};" if style.foreground != default.foreground else ""
        background = f"background-color: {style.background};" if style.background != default.background else ""
        return _make_paint(f"<span{_style(colour + background + style.font)}>", (style,))

    def merge(self, first: Paint, second: Paint) -> Paint | None:
        return first if first.opening == second.opening else None


class DualPalette:
    """A light and a dark theme, their colours in one `style`; font styles are the light one's."""

    def __init__(self, light: Theme, dark: Theme) -> None:
        self._light, self._dark = light, dark
        self.blank = Paint(opening="<span>", styles=(light.default, dark.default))
        colours = _colours(light.default, dark.default) + " " + _backgrounds(light.default, dark.default)
        self.pre = f'class="giallo" style="color-scheme: light dark; {colours}"'
        marked = _both("background-color", light.line_highlight, dark.line_highlight)
        self.marked_line = _LINE + _style(marked)
        self.line_number = _style(_both("color", light.line_number, dark.line_number))

    def paint(self, scopes: Sequence[str]) -> Paint:
        light, dark = self._light.match(scopes).style, self._dark.match(scopes).style
        usual_light, usual_dark = self._light.default, self._dark.default
        css = light.font
        if (light.background, dark.background) != (usual_light.background, usual_dark.background):
            css = _backgrounds(light, dark) + css
        if (light.foreground, dark.foreground) != (usual_light.foreground, usual_dark.foreground):
            css = _colours(light, dark) + css
        return _make_paint(f"<span{_style(css)}>", (light, dark))

    def merge(self, first: Paint, second: Paint) -> Paint | None:
        return None


class ClassPalette:
    """One or two themes, as classes that their stylesheets colour."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._themes = themes
        self.blank = Paint(opening="<span>", styles=tuple(theme.default for theme in themes))
        self.pre = f'class="giallo {PREFIX}code"'
        self.marked_line = f'class="giallo-l {PREFIX}hl"'
        self.line_number = ""

    def paint(self, scopes: Sequence[str]) -> Paint:
        matches = [theme.match(scopes) for theme in self._themes]
        targets = tuple(dict.fromkeys(target for match in matches for target in match.targets))
        return _make_paint(_class_span(targets), tuple(match.style for match in matches), targets)

    def merge(self, first: Paint, second: Paint) -> Paint | None:
        if len(self._themes) > 1 or first.styles != second.styles:
            return None
        if first.targets == second.targets:
            return first
        targets = tuple(dict.fromkeys((*first.targets, *second.targets)))
        return _make_paint(_class_span(targets), first.styles, targets)


def _style(css: str | None) -> str:
    return f' style="{css}"' if css else ""


def _colours(light: Style, dark: Style) -> str:
    return f"color: light-dark({light.foreground}, {dark.foreground});"


def _backgrounds(light: Style, dark: Style) -> str:
    return f"background-color: light-dark({light.background}, {dark.background});"


def _both(name: str, light: str | None, dark: str | None) -> str:
    return f"{name}: light-dark({light}, {dark});" if light and dark else ""


def _make_paint(opening: str, styles: tuple[Style, ...], targets: tuple[Atoms, ...] = ()) -> Paint:
    return Paint(opening=opening, styles=styles, targets=targets, decorated=any(style.decorated for style in styles))


@cache
def _class_span(targets: tuple[Atoms, ...]) -> str:
    return f'<span class="{list_classes(targets)}">' if targets else "<span>"
