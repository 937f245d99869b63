"""Rules are tried where they can start; what they find is what Pygments finds."""

import re

import pygments.lexers
import pytest

from generator.highlight.dispatch import Dispatcher, run_lexer
from generator.highlight.expressions import find_rules, make_lexer
from generator.highlight.starts import ANYTHING, OTHER, find_bit, find_starts


def starts(pattern: str, flags: int = 0) -> str:
    """Return the ASCII characters that a match can start with, `…` for all others."""
    bits = find_starts(pattern, flags)
    return "".join(chr(code) for code in range(128) if bits & 1 << code) + ("…" if bits & OTHER else "")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"abc", "a"),
        (r"(?:ab|cd|[x-z])e", "acxyz"),
        (r"a?b*c", "abc"),
        (r"(?P<q>['\"])x(?P=q)", "\"'"),
        (r"\d+", "0123456789…"),
        (r"^\bif\b", "i"),
        (r"(?=[;)])", ");"),
        (r"(?!a)b", "b"),
        (r"(?<=x)y", "y"),
        (r"[가-힣]|λ", "…"),
        (r"(?i:k)1", "Kk…"),
    ],
)
def test_a_rule_starts_with_these_characters(pattern: str, expected: str) -> None:
    assert starts(pattern) == expected


@pytest.mark.parametrize("pattern", [r"a*", r".+?(?=x)", r"(a)?\1", r"$", r"a|", r"(?=x)?"])
def test_a_rule_that_may_match_nothing_or_anything_can_start_anywhere(pattern: str) -> None:
    assert find_starts(pattern) == ANYTHING


def test_a_set_that_leaves_out_characters_still_has_all_others() -> None:
    bits = find_starts(r"[^a\s가]")
    assert not bits & find_bit("a")
    assert not bits & find_bit(" ")
    assert bits & find_bit("b")
    assert bits & find_bit("가")


def test_letters_match_in_both_cases_where_case_is_ignored() -> None:
    assert starts("if", re.IGNORECASE) == "Ii…"
    assert starts("[a-b]", re.IGNORECASE) == "ABab…"


SAMPLES = {
    "PythonLexer": 'def f(a, *b):\n    """x"""\n    return f"{a!r} {{}}" + r\'\\d\' @ 0x1F  # 주석\n?\n\n$',
    "JavascriptLexer": "const a = /b+/g; // 주석\nclass A { #x = `${a.b}`; }\n\x00\n",
    "RustLexer": 'fn a<\'b>(x: &\'b str) -> u8 { r#"x"#; println!("{}", 1_000u64) }\n가나 \\\n',
    "CssLexer": "@media (x) { a:hover > b { color: #fff !important; } }\n}}{{",
    "HtmlLexer": "<p class=a>x &amp; <script>let a = 1;</script><style>a{}</style><!-- y -->\n<",
    "TOMLLexer": 'a = 1\n[b."c"]\nd = [1979-05-27, """x\ny"""]\n=\n',
    "SqlLexer": "SELECT a FROM b WHERE c = 'd' -- e\n;\n\\",
    "CSharpLexer": "class A {\n    static void Main(string[] b) { c(); } // d\n}\n",
    "GoLexer": 'package a\nfunc (b *C) D() error { return fmt.Errorf("%w", 1) }\n',
}


@pytest.mark.parametrize("lexer", SAMPLES)
def test_the_tokens_are_those_of_pygments(lexer: str) -> None:
    kind = getattr(pygments.lexers, lexer)
    deferred = make_lexer(kind)
    rules = find_rules(deferred)
    assert rules is not None
    found = Dispatcher(deferred, rules).split(SAMPLES[lexer])
    assert found == run_lexer(kind(), SAMPLES[lexer])
    assert found == run_lexer(deferred, SAMPLES[lexer])
    assert "".join(text for _, text in found) == SAMPLES[lexer]


def test_lexers_with_ways_of_their_own_are_left_to_themselves() -> None:
    assert find_rules(make_lexer(pygments.lexers.CLexer)) is None
    assert find_rules(make_lexer(pygments.lexers.YamlLexer)) is None
