"""Which scopes a token gets: the table nearest to it, by word, by shape, by type."""

import pytest

from generator.highlight.scopes import describe_shape, find_token_scopes, parse_entry


def test_an_entry_is_scopes_alone_or_scopes_by_shape_and_word() -> None:
    assert parse_entry("string constant.character").only == ("string", "constant.character")
    entry = parse_entry({"": "a", "(": "b", "C": "c", "(C": "d", "words": {"e f": "if else"}})
    assert entry.only is None
    assert entry.find("if", "", "(") == ("e", "f")
    assert entry.find("x", "", "(") == ("b",)
    assert entry.find("Xy", "", " ") == ("c",)
    assert entry.find("Xy", "", "(") == ("d",)
    assert entry.find("x", ".", " ") == ("a",)


@pytest.mark.parametrize(
    ("text", "before", "after", "shape"),
    [
        ("run", ".", "(", ".("),
        ("Run", " ", "\n", "C"),
        ("MAX_1", "", "=", "=A"),
        ("X", "", "", "C"),
        ("1.5e3", "", ",", "9"),
        ("도커", "", ":", ":"),
    ],
)
def test_a_shape_tells_neighbours_and_case(text: str, before: str, after: str, shape: str) -> None:
    assert describe_shape(text, before, after) == shape


def test_a_type_without_entry_takes_that_of_the_type_it_refines() -> None:
    assert find_token_scopes("wenyan", "Literal.Number.Integer.Long").only == ("constant.numeric",)
    assert find_token_scopes("wenyan", "Nothing.Known").only == ()


def test_languages_have_tables_of_their_own_and_models() -> None:
    python = find_token_scopes("python", "Keyword")
    assert python.find("def", "", "\n") != python.find("return", "", "\n")
    assert find_token_scopes("shellsession", "Name.Attribute") == find_token_scopes("shellscript", "Name.Attribute")
