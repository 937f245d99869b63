"""How a problem reads on the terminal."""

from __future__ import annotations

import click

from generator.commands.diagnostics import MOST_LINES, format_error
from generator.errors import Location, SiteError, SiteErrors, locate


def text_of(error: SiteError) -> str:
    return click.unstyle(format_error(error))


def test_message_place_line_caret_reasons_and_hint() -> None:
    source = "+++\ntitle = \n+++\n"
    error = SiteError(
        "Front matter is not valid TOML",
        where=locate("content/posts/a.md", source, 12),
        reasons=["a value is missing", "one\ntwo"],
        hint="write the title in quotes",
    )
    assert text_of(error) == (
        "error: Front matter is not valid TOML\n"
        " --> content/posts/a.md:2:9\n"
        "  |\n"
        "2 | title = \n"
        "  |         ^\n"
        "  = reason: a value is missing\n"
        "  = reason: one\n"
        "            two\n"
        "  = hint: write the title in quotes"
    )


def test_gutter_is_as_wide_as_the_line_number() -> None:
    where = Location(file="a.md", line=123, column=1, source="x")
    assert text_of(SiteError("no", where=where)).split("\n") == [
        "error: no",
        "   --> a.md:123:1",
        "    |",
        "123 | x",
        "    | ^",
    ]


def test_place_without_line_is_the_file_alone() -> None:
    assert text_of(SiteError("not UTF-8", where=Location(file="content/a.md"))) == (
        "error: not UTF-8\n --> content/a.md"
    )


def test_caret_stands_under_its_character_after_hangul_tabs_and_combining_marks() -> None:
    source = "\t한글 e\u0301 !"
    where = Location(file="a.md", line=1, column=source.index("!") + 1, source=source)
    line, caret = text_of(SiteError("no", where=where)).split("\n")[3:]
    assert line == "1 |     한글 e\u0301 !"
    # Four columns of the tab, four of two syllables, a space, an e with its mark, a space.
    assert caret == "  | " + " " * (4 + 4 + 1 + 1 + 1) + "^"


def test_long_line_is_cut_around_the_caret() -> None:
    source = "a" * 5000 + "!" + "b" * 5000
    where = Location(file="a.json", line=1, column=5001, source=source)
    line, caret = text_of(SiteError("no", where=where)).split("\n")[3:]
    assert line.startswith("1 | …aaa")
    assert line.endswith("bbb…")
    assert len(line) < 120
    assert line[caret.index("^")] == "!"


def test_control_characters_do_not_reach_the_terminal() -> None:
    where = Location(file="a\x1b[2J.md", line=1, column=2, source="x\x1b]0;title\x07\u202e")
    shown = text_of(SiteError("bad \x1b[31mred", where=where, reasons=["\x9b1m"], hint="\x00"))
    assert not {"\x1b", "\x07", "\x9b", "\x00", "\u202e"} & set(shown)


def test_a_long_chain_is_shown_by_its_ends() -> None:
    shown = text_of(SiteError("too deep", reasons=[f"in part-{number}.html" for number in range(100)]))
    assert shown.split("\n")[4:6] == ["  = reason: in part-3.html", "  = reason: … and 92 more …"]
    assert shown.endswith("in part-99.html")


def test_no_message_is_longer_than_a_screen() -> None:
    shown = text_of(SiteError("x" * 100_000, reasons=["\n".join("line" for _ in range(1000))]))
    assert len(shown.split("\n")) == MOST_LINES
    assert len(shown) < 2000


def test_all_problems_of_a_stage_are_shown_in_the_order_of_their_places() -> None:
    places = [Location(file="b.md"), Location(file="a.md", line=2), Location(file="a.md", line=1)]
    shown = text_of(SiteErrors(SiteError("no", where=where) for where in places))
    assert [line.strip() for line in shown.split("\n") if "-->" in line] == ["--> a.md:1", "--> a.md:2", "--> b.md"]


def many(count: int) -> SiteErrors:
    where = [Location(file=f"{n:02}.md", line=1, column=1, source="x") for n in range(count)]
    return SiteErrors(SiteError("no\nno", where=place) for place in where)


def test_problems_that_do_not_fit_have_a_line_each() -> None:
    lines = text_of(many(10)).split("\n")
    assert lines[:3] == ["error: no", "no", " --> 00.md:1:1"]
    assert lines[-8:] == [f"error: {n:02}.md:1:1: no" for n in range(2, 10)]


def test_many_problems_stay_within_forty_lines_and_the_rest_is_counted() -> None:
    lines = text_of(many(50)).split("\n")
    assert len(lines) == MOST_LINES
    shown = sum(line.startswith("error:") for line in lines)
    assert lines[-1] == f"… and {50 - shown} more"


def test_problems_that_fit_are_not_counted() -> None:
    assert "more" not in text_of(SiteErrors(SiteError(f"no {n}") for n in range(17)))
