from __future__ import annotations

import pytest

from generator.text.rust_regex import PatternError, compile_pattern, replace_all


@pytest.mark.parametrize(
    ("pattern", "text", "replacement", "expected"),
    [
        ("l+", "hello", "L", "heLo"),
        ("(\\w+) (\\w+)", "hello world", "$2 $1", "world hello"),
        ("(?P<x>a)", "a", "${x}1 $x1 $$", "a1  $"),
        ("(?<year>\\d+)", "in 2024", "$year!", "in 2024!"),
        ("(a)|b", "ab", "<$1>", "<a><>"),
        ("a", "a", "$9 $", " $"),
        ("$", "a\n", "!", "a\n!"),
        ("(?m)$", "a\nb", "!", "a!\nb!"),
        ("(?m:a$)|b$", "a\nb\n", "!", "!\nb\n"),
        ("a*", "baac", "-", "-b-c-"),
        ("|a", "a", "-", "-a-"),
        (r"\pL+", "가나 ab1", "x", "x x1"),
        (r"\p{Hangul}", "가a", "x", "xa"),
        (r"\x{ac00}|\u{ac01}", "가각", "x", "xx"),
        (r"\A\w+\z", "한글", "x", "x"),
        ("[[:alpha:]&&[^a]]", "abc가", "-", "a--가"),
        ("[[:^digit:]]", "a1", "-", "-1"),
        (r"[^\]a|b]", "ab|c]", "-", "ab|-]"),
        ("[]x]", "]x", "-", "--"),
        ("[[:foo:]]", "f:x", "-", "--x"),
        ("(?i)SS", "ß ss", "x", "ß x"),
        (r"\bw\b{end}", "w w", "-", "- -"),
        (r"(?x) a # one", "a", "-", "-"),
        ("(?U)a+", "aaa", "x", "xxx"),
        ("(?U:a+?)a+", "aaa", "x", "x"),
        ("a{2}?b{1,}", "aabb", "x", "x"),
    ],
)
def test_patterns_mean_what_they_mean_in_rust(pattern: str, text: str, replacement: str, expected: str) -> None:
    assert replace_all(compile_pattern(pattern), text, replacement) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(?=a)",
        "(?<!a)b",
        r"(a)\1",
        "(?P=x)",
        "[a",
        "(a",
        "a)",
        "a\\",
        "*a",
        "a++",
        "a{,3}",
        "a{",
        r"\y",
        r"\x{110000}",
        "(?<a>x)(?<a>y)",
    ],
)
def test_what_rust_refuses_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)
