"""The engine as its users meet it: rendering, registering, sharing, values that compute themselves."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.errors import SiteError
from generator.tera import CallError, Tera, TeraError


def is_even(value: Any, args: Any) -> bool:
    return bool(value % 2 == 0)


class Lazy(dict[str, Any]):
    """An object whose fields are computed when first asked for, and which knows which it has."""

    def __init__(self, **fields: Any) -> None:
        super().__init__()
        self.fields = fields
        self.computed: list[str] = []

    def __missing__(self, key: str) -> Any:
        self[key] = self.fields[key]
        self.computed.append(key)
        return self[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def items(self) -> Any:
        return [(key, self[key]) for key in self.fields]


def render(source: str, /, name: str = "t.html", **context: Any) -> str:
    return Tera({name: source}).render(name, context)


def test_a_folder_is_a_set_of_templates(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a.html").write_text("<b>", encoding="utf-8")
    (tmp_path / "t.html").write_text('{% include "parts/a.html" %}{{ x }}', encoding="utf-8")
    engine = Tera(tmp_path)
    assert engine.names == {"parts/a.html", "t.html"}
    assert engine.has("t.html")
    assert not engine.has("no.html")
    assert engine.render("t.html", {"x": "<"}) == "<b>&lt;"


def test_only_html_and_xml_are_escaped() -> None:
    templates = dict.fromkeys(("a.html", "a.htm", "a.xml", "a.md", "a.txt", "a.HTML"), "{{ x }}{% include 'i.html' %}")
    engine = Tera({**templates, "i.html": "{{ x }}"})
    escaped = [name for name in templates if engine.render(name, {"x": "/"}) == "&#x2F;&#x2F;"]
    assert escaped == ["a.html", "a.htm", "a.xml"]


def test_fields_are_computed_only_when_read() -> None:
    page = Lazy(title="T", extra={"a": 1}, content="never")
    source = "{{ page.title }}{% if page.extra.a %}y{% endif %}{% if page.nope %}n{% endif %}{{ page.extra.a + 1 }}"
    assert render(source, page=page) == "Ty2"
    assert page.computed == ["title", "extra"]


def test_computed_objects_are_objects_in_every_way() -> None:
    source = (
        "{% for k, v in o %}{{ k }}={{ v }};{% endfor %}{{ o | length }}{{ o | json_encode | safe }}"
        "{% if o %}t{% endif %}{% if 'b' in o %}i{% endif %}{% if o is containing('c') %}c{% endif %}"
        "{{ [o] | map(attribute='b') | first }}{{ o | get(key='b') }}{{ o | get(key='z', default=9) }}"
        "{% if o == same %}={% endif %}"
    )
    assert render(source, o=Lazy(a=1, b=2), same={"b": 2, "a": 1}) == 'a=1;b=2;2{"a":1,"b":2}ti229='


def test_tuples_and_subclasses_of_list_are_arrays() -> None:
    class Lines(list[str]):
        pass

    assert render("{% for x in a %}{{ x }}{% endfor %}{{ b.1 }}{{ b | join }}", a=(1, 2), b=Lines("xy")) == "12yxy"


def test_the_context_is_left_as_it_was() -> None:
    context = {"x": 1}
    assert Tera({"t": "{% set x = 2 %}{{ x }}"}).render("t", context) == "2"
    assert context == {"x": 1}


def test_what_is_registered_can_be_called() -> None:
    engine = Tera({"t.html": "{{ 'a' | twice(times=3) }}{{ tag() }}{{ raw() }}{% if x is big(5) %}!{% endif %}"})
    engine.register_filter("twice", lambda value, args: value * args["times"])
    engine.register_function("tag", lambda args: "<i>")
    engine.register_function("raw", lambda args: "<b>", safe=True)
    engine.register_tester("big", lambda value, args: value > args[0])
    assert engine.render("t.html", {"x": 6}) == "aaa&lt;i&gt;<b>!"


def test_a_safe_filter_is_not_escaped_unless_another_follows() -> None:
    engine = Tera({"t.html": "{{ x | bold }}{{ x | bold | lower }}"})
    engine.register_filter("bold", lambda value, args: f"<b>{value}</b>", safe=True)
    assert engine.render("t.html", {"x": "A"}) == "<b>A</b>&lt;b&gt;a&lt;&#x2F;b&gt;"


def test_registering_again_replaces() -> None:
    engine = Tera({"t": "{{ f() }}"})
    for number in (1, 2):
        engine.register_function("f", lambda args, number=number: number)
        assert engine.render("t", {}) == str(number)


def test_an_extended_engine_knows_more_and_leaves_the_first_alone() -> None:
    engine = Tera({"t.html": "{{ f() }}{{ 1 | g }}{% if 1 == 1 and x is h %}h{% endif %}"})
    more = engine.extended(
        functions={"f": lambda args: "<"},
        filters={"g": lambda value, args: "<"},
        testers={"h": lambda value, args: True},
        safe=["f"],
    )
    assert more.render("t.html", {"x": 0}) == "<&lt;h"
    with pytest.raises(TeraError, match="Function `f` is not found"):
        engine.render("t.html", {"x": 0})


def test_unknown_names_fail_only_where_they_are_reached() -> None:
    source = "{% if x %}{{ f() }}{{ x | g }}{% if x is h %}{% endif %}{{ m::n() }}{% include 'i' %}{% endif %}ok"
    assert render(source, x=False) == "ok"


def test_a_tester_of_ones_own_needs_a_defined_variable() -> None:
    engine = Tera({"t": "{% if nope is h %}{% endif %}"})
    engine.register_tester("h", lambda value, args: True)
    with pytest.raises(TeraError, match="defined"):
        engine.render("t", {})


def test_an_error_of_a_function_keeps_its_hint_and_gains_a_place() -> None:
    def fail(args: object) -> None:
        raise SiteError("No page `a.md`", hint="Write it")

    engine = Tera({"t": "\n{{ f() }}"})
    engine.register_function("f", fail)
    with pytest.raises(TeraError) as caught:
        engine.render("t", {})
    assert (caught.value.message, caught.value.hint) == ("No page `a.md`", "Write it")
    assert (caught.value.template, caught.value.line, caught.value.column) == ("t", 2, 4)


def test_a_bug_of_a_function_is_not_caught() -> None:
    engine = Tera({"t": "{% if x | f %}{% endif %}"})
    engine.register_filter("f", lambda value, args: {}["no"])
    with pytest.raises(KeyError):
        engine.render("t", {"x": 1})


def test_misuse_is_swallowed_only_for_a_variable_in_a_condition() -> None:
    def fail(value: object, args: object) -> None:
        raise CallError("no")

    engine = Tera({"a": "{% if x | f %}y{% else %}n{% endif %}", "b": "{% if 'x' ~ x | f %}{% endif %}"})
    engine.register_filter("f", fail)
    assert engine.render("a", {"x": 1}) == "n"
    with pytest.raises(TeraError):
        engine.render("b", {"x": 1})


def test_dependencies_are_all_that_a_render_may_read() -> None:
    engine = Tera(
        {
            "page.html": '{% extends "base.html" %}{% import "m.html" as m %}{% block b %}{% include "x.html" %}'
            "{% endblock %}",
            "base.html": "{% block b %}{% if a %}{% for x in a %}{% include ['no.html', 'y.html'] %}{% endfor %}"
            "{% endif %}{% endblock %}",
            "m.html": '{% macro f() %}{% filter upper %}{% include "z.html" %}{% endfilter %}{% endmacro %}',
            "x.html": "",
            "y.html": '{% include "y.html" ignore missing %}',
            "z.html": "",
            "other.html": "",
        }
    )
    wanted = {"page.html", "base.html", "m.html", "x.html", "y.html", "z.html", "no.html"}
    assert engine.dependencies("page.html") == wanted
    assert engine.dependencies("other.html") == {"other.html"}


def test_a_macro_evaluates_no_argument_that_it_does_not_take() -> None:
    assert render("{% macro f(a) %}{{ a }}{% endmacro %}{{ self::f(a=1, b=nope, c=nope | upper) }}") == "1"


def test_a_variable_that_hides_another_is_passed_over_where_the_path_fails() -> None:
    source = "{% for page in pages %}{{ page.title }}{% if page.extra.x %}x{% endif %}{{ page.slug }};{% endfor %}"
    pages = [{"title": "A", "extra": {}}, {"title": "B", "slug": "b"}]
    assert render(source, page={"slug": "own", "extra": {"x": 1}}, pages=pages) == "Axown;Bxb;"


def test_an_include_sees_loops_and_sets_of_who_includes_it() -> None:
    templates = {
        "t": "{% set y = 1 %}{% for x in a %}{% set z = x * 2 %}{% include 'i' %}{% endfor %}{{ y }}",
        "i": "{{ x }}{{ y }}{{ z }}{{ loop.index }}{{ loop.last }}{% set y = 9 %}{{ y }};",
    }
    assert Tera(templates).render("t", {"a": [5, 6]}) == "51101false9;61122true9;1"


def test_an_engine_can_be_sent_to_another_process() -> None:
    engine = Tera(
        {
            "a.html": "{% extends 'b.html' %}{% block x %}{{ range(end=n) }}{% endblock %}",
            "b.html": "{% block x %}{% endblock %}{% if n is even_ %}!{% endif %}",
        }
    )
    engine.register_tester("even_", is_even)
    before = engine.render("a.html", {"n": 2})
    assert pickle.loads(pickle.dumps(engine)).render("a.html", {"n": 2}) == before == "[0, 1]!"
