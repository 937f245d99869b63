from __future__ import annotations

import json
from typing import Any

from generator.search.elasticlunr import render_index
from generator.search.languages import find_language

ENGLISH = find_language("en")
KOREAN = find_language("ko")
assert ENGLISH
assert KOREAN


def node(index: dict[str, Any], field: str, term: str) -> Any:
    found = index["index"][field]["root"]
    for char in term:
        found = found[char]
    return found


def test_the_whole_of_a_small_index() -> None:
    assert render_index(ENGLISH, ["title", "body"], {"/b": ["Cat", "cats cat"], "/a": ["", "car"]}) == (
        '{"fields":["title","body"],"pipeline":["trimmer","stopWordFilter","stemmer"],"ref":"id","version":"0.9.5",'
        '"index":{"body":{"root":{"docs":{},"df":0,"c":{"docs":{},"df":0,"a":{"docs":{},"df":0,'
        '"r":{"docs":{"/a":{"tf":1.0}},"df":1},"t":{"docs":{"/b":{"tf":1.7320508075688772}},"df":1}}}}},'
        '"title":{"root":{"docs":{},"df":0,"c":{"docs":{},"df":0,"a":{"docs":{},"df":0,'
        '"t":{"docs":{"/b":{"tf":1.0}},"df":1}}}}}},'
        '"documentStore":{"save":true,"docs":{"/a":{"body":"car","id":"/a","title":""},'
        '"/b":{"body":"cats cat","id":"/b","title":"Cat"}},'
        '"docInfo":{"/a":{"body":1,"title":0},"/b":{"body":2,"title":1}},"length":2},"lang":"English"}'
    )


def test_no_documents() -> None:
    index = json.loads(render_index(KOREAN, ["body"], {}))
    assert index["index"] == {"body": {"root": {"docs": {}, "df": 0}}}
    assert index["documentStore"] == {"save": True, "docs": {}, "docInfo": {}, "length": 0}
    assert index["lang"] == "Korean"


def test_terms_of_a_field_count_again_in_those_after_it() -> None:
    index = json.loads(render_index(ENGLISH, ["title", "description", "body"], {"/a": ["cat", "", "cat dog"]}))
    assert node(index, "description", "cat")["docs"] == {"/a": {"tf": 1.0}}
    assert node(index, "body", "cat")["docs"]["/a"]["tf"] == 2**0.5
    assert index["documentStore"]["docInfo"]["/a"] == {"title": 1, "description": 0, "body": 2}


def test_a_term_that_begins_another_is_above_it() -> None:
    index = json.loads(render_index(KOREAN, ["body"], {"/a": ["도 도커 도커란"], "/b": ["도커"]}))
    assert node(index, "body", "도")["df"] == 1
    assert node(index, "body", "도커")["df"] == 2
    assert node(index, "body", "도커란")["docs"] == {"/a": {"tf": 1.0}}


def test_the_path_is_cut_at_slashes() -> None:
    index = json.loads(render_index(ENGLISH, ["path", "body"], {"/a": ["/posts/docker/", "x/z"]}))
    assert node(index, "path", "docker")["df"] == 1
    assert node(index, "body", "x/z")["df"] == 1


def test_texts_and_fields_that_do_not_match_in_number() -> None:
    index = json.loads(render_index(ENGLISH, ["title", "body"], {"/a": ["t"], "/b": ["t", "b", "left out"]}))
    assert index["documentStore"]["docs"] == {
        "/a": {"id": "/a", "title": "t"},
        "/b": {"id": "/b", "title": "t", "body": "b"},
    }
    assert index["documentStore"]["docInfo"]["/a"] == {"title": 1}


def test_characters_that_json_escapes() -> None:
    text = 'a"b \\c "\u0001" </script> \x7f'
    index = json.loads(render_index(KOREAN, ["body"], {'/"': [text]}))
    assert index["documentStore"]["docs"]['/"']["body"] == text
    assert node(index, "body", 'a"b')["docs"] == {'/"': {"tf": 1.0}}


def test_a_document_without_texts_has_no_lengths() -> None:
    store = json.loads(render_index(ENGLISH, ["date"], {"/a": [], "/b": ["2024"]}))["documentStore"]
    assert store["docs"] == {"/a": {"id": "/a"}, "/b": {"date": "2024", "id": "/b"}}
    assert store["docInfo"] == {"/b": {"date": 1}}
