"""Templates kept between runs: nothing is parsed or compiled twice, and what is damaged is made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.tera import FolderStore, Tera, TeraError
from generator.tera.cache import Entry, entry_key, pack, unpack
from generator.tera.facts import Facts, Reference

TEMPLATES = {
    "base.html": "<{% block a %}{% endblock %}>",
    "t.html": '{% extends "base.html" %}{% import "m.html" as m %}{% block a %}{{ m::f(x=x) }}{% endblock %}',
    "m.html": "{% macro f(x) %}{{ x }}{% endmacro %}",
    "unused.html": "{% include 'x.html' %}",
}


class Memory(dict[str, bytes]):
    """A store that counts what it is given."""

    puts = 0

    def put(self, key: str, data: bytes) -> None:
        self.puts += 1
        self[key] = data


def test_a_second_engine_neither_parses_nor_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Memory()
    assert Tera(TEMPLATES, cache=store).render("t.html", {"x": "<"}) == "<&lt;>"
    puts = store.puts
    monkeypatch.setattr("generator.tera.library._parse", None)
    monkeypatch.setattr("generator.tera.library._compile", None)
    engine = Tera(TEMPLATES, cache=store)
    assert engine.render("t.html", {"x": "/"}) == "<&#x2F;>"
    assert engine.dependencies("unused.html") == {"unused.html", "x.html"}
    assert store.puts == puts


def test_the_same_source_is_kept_once_whatever_its_name() -> None:
    store = Memory()
    Tera({"a": "{{ x }}", "b": "{{ x }}"}, cache=store)
    assert len(store) == 1


def test_checks_between_templates_are_made_from_what_is_kept() -> None:
    store = Memory()
    Tera(TEMPLATES, cache=store)
    with pytest.raises(TeraError) as caught:
        Tera({"t.html": TEMPLATES["t.html"]}, cache=store)
    assert [str(problem.where) for problem in caught.value.problems] == ["t.html:1:1", "t.html:1:26"]


def test_errors_have_their_place_with_kept_code_too() -> None:
    store = Memory()
    for _ in range(2):
        with pytest.raises(TeraError) as caught:
            Tera({"t": "\n {{ x }}"}, cache=store).render("t", {})
        assert str(caught.value.where) == "t:2:5"


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[:40] + b"!" + data[41:]]
)
def test_a_damaged_entry_is_made_anew(damage: object) -> None:
    store = Memory()
    Tera(TEMPLATES, cache=store).render("t.html", {"x": 1})
    for key in store:
        store[key] = damage(store[key])  # type: ignore[operator]
    assert Tera(TEMPLATES, cache=store).render("t.html", {"x": 1}) == "<1>"


def test_an_entry_comes_back_as_it_was() -> None:
    facts = Facts(
        extends=Reference(template="b", at=3),
        imports=(Reference(template="m", namespace="m"),),
        blocks=("a",),
        macros=("f",),
    )
    assert unpack(pack(Entry(facts, None))) == Entry(facts, None)


def test_a_folder_keeps_entries(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "cache" / "tera")
    assert store.get("a") is None
    store.put("a", b"1")
    store.put("a", b"2")
    assert store.get("a") == b"2"
    assert [file.name for file in store.folder.iterdir()] == ["a"]


def test_code_of_somebody_else_is_not_run(tmp_path: Path) -> None:
    FolderStore(tmp_path, b"theirs").put("a", b"1")
    assert FolderStore(tmp_path, b"mine").get("a") is None
    FolderStore(tmp_path, b"mine").put("a", b"2")
    (tmp_path / "a").rename(tmp_path / "b")
    assert FolderStore(tmp_path, b"mine").get("b") is None


def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = FolderStore(tmp_path / "file")
    store.put("a", b"1")
    assert store.get("a") is None


def test_a_key_depends_on_the_source() -> None:
    assert entry_key("a") == entry_key("a")
    assert entry_key("a") != entry_key("b")
