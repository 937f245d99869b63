"""Globs by the rules of Zola's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.globs import GlobError, compile_globs


def matches(glob: str, path: str) -> bool:
    compiled = compile_globs((glob,))
    assert compiled is not None
    return compiled.fullmatch(path) is not None


@pytest.mark.parametrize(
    ("glob", "path", "found"),
    [
        ("*.txt", "/a/b/c.txt", True),
        ("a/b.md", "/site/a/b.md", False),
        ("**/a/b.md", "/site/a/b.md", True),
        ("**/s/**", "/x/s/y/z", True),
        ("**/s/**", "/x/s", False),
        ("**/s", "s", True),
        ("a/**/b", "a/b", True),
        ("a/**/b", "a/x/y/b", True),
        ("a/**/b", "axb", False),
        ("a**b", "a/x/b", True),
        ("**", "anything/at/all", True),
        ("**/", "anything/at/all", True),
        ("**/**", "anything/at/all", True),
        ("**/**/a", "b/a", True),
        ("?.txt", "/.txt", True),
        ("?.txt", "가.txt", True),
        ("[a-c]x", "bx", True),
        ("[!a-c]x", "bx", False),
        ("[^a]x", "bx", True),
        ("[]]x", "]x", True),
        ("[-a]x", "-x", True),
        ("[a-]x", "-x", True),
        ("*.{md,txt}", "a/b.txt", True),
        ("*.{md,{a,b}}", "x.b", True),
        ("*.{,md}", "x.", False),
        ("{**/a,b/**}", "x/y/a", True),
        ("{**/a,b/**}", "b/c", True),
        ("a,b", "a,b", True),
        ("\\*x", "*x", True),
        ("\\*x", "ax", False),
        ("a.b", "axb", False),
        ("*", "two\nlines", True),
    ],
)
def test_what_matches(glob: str, path: str, found: bool) -> None:
    assert matches(glob, path) is found


@pytest.mark.parametrize("glob", ["a[b", "[", "[]", "a{b", "a}b", "a\\", "[z-a]", "{a,{b}"])
def test_what_says_nothing(glob: str) -> None:
    with pytest.raises(GlobError):
        compile_globs((glob,))


def test_several_globs_are_one() -> None:
    compiled = compile_globs(("*.a", "*.b"))
    assert compiled is not None
    assert compiled.fullmatch("x.b")
    assert not compiled.fullmatch("x.c")
    assert compile_globs(()) is None


@given(st.text(alphabet="ab/*?[]{},\\!-^", max_size=12), st.text(alphabet="ab/*", max_size=6))
def test_any_pattern_compiles_or_is_refused(glob: str, path: str) -> None:
    try:
        matches(glob, path)
    except GlobError:
        return


@given(st.text())
def test_an_escaped_text_matches_itself_alone(text: str) -> None:
    glob = "".join(f"\\{char}" for char in text)
    assert matches(glob, text)
    assert not matches(glob, text + "x")
