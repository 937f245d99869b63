"""Code as tokens: what lexers leave whole is cut, none of the code is lost."""

import pytest

from generator.highlight.tokens import split_tokens


def kinds(code: str, lexer: str) -> list[tuple[str, str]]:
    tokens = split_tokens(code, lexer)
    assert tokens is not None
    return [(kind, text) for kind, text in tokens if not text.isspace()]


def test_quotes_and_escapes_of_a_string_are_tokens_of_their_own() -> None:
    assert kinds(r'"a\n"', "JsonLexer") == [
        ("Literal.String.Double.Quote", '"'),
        ("Literal.String.Double", "a"),
        ("Literal.String.Double.Escape", r"\n"),
        ("Literal.String.Double.Quote", '"'),
    ]


@pytest.mark.parametrize("lexer", ["ShellLexer", "ShellSessionLexer", "PythonLexer", "HtmlLexer"])
@pytest.mark.parametrize(
    "code", ["", "\n", "\n\n  \n", "가 `나 $(다 \"라\n\t'", "a\\\n\\", "$ x <<EOF\n> y\nEOF\n# \\ ${ [[ ((\n"]
)
def test_the_text_of_the_tokens_is_the_code(code: str, lexer: str) -> None:
    tokens = split_tokens(code, lexer)
    assert tokens is not None
    assert "".join(text for _, text in tokens) == code
