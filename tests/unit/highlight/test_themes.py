"""Which rule of a theme wins, and what the themes that come along hold."""

import pytest

from generator.highlight.themes import Theme, list_builtin_themes, load_builtin_theme, parse_colour, parse_theme


def theme(*rules: tuple[str | list[str] | None, dict[str, str]]) -> Theme:
    entries = [{"scope": scope, "settings": settings} for scope, settings in rules]
    return parse_theme(
        {"name": "t", "colors": {"foreground": "#000", "editor.background": "#fff"}, "tokenColors": entries}
    )


def colour(theme: Theme, *scopes: str) -> str:
    return theme.match(("source.x", *scopes)).style.foreground


def test_the_longer_selector_wins_wherever_it_stands() -> None:
    one = theme(("keyword.control", {"foreground": "#111"}), ("keyword", {"foreground": "#222"}))
    assert colour(one, "keyword.control.flow") == "#111111"
    assert colour(one, "keyword.operator") == "#222222"
    assert colour(one, "keywords") == "#000000"


def test_the_later_of_two_equal_selectors_wins() -> None:
    assert colour(theme(("a", {"foreground": "#111"}), ("a", {"foreground": "#222"})), "a") == "#222222"


def test_inner_scopes_override_outer_ones_and_inherit_from_them() -> None:
    one = theme(("string.quoted", {"foreground": "#111", "fontStyle": "italic"}), ("constant", {"foreground": "#222"}))
    style = one.match(("source.x", "string.quoted.double", "constant.character")).style
    assert (style.foreground, style.font) == ("#222222", "font-style: italic;")
    assert colour(one, "string.quoted.double", "meta.other") == "#111111"


def test_parents_may_be_anywhere_or_next() -> None:
    one = theme((["a b", "a > c"], {"foreground": "#111"}))
    assert colour(one, "a.x", "z", "b") == "#111111"
    assert colour(one, "z", "b") == "#000000"
    assert colour(one, "a", "c") == "#111111"
    assert colour(one, "a", "z", "c") == "#000000"


def test_a_rule_without_scope_sets_the_defaults() -> None:
    one = theme((None, {"foreground": "#333", "background": "#444", "fontStyle": "bold"}))
    assert (one.default.foreground, one.default.background, one.default.font) == ("#333333", "#444444", "")


def test_the_matched_selectors_are_named_for_colours_alone() -> None:
    one = theme(("a", {"foreground": "#111"}), ("a.b", {"fontStyle": "bold"}), ("c", {"background": "#222"}))
    assert one.match(("a.b", "c.d")).targets == (("a",), ("c",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#abc", "#AABBCC"),
        ("#abcd", "#AABBCCDD"),
        ("#abcf", "#AABBCC"),
        ("1b1f23", "#1B1F23"),
        ("#1b1f234d", "#1B1F234D"),
        ("#1b1f23ff", "#1B1F23"),
        ("white", "#FFFFFF"),
        ("#black", "#000000"),
    ],
)
def test_colours_are_written_one_way(text: str, expected: str) -> None:
    assert parse_colour(text) == expected


@pytest.mark.parametrize("text", ["", "#12345", "red", "#ggg"])
def test_other_words_are_no_colours(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        parse_colour(text)


def test_every_theme_that_comes_along_is_whole() -> None:
    names = list_builtin_themes()
    assert len(names) == 60
    for name in names:
        one = load_builtin_theme(name)
        assert one.name == name
        assert len(one.rules) > 20
        assert one.default.foreground != one.default.background
