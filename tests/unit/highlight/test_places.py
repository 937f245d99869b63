"""Names in parentheses: a definition's parameters, a call's arguments."""

from generator.highlight.tokens import split_tokens


def kinds(code: str, wanted: str) -> list[str]:
    return [kind for kind, text in split_tokens(code, "PythonLexer") or [] if text == wanted]


def test_what_a_definition_takes_is_a_parameter() -> None:
    assert kinds("def f(x: int = g(y), *z): x\n", "x") == ["Name.Parameter", "Name"]
    assert kinds("def f(x: int = g(y), *z): x\n", "y") == ["Name.Argument"]
    assert kinds("def f(a: list[z], z): pass\n", "z") == ["Name.Parameter", "Name.Parameter"]


def test_what_a_call_gets_is_an_argument() -> None:
    assert kinds("f(x)[x] + (x)\n", "x") == ["Name.Argument", "Name", "Name"]


def test_brackets_without_a_partner_do_no_harm() -> None:
    assert kinds("))]} x (\n", "x") == ["Name"]


def marks(code: str) -> list[str]:
    tokens = split_tokens(code, "JavascriptLexer") or []
    return [f"{text} {kind.removeprefix('Name.Other.')}" for kind, text in tokens if kind.startswith("Name.Other.")]


def test_scripts_define_by_a_body_or_by_an_arrow() -> None:
    assert marks("function f(a, {b}) {}") == ["a Parameter", "b Parameter"]
    assert marks("class A { m(a) {} }") == ["A Type", "a Parameter"]
    assert marks("const f = async (a) => g(b)") == ["f Function", "a Parameter", "b Argument"]
    assert marks("x.map(y => z)") == ["y Parameter", "z Argument"]
    assert marks("class A extends B {}") == ["A Type", "B Type"]
    assert marks("if (a) {}") == []
    assert marks("a ? f(b) : c") == ["b Argument"]


def test_keys_know_how_deep_they_stand() -> None:
    tokens = split_tokens('{"a": {"b": [{"c": 1}]}, "d": 2}', "JsonLexer") or []
    assert [f"{kind.removeprefix('Name.Tag')} {text}" for kind, text in tokens if text in "abcd"] == [
        *(" a", ".Depth2 b", ".Depth3 c", " d"),
    ]
