"""TextMate themes: JSON in, colours by scope out; which scope a token stands for is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from generator.data.problems import FieldError
from generator.errors import Location, SiteError
from generator.files.reading import read_regular

BUILTIN_DIR = Path(__file__).parent / "data" / "themes"

Atoms = tuple[str, ...]
MAX_ATOMS = 8

_HEX = re.compile(r"#*([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_NAMED_COLOURS = {"white": "#FFFFFF", "black": "#000000"}
_FOREGROUNDS = ("foreground", "editor.foreground")
_BACKGROUNDS = ("background", "editor.background")


class Style(Struct, frozen=True, kw_only=True):
    """How a token looks. font: CSS declarations, none for upright text of normal weight."""

    foreground: str
    background: str
    font: str = ""

    @property
    def decorated(self) -> bool:
        return "text-decoration" in self.font


class Change(Struct, frozen=True, kw_only=True):
    """What a rule sets; None leaves a property as the outer scope has it."""

    foreground: str | None = None
    background: str | None = None
    font: str | None = None

    def apply(self, style: Style) -> Style:
        return Style(
            foreground=self.foreground or style.foreground,
            background=self.background or style.background,
            font=style.font if self.font is None else self.font,
        )


class Rule(Struct, frozen=True, kw_only=True):
    """One selector of a theme with what it sets.

    target: atoms that the innermost scope starts with. parents: the scopes asked for around it, the nearest
    first, each with whether it must be the very next one (`>`).
    """

    target: Atoms
    parents: tuple[tuple[Atoms, bool], ...] = ()
    change: Change

    def matches(self, scopes: Sequence[Atoms]) -> bool:
        """Tell whether the stack `scopes`, the outermost first, is one that this selector means."""
        if not _starts_with(scopes[-1], self.target):
            return False
        end = len(scopes) - 1
        for atoms, direct in self.parents:
            lowest = max(end - 1, 0) if direct else 0
            end = next((at for at in range(end - 1, lowest - 1, -1) if _starts_with(scopes[at], atoms)), -1)
            if end < 0:
                return False
        return True


class Match(Struct, frozen=True, kw_only=True):
    """What a theme makes of a scope stack: the style, and the selectors' targets that gave it its colours."""

    style: Style
    targets: tuple[Atoms, ...] = ()


class Theme(Struct, frozen=True, kw_only=True):
    """A theme, ready to be asked. rules: the least specific first, so that the last match wins.

    line_highlight, line_number: colours of marked lines and of line numbers, where the theme has them.
    """

    name: str
    default: Style
    line_highlight: str | None
    line_number: str | None
    rules: tuple[Rule, ...]
    _by_first_atom: dict[str, tuple[Rule, ...]] = field(default_factory=dict)

    def match(self, scopes: Sequence[str]) -> Match:
        """Return the style of a token under `scopes`, the outermost first; inner scopes override outer ones.

        Zola: giallo names only the selectors that set a colour, not those that set a font style alone.
        """
        stack = tuple(split_atoms(scope) for scope in scopes)
        style, colour_target, background_target = self.default, None, None
        for depth in range(1, len(stack) + 1):
            for rule in self._find_candidates(stack[depth - 1][0]):
                if rule.matches(stack[:depth]):
                    style = rule.change.apply(style)
                    colour_target = rule.target if rule.change.foreground else colour_target
                    background_target = rule.target if rule.change.background else background_target
        targets = dict.fromkeys(target for target in (colour_target, background_target) if target is not None)
        return Match(style=style, targets=tuple(targets))

    def _find_candidates(self, atom: str) -> tuple[Rule, ...]:
        rules = self._by_first_atom.get(atom)
        if rules is None:
            rules = tuple(rule for rule in self.rules if not rule.target or rule.target[0] == atom)
            self._by_first_atom[atom] = rules
        return rules


def split_atoms(scope: str) -> Atoms:
    """Return the parts of a scope, `keyword.control` → `keyword`, `control`; giallo keeps eight."""
    return tuple(scope.split(".")[:MAX_ATOMS])


def list_builtin_themes() -> tuple[str, ...]:
    """Return the names of the themes that come with the project, sorted."""
    return tuple(sorted(file.stem for file in BUILTIN_DIR.glob("*.json")))


def load_builtin_theme(name: str) -> Theme:
    """Read the theme `name` (lower case) that comes with the project."""
    return parse_theme(msgspec.json.decode((BUILTIN_DIR / f"{name}.json").read_bytes()))


