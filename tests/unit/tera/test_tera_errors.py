"""What a broken template says: the place to the column, the cause, and the way there."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any

import pytest

from generator.tera import Tera, TeraError, TeraLimits


def error_of(templates: Mapping[str, str], /, name: str = "t", **context: Any) -> TeraError:
    with pytest.raises(TeraError) as caught:
        Tera(templates).render(name, context)
    return caught.value


def pointed(error: TeraError) -> str:
    """Return the text that the caret stands under, to the end of its line."""
    assert error.where is not None
    assert error.where.source is not None
    assert error.where.column is not None
    return error.where.source[error.where.column - 1 :]


PARSE = [
    ("{{ a", "", "Unexpected end of the template"),
    ("a\n{% if x %}\nb\n", "", "The tag `if` of line 2 is never closed"),
    ("{% foo %}", "{% foo %}", "Unknown tag `foo`"),
    ("{% if x %}{% endfor %}", "{% endfor %}", "The tag `endfor` stands where the `if` of line 1 is still open"),
    ("a{% endif %}", "{% endif %}", "The tag `endif` has nothing to close here"),
    ("a{% extends 'b' %}", "{% extends 'b' %}", "The tag `extends` must come first"),
    ("{% block a %}{% super %}{% endblock %}", "{% super %}{% endblock %}", "Unknown tag `super`"),
    ("{% break %}", "{% break %}", "The tag `break` cannot stand here"),
    ("{{ x | }}", "}}", "expected a filter"),
    ("{{ f(1) }}", "1) }}", "expected an argument `name=value`"),
    ("{% set x %}", "%}", "expected `=`"),
    ("{% for x of y %}{% endfor %}", "of y %}{% endfor %}", "expected `in`"),
    ("{% if(x) %}{% endif %}", "(x) %}{% endif %}", "expected blank space"),
    ("{{ a == b == c }}", "== c }}", "Unexpected `==`"),
    ("{{ 'a' + 1 }}", "+ 1 }}", "Unexpected `+`"),
    ("{% macro f(a=x) %}{% endmacro %}", "x) %}{% endmacro %}", "expected a value"),
    ("{{ 9223372036854775808 }}", "9223372036854775808 }}", "out of bounds"),
    ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "{% block a %}{% endblock %}", "`a` is duplicated"),
    (
        "{% macro a() %}{% endmacro %}{% macro a() %}{% endmacro %}",
        "{% macro a() %}{% endmacro %}",
        "`a` is duplicated",
    ),
]


@pytest.mark.parametrize(("source", "place", "message"), PARSE)
def test_a_template_that_does_not_parse(source: str, place: str, message: str) -> None:
    error = error_of({"t": source})
    assert message in error.message
    assert pointed(error) == place


RENDER = [
    ("{{ a.b }} {{ a.c }}", "a.c }}", "Variable `a.c` is not defined"),
    ("{{ s ~ nope }}", "nope }}", "Variable `nope` is not defined"),
    ("{{ s | upper | nope(x=1) }}", "nope(x=1) }}", "Filter `nope` is not found"),
    ("{{ 1 + a.b * s }}", "* s }}", "Arithmetic needs numbers, not a string"),
    ("{% if a.b > 1 and s > 1 %}{% endif %}", "> 1 %}{% endif %}", "compare numbers, not a string"),
    ("{% for x in [1, 2] %}{{ x | upper }}{% endfor %}", "upper }}{% endfor %}", "`upper` is applied to `1`"),
    ("{% for x in a.b %}{% endfor %}", "{% for x in a.b %}{% endfor %}", "not over a number"),
    ("{% set x = nope() %}", "nope() %}", "Function `nope` is not found"),
    ("{{ range(end=s) }}", "range(end=s) }}", "which is not an integer from 0 on"),
    ("{% if s is odd %}{% endif %}", "odd %}{% endif %}", "needs a number, not a string"),
    ("{{ m::f() }}", "m::f() }}", "namespace `m`"),
    ("{% include 'no' %}", "{% include 'no' %}", "Template `no` not found"),
    ("{% filter round %}x{% endfilter %}", "round %}x{% endfilter %}", '`round` is applied to `"x"`'),
    ("{{ throw(message='own words') }}", "throw(message='own words') }}", "own words"),
    ("{{ 한글 }}", "한글 }}", "Unexpected `한글`"),
    ("안녕 {{ a.nope }}", "a.nope }}", "Variable `a.nope` is not defined"),
]


@pytest.mark.parametrize(("source", "place", "message"), RENDER)
def test_a_template_that_cannot_be_rendered(source: str, place: str, message: str) -> None:
    error = error_of({"t": f"first line\n\n{source}\n"}, a={"b": 2}, s="text")
    assert message in error.message
    assert (error.template, error.line, pointed(error)) == ("t", 3, place)


def test_the_way_to_an_error_is_told_from_the_outside_in() -> None:
    error = error_of(
        {
            "t": "{% extends 'base' %}\n{% import 'macros' as m %}{% block main %}\n{% include 'part' %}{% endblock %}",
            "base": "<main>{% block main %}{% endblock %}</main>",
            "part": "{% for x in [1] %}{{ m::card(x=x) }}{% endfor %}",
            "macros": "{% macro card(x) %}\n{{ x.title }}{% endmacro %}",
        }
    )
    assert str(error.where) == "macros:2:4"
    assert error.reasons == (
        "Failed to render `t`",
        "In the block `main` of `t`, from base:1:7",
        "Included `part`, from t:3:1",
        "In the macro `card` of `macros`, from part:1:22",
    )


def test_all_broken_templates_are_told_at_once() -> None:
    with pytest.raises(TeraError) as caught:
        Tera({"a": "{{", "b": "fine", "c": "\n{% if %}"})
    assert [str(problem.where) for problem in caught.value.problems] == ["a:1:3", "c:2:7"]
    assert str(caught.value).count("\n") == 1


def test_all_missing_templates_are_told_at_once() -> None:
    templates = {
        "a": "{% extends 'no' %}",
        "b": "{% import 'none' as n %}",
        "c": "{% extends 'd' %}",
        "d": "{% extends 'c' %}",
        "e": "{% include 'later' %}",
    }
    with pytest.raises(TeraError) as caught:
        Tera(templates)
    assert [problem.template for problem in caught.value.problems] == ["a", "b", "c", "d"]
    assert "extends itself" in caught.value.problems[-1].message


def test_macros_that_import_each_other_fail_only_when_called() -> None:
    templates = {
        "a": "{% import 'b' as b %}{% macro f() %}{% endmacro %}",
        "b": "{% import 'a' as a %}",
        "t": "{% import 'a' as a %}{% if x %}{{ a::f() }}{% endif %}ok",
    }
    assert Tera(templates).render("t", {}) == "ok"
    assert "import each other" in error_of(templates, x=True).message


def test_macro_files_may_extend_the_template_that_imports_them() -> None:
    templates = {
        "base": "{% import 'a' as a %}{% import 'b' as b %}{{ a::f() }}{% block c %}{% endblock %}",
        "a": "{% extends 'base' %}{% macro f() %}f{{ b::g() }}{% endmacro %}",
        "b": "{% extends 'base' %}{% macro g() %}g{% endmacro %}",
        "page": "{% extends 'base' %}{% block c %}{{ b::g() }}{{ a::f() }}{% endblock %}",
        "shortcode": "{% import 'a' as a %}{{ a::f() }}",
    }
    for names in (("page", "shortcode", "base"), ("shortcode", "base", "page")):
        tera = Tera(templates)
        expected = {"page": "fggfg", "shortcode": "fg", "base": "fg"}
        assert {name: tera.render(name, {}) for name in names} == expected


def test_an_import_in_a_circle_above_fails_each_time() -> None:
    templates = {
        "a": "{% import 'b' as b %}{% block c %}{% endblock %}",
        "b": "{% import 'a' as a %}",
        "t": "{% extends 'a' %}{% block c %}{{ a::f() }}{% endblock %}",
    }
    tera = Tera(templates)
    for _ in range(2):
        with pytest.raises(TeraError, match="import each other"):
            tera.render("t", {})


def test_an_error_survives_the_way_between_processes() -> None:
    error = error_of({"t": "{{ nope }}"})
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.message, copy.where, copy.reasons) == (error.message, error.where, error.reasons)
    with pytest.raises(TeraError) as caught:
        Tera({"a": "{{", "b": "{{"})
    assert len(pickle.loads(pickle.dumps(caught.value)).problems) == 2


def test_a_template_that_is_not_there() -> None:
    assert error_of({"t": ""}, name="no").message == "Template `no` not found"


TWICE = "{% set s = [1] %}{% set t = [1] %}" + "{% set s = [s, s] %}{% set t = [t, t] %}" * 40
RUNAWAYS = [
    ("{% macro f() %}{{ self::f() }}{% endmacro %}{{ self::f() }}", "limits.depth"),
    ("{% include 't' %}", "limits.depth"),
    ("{% for x in range(end=100000) %}{% endfor %}", "limits.range_length"),
    ("{% for x in a %}{% for y in a %}{% for z in a %}{% endfor %}{% endfor %}{% endfor %}", "limits.iterations"),
    ("{% set_global s = 'xxxx' %}{% for x in a %}{% set_global s = s ~ s %}{% endfor %}", "limits.output_size"),
    ("{% set_global s = a %}{% for x in a %}{% set_global s = s | concat(with=s) %}{% endfor %}", "limits.output_size"),
    ("{{ 'x'" + " | replace(from='x', to='xxxxxxxxxx')" * 30 + " | length }}", "limits.output_size"),
    ("{% set s = a %}" + "{% set s = s | concat(with=s) %}" * 40 + "{{ s | length }}", "limits.output_size"),
    ("{% for x in a %}{% for y in a %}{{ long }}{% endfor %}{% endfor %}", "limits.output_size"),
    ("{{ deep }}", "nested too deep"),
    ("{% set_global s = [1] %}{% for x in a %}{% set_global s = [s, s] %}{% endfor %}{{ s }}", "parts"),
    ("{% set_global s = [1] %}{% for x in a %}{% set_global s = [s, s] %}{% endfor %}{{ s | json_encode }}", "parts"),
    (f"{TWICE}{{{{ s == t }}}}", "compare"),
    (f"{TWICE}{{{{ s in [t] }}}}", "compare"),
    ("{{ deep | json_encode }}", "nested too deep"),
    ("{% for x in range(end=1, step_by=0) %}{% endfor %}", "never ends"),
    (f"{{{{ {'(' * 1000}1{')' * 1000} }}}}", "nested"),
    (f"{{{{ {'f(a=' * 1000}1{')' * 1000} }}}}", "nested"),
    (f"{{{{ {'a[' * 1000}1{']' * 1000} }}}}", "nested"),
    (f"{'{% if a %}' * 1000}{'{% endif %}' * 1000}", "nested"),
    (f"{'{% for x in a %}' * 20}{'{% endfor %}' * 20}", "in each other"),
    (f"{{{{ 1{' + 1' * 5000} }}}}", "60 steps"),
    (f"{{{{ a{' | upper' * 5000} }}}}", "60 steps"),
    (f"{{% if a{' and a' * 500} %}}{{% endif %}}", "60 steps"),
    (f"{{{{ a{'.b' * 5000} }}}}", "60 parts"),
]


@pytest.mark.parametrize(("source", "message"), RUNAWAYS)
def test_a_runaway_template_ends(source: str, message: str) -> None:
    limits = TeraLimits(depth=50, range_length=1000, iterations=10_000, output_size=10_000)
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(TeraError, match=message):
        Tera({"t": source}, limits=limits).render("t", {"a": list(range(40)), "long": "x" * 100, "deep": deep})


def test_many_words_are_not_a_runaway() -> None:
    words = " ~ ".join(["a"] * 500)
    items = ", ".join(["a | upper"] * 500)
    branches = "{% elif a == 'b' %}" * 200
    source = f"{{{{ {words} }}}}{{{{ [{items}] | length }}}}{{% if a == 'c' %}}{branches}{{% else %}}e{{% endif %}}"
    assert Tera({"t": source}).render("t", {"a": "a"}) == "a" * 500 + "500e"


def test_brackets_that_begin_like_others_are_read_in_no_time() -> None:
    nested = "1"
    for _ in range(8):
        nested = f"(m::f(a={nested}) == 1)"
    assert "namespace" in error_of({"t": f"{{{{ {nested} }}}}"}).message
