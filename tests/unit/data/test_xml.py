"""XML as Zola reads it."""

import json
from typing import Any

import pytest

from generator.data.problems import DataError
from generator.data.xml import parse_xml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<a/>", {}),
        ("<a><b>1</b><c/><b>2</b></a>", {"c": {}, "b": [1, 2]}),
        ("<a><p>1</p><q>2</q><r>3</r><p>4</p></a>", {"r": 3, "q": 2, "p": [1, 4]}),
        ('<a z="1"><z>2</z><z>3</z><y/><z/></a>', {"@z": 1, "z": [2, 3, {}], "y": {}}),
        ('<a x="01" y="b">t</a>', {"@x": 1, "@y": "b", "#text": "t"}),
        ("<a>x<b>1</b></a>", "x"),
        ("<a>t<!-- c -->u</a>", "t"),
        ("<a><!-- c -->t</a>", {}),
        ("<a> <![CDATA[ x ]]> y</a>", "x  y"),
        ("<a>&amp;&#65;</a>", "&A"),
        ('<x:a xmlns:x="u" x:b="1" xml:lang="ko"><x:c>1</x:c></x:a>', {"@b": 1, "@lang": "ko", "c": 1}),
    ],
)
def test_shapes(text: str, value: Any) -> None:
    assert json.dumps(parse_xml(text)) == json.dumps({"a": value})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("01", 1), ("+5", 5), ("-5", -5.0), ("1.50", 1.5), (".5", 0.5), ("5.", 5.0), ("99999999999999999999", 1e20)],
        *[
            ("true", True),
            ("True", "True"),
            ("inf", "inf"),
            ("0e5", "0e5"),
            ("1e999", "1e999"),
            ("0x1", "0x1"),
            (" a ", "a"),
        ],
    ],
)
def test_types(text: str, value: Any) -> None:
    assert repr(parse_xml(f"<a>{text}</a>")["a"]) == repr(value)


def test_the_named_encoding_is_no_matter_once_the_text_is_read() -> None:
    assert parse_xml('<?xml version="1.0" encoding="euc-kr"?><a>한글</a>') == {"a": "한글"}


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("<a>가<b></a>", 9),
        ("<a>&foo;</a>", 3),
        ("", 0),
        ("<!DOCTYPE a><a/>", 0),
        ('<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;&c;</a>', 0),
        ('<a x="1" x="2"/>', 9),
        ("<y:a/>", 0),
        ("<a>" * 200, 384),
    ],
)
def test_what_is_refused_has_a_place(text: str, offset: int) -> None:
    with pytest.raises(DataError) as caught:
        parse_xml(text)
    assert caught.value.offset == offset