def load_theme(file: Path) -> Theme:
    """Read a TextMate theme from a site's own file.

    Raises: SiteError when it cannot be read or is not such a theme.
    """
    import json  # few sites bring themes along, and it tells where they are broken

    where = Location(file=str(file))
    try:
        return parse_theme(json.loads(read_regular(file)))
    except OSError as error:
        raise SiteError("Failed to read an extra theme", where=where, reasons=[error.strerror or str(error)]) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SiteError(
            "This file is not a TextMate theme in JSON",
            where=where,
            reasons=[_describe(error)],
            hint="A theme is an object with `name`, `tokenColors` and `colors` (at least foreground and background).",
        ) from error


def check_theme_name(key: str, name: str, known: Iterable[str]) -> None:
    """Raise FieldError unless `name`, the config's value of `key`, is in any case of letters one of `known`."""
    names, wanted = sorted(known), name.lower()
    if wanted in names:
        return
    from difflib import get_close_matches

    near = [other for other in names if wanted in other or other in wanted] or get_close_matches(wanted, names, n=3)
    hint = f"Did you mean {_join_or(near)}?" if near and wanted else f"Themes: {', '.join(names)}."
    raise FieldError(f"names a theme that does not exist: `{name}`", ("markdown", "highlighting", key), hint)


def parse_theme(raw: Mapping[str, Any]) -> Theme:
    """Return the theme that a TextMate theme's JSON object describes.

    Raises: ValueError, KeyError, TypeError, AttributeError when it is not of that shape.
    """
    colors: Mapping[str, str] = raw["colors"]
    default = Style(foreground=_first_colour(colors, _FOREGROUNDS), background=_first_colour(colors, _BACKGROUNDS))
    rules: list[Rule] = []
    for entry in raw["tokenColors"]:
        change = _parse_change(entry.get("settings", {}))
        selectors = _list_selectors(entry.get("scope"))
        rules.extend(rule for selector in selectors if (rule := _parse_selector(selector, change)))
        if not selectors:
            default = Change(foreground=change.foreground, background=change.background).apply(default)
    rules.sort(key=lambda rule: (len(rule.target), len(rule.parents)))
    return Theme(
        name=raw["name"],
        default=default,
        line_highlight=_find_colour(colors, "editor.lineHighlightBackground"),
        line_number=_find_colour(colors, "editorLineNumber.foreground"),
        rules=tuple(rules),
    )


def parse_colour(text: str) -> str:
    """Return a colour as giallo prints it: `#RRGGBB` in capitals, with the alpha only where it is not full."""
    if named := _NAMED_COLOURS.get(text.lstrip("#")):
        return named
    found = _HEX.fullmatch(text)
    if not found:
        raise ValueError(f"`{text}` is not a colour such as `#1E1E2E`")
    digits = found[1].upper()
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    return "#" + (digits[:6] if digits[6:] == "FF" else digits)


def _starts_with(scope: Atoms, prefix: Atoms) -> bool:
    return scope[: len(prefix)] == prefix


def _first_colour(colors: Mapping[str, str], keys: tuple[str, ...]) -> str:
    for key, value in colors.items():
        if key in keys:
            return parse_colour(value)
    raise KeyError(keys[-1])


def _find_colour(colors: Mapping[str, str], key: str) -> str | None:
    return parse_colour(colors[key]) if key in colors else None


def _list_selectors(scope: str | Sequence[str] | None) -> Sequence[str]:
    if isinstance(scope, str):
        return [selector.strip() for selector in scope.split(",")]
    return scope or ()


def _parse_selector(selector: str, change: Change) -> Rule | None:
    words = selector.split()
    if not words or words[-1] == ">":
        return None
    parents = []
    direct = False
    for word in reversed(words[:-1]):
        if word != ">":
            parents.append((split_atoms(word), direct))
        direct = word == ">"
    return Rule(target=split_atoms(words[-1]), parents=tuple(parents), change=change)


def _parse_change(settings: Mapping[str, str | None]) -> Change:
    font = settings.get("fontStyle")
    return Change(
        foreground=_parse_setting(settings.get("foreground")),
        background=_parse_setting(settings.get("background")),
        font=None if font is None else _parse_font(font),
    )


def _parse_setting(colour: str | None) -> str | None:
    return None if colour is None or colour == "inherit" else parse_colour(colour)


def _parse_font(text: str) -> str:
    lines = [css for word, css in (("underline", "underline"), ("strikethrough", "line-through")) if word in text]
    return (
        ("font-weight: bold;" if "bold" in text else "")
        + ("font-style: italic;" if "italic" in text else "")
        + (f"text-decoration: {' '.join(lines)};" if lines else "")
    )


def _describe(error: Exception) -> str:
    return f"`{error.args[0]}` is missing" if isinstance(error, KeyError) else str(error)


def _join_or(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
