"""Code as tokens: what lexers leave whole is cut, none of the code is lost."""

import multiprocessing
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from generator.highlight import side_process
from generator.highlight.tokens import OutOfTimeError, split_tokens


def kinds(code: str, lexer: str) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in split_tokens(code, lexer) or [] if not text.isspace()]


def test_quotes_and_escapes_of_a_string_are_tokens_of_their_own() -> None:
    assert kinds(r'"a\n"', "JsonLexer") == [
        ("Literal.String.Double.Quote", '"'),
        ("Literal.String.Double", "a"),
        ("Literal.String.Double.Escape", r"\n"),
        ("Literal.String.Double.Quote", '"'),
    ]


@pytest.mark.parametrize(
    ("code", "lexer", "parts"),
    [
        ("# a\n", "PythonLexer", ["#", " a"]),
        ("/* a */\n", "JavascriptLexer", ["/*", " a ", "*/"]),
        ("//! a\n", "RustLexer", ["//!", " a"]),
        ("-- a\n", "SqlLexer", ["--", " a"]),
        ("#\n", "ShellLexer", ["#"]),
    ],
)
def test_the_marks_of_a_comment_are_tokens_of_their_own(code: str, lexer: str, parts: list[str]) -> None:
    assert [text.rstrip("\n") for _, text in kinds(code, lexer)] == parts


@pytest.mark.parametrize("lexer", ["ShellLexer", "ShellSessionLexer", "PythonLexer", "HtmlLexer"])
@pytest.mark.parametrize(
    "code", ["", "\n", "\n\n  \n", "가 `나 $(다 \"라\n\t'", "a\\\n\\", "$ x <<EOF\n> y\nEOF\n# \\ ${ [[ ((\n"]
)
def test_the_text_of_the_tokens_is_the_code(code: str, lexer: str) -> None:
    found = split_tokens(code, lexer)
    assert found is not None
    assert "".join(text for _, text in found) == code


# Quadratic in Pygments, seconds long.
RUNAWAY = "a<" * 9_000


def test_a_lexer_that_runs_away_is_stopped() -> None:
    handler = signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(OutOfTimeError):
        split_tokens(RUNAWAY, "JavaLexer", 0.05)
    assert signal.getsignal(signal.SIGVTALRM) is handler
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_so_it_is_in_a_thread_and_the_next_block_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_process, "PATIENCE_S", 0.2)
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(split_tokens, "a\n", "ShellLexer").result() == split_tokens("a\n", "ShellLexer")
        with pytest.raises(OutOfTimeError):
            threads.submit(split_tokens, RUNAWAY, "JavaLexer", 0.05).result()
        assert threads.submit(split_tokens, "b\n", "ShellLexer").result() == split_tokens("b\n", "ShellLexer")


def read_in_a_thread(code: str) -> object:
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(split_tokens, code, "ShellLexer").result()


def test_so_it_is_in_a_thread_of_a_daemon() -> None:
    # What `Pool` starts are daemons, and so are the workers of clusters.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(read_in_a_thread, ("a\n",)) == split_tokens("a\n", "ShellLexer")


def test_what_goes_wrong_in_the_side_process_is_raised_here() -> None:
    with ThreadPoolExecutor(1) as threads, pytest.raises(AttributeError, match="NoSuchLexer"):
        threads.submit(split_tokens, "a\n", "NoSuchLexer").result()
