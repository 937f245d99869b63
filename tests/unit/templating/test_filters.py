from __future__ import annotations

from typing import Any

import pytest

from generator.errors import SiteError
from generator.templating.functions.filters import Markdown, NumFormat, base64_decode, base64_encode, regex_replace
from generator.tera.errors import CallError

num_format = NumFormat(default_language="en")


@pytest.mark.parametrize(("plain", "encoded"), [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("한글", "7ZWc6riA")])
def test_base64_there_and_back(plain: str, encoded: str) -> None:
    assert base64_encode(plain, {}) == encoded
    assert base64_decode(encoded, {}) == plain


@pytest.mark.parametrize("text", ["Zg", "Zh==", "Zm9v!", "Z m8=", "Zm8=\n", "/w==", "Zm-_"])
def test_base64_is_taken_by_the_letter(text: str) -> None:
    with pytest.raises(CallError, match="base64_decode"):
        base64_decode(text, {})


@pytest.mark.parametrize("call", [base64_encode, base64_decode, regex_replace])
def test_text_filters_want_text(call: Any) -> None:
    with pytest.raises(CallError, match="got `1` but expected a String"):
        call(1, {"pattern": "a", "rep": "b"})


def test_patterns_are_replaced() -> None:
    assert regex_replace("World hello", {"pattern": r"(?P<a>\w+)\s(?P<b>\w+)", "rep": "$b $a"}) == "hello World"
    for args in ({"pattern": "("}, {"pattern": "(", "rep": ""}, {"rep": ""}):
        with pytest.raises(CallError, match="regex_replace"):
            regex_replace("a", args)


@pytest.mark.parametrize(
    ("number", "locale", "text"),
    [
        (0, "en", "0"),
        (999, "en", "999"),
        (1000, "en", "1,000"),
        (-1234567, "ko", "-1,234,567"),
        (1234567, "de", "1.234.567"),
        (1234567, "fr", "1\u202f234\u202f567"),
        (1234567, "en-IN", "12,34,567"),
        (1234567, "en_IN", "12,34,567"),
        (1234567, "en-US-POSIX", "1234567"),
        (-1234, "sv", "−1\u00a0234"),
        (2**63 - 1, "en", "9,223,372,036,854,775,807"),
    ],
)
def test_digits_are_grouped_as_a_locale_does(number: int, locale: str, text: str) -> None:
    assert num_format(number, {"locale": locale}) == text


def test_the_default_language_is_the_default_locale() -> None:
    assert NumFormat(default_language="de")(1000, {}) == "1.000"
    with pytest.raises(CallError, match="invalid `locale` argument: `ko-KR`"):
        num_format(1, {"locale": "ko-KR"})
    for value in (1.0, "1", True, None, 2**63):
        with pytest.raises(CallError, match="expected a i64"):
            num_format(value, {})


def test_inline_markdown_loses_its_outer_paragraph() -> None:
    markdown = Markdown(render=lambda text: f"<p>{text}</p>\n<p>b</p>\n")
    assert markdown("a", {}) == "<p>a</p>\n<p>b</p>\n"
    assert markdown("a", {"inline": True}) == "a</p>\n<p>b"
    assert Markdown(render=lambda text: "<ul><p>x</ul>")("a", {"inline": True}) == "<ul><p>x</ul>"


def test_what_markdown_cannot_render_is_told() -> None:
    def fail(text: str) -> str:
        raise SiteError(f"no {text}")

    with pytest.raises(CallError, match="Failed to render markdown filter: no a"):
        Markdown(render=fail)("a", {})
