"""Slugs: Zola's modes, and the table for letters beyond ASCII."""

import pytest

from generator.text.slug import slugify, slugify_anchor, slugify_path


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("My Test String!!!1!1", "my-test-string-1-1"),
        ("  --test_-_cool", "test-cool"),
        ("Été à la plage", "ete-a-la-plage"),
        ("도커란무엇인가?", "dokeoranmueosinga"),
        ("漢字とカナ", "han-zi-tokana"),
        ("I ♥ 🦄s", "i-hearts-unicorn-s"),
        ("\tTabs\x7f", "tabs"),
        ("é\tx", "e-x"),
        ("\ufdd0", ""),
        ("a\U0010fffdb", "a-b"),
        ("", ""),
    ],
)
def test_slugify_writes_latin_letters(text: str, slug: str) -> None:
    assert slugify(text) == slug


INITIALS = ["g", "gg", "n", "d", "dd", "r", "m", "b", "bb", "s", "ss", "", "j", "jj", "c", "k", "t", "p", "h"]
VOWELS = [
    *("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae"),
    *("oe", "yo", "u", "weo", "we", "wi", "yu", "eu", "yi", "i"),
]
FINALS = [
    *("", "g", "gg", "gs", "n", "nj", "nh", "d", "l", "lg", "lm", "lb", "ls", "lt", "lp"),
    *("lh", "m", "b", "bs", "s", "ss", "ng", "j", "c", "k", "t", "p", "h"),
]


def test_every_hangul_syllable_is_the_sum_of_its_letters() -> None:
    syllables = [i + v + f for i in INITIALS for v in VOWELS for f in FINALS]
    assert [slugify(chr(0xAC00 + at)) for at in range(11_172)] == syllables


@pytest.mark.parametrize(
    ("text", "safe"), [("Any thing?. ", "Any thing"), ("a/b\\c:d", "abcd"), (" 한글 *이름* ", " 한글 이름"), ("..", "")]
)
def test_safe_paths_lose_what_file_systems_refuse(text: str, safe: str) -> None:
    assert slugify_path(text, "safe") == safe


def test_modes() -> None:
    assert slugify_path("A b/c", "off") == "A b/c"
    assert slugify_path("A b/c", "on") == "a-b-c"
    assert slugify_anchor("한글 a\tb", "off") == slugify_anchor("한글 a\tb", "safe") == "한글_a_b"
    assert slugify_anchor("한글 a", "on") == "hangeul-a"
