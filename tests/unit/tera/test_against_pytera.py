"""Random templates: this engine gives what the real Tera gives (`pytera`), or both refuse, at the same line.

    TERA_EXAMPLES=20000 pytest tests/unit/tera/test_against_pytera.py

Known differences, all of them of that build of Tera, are left out: it sorts the keys of objects (here they are sorted
to begin with), writes exponents as older versions do, knows no locales, and crashes here and there.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytera
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.tera import Tera, TeraError

EXAMPLES = int(os.environ.get("TERA_EXAMPLES", "60"))
FOLDER = Path(tempfile.mkdtemp(prefix="pytera-"))

CONTEXT: dict[str, Any] = {
    "i": 3,
    "j": -4,
    "z": 0,
    "f": 2.5,
    "g": 2.0,
    "s": "a/b <i>&'x\"",
    "w": "  Two words ",
    "ko": "도커란 무엇",
    "e": "",
    "t": True,
    "u": False,
    "n": None,
    "key": "b",
    "a": [1, 2, 3],
    "mixed": [1, "x", None, 1.5, [2], True],
    "strs": ["b", "a", "B", "a"],
    "empty": [],
    "o": {"a": 1, "b": "two", "c": {"a": [10, {"x": "deep"}], "d": None}},
    "pages": [
        {"date": "2024-01-02", "draft": False, "tags": ["x", "y"], "title": "One <1>", "w": 2},
        {"date": None, "draft": True, "tags": [], "title": "둘", "w": 1},
        {"date": "2023-05-06T07:08:09Z", "draft": False, "tags": ["x"], "title": "Three", "w": 3, "x": 1},
    ],
}

POOLS = tomllib.loads((Path(__file__).parent / "random_templates.toml").read_text(encoding="utf-8"))


def either(*choices: Any) -> st.SearchStrategy[str]:
    return st.one_of(*(st.sampled_from(choice) if isinstance(choice, list) else choice for choice in choices))


def joined(form: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda values: form.format(*values))


def mostly(right: st.SearchStrategy[str], risky: Any) -> st.SearchStrategy[str]:
    return st.integers(0, 14).flatmap(lambda number: either(risky) if number == 9 else right)


def numbers(depth: int) -> st.SearchStrategy[str]:
    if depth == 0:
        return mostly(either(POOLS["numbers"]), either(POOLS["risky"], POOLS["others"], POOLS["texts"]))
    inner = numbers(depth - 1)
    return either(
        POOLS["numbers"],
        joined("{} {} {}", inner, either(["+", "-", "*", "/", "%"]), inner),
        joined("({} {} {}) * {}", inner, either(["+", "-"]), inner, inner),
        joined("{} | {}", inner, mostly(either(POOLS["on_number"]), POOLS["risky_filters"])),
        joined("{} | length", either(POOLS["arrays"], POOLS["texts"])),
    )


def strings(depth: int) -> st.SearchStrategy[str]:
    if depth == 0:
        return mostly(either(POOLS["texts"]), either(POOLS["risky"], POOLS["numbers"], POOLS["others"]))
    inner = strings(depth - 1)
    return either(
        POOLS["texts"],
        joined("{} ~ {}", either(POOLS["texts"], POOLS["numbers"]), strings(0)),
        joined("{} ~ 'x' ~ {}", either(POOLS["texts"], POOLS["numbers"]), strings(0)),
        joined("{} | {}", inner, mostly(either(POOLS["on_text"], POOLS["on_any"]), POOLS["risky_filters"])),
        ["get_env(name='TERA_NO', default='<')", "m::none()", "self::nope()", "m::nope()", "throw(message='no')"],
        joined(
            "{}(p={})",
            either(["m::one", "m::one", "self::two"]),
            either(POOLS["texts"], POOLS["numbers"], POOLS["arrays"]),
        ),
    )


def arrays(depth: int) -> st.SearchStrategy[str]:
    literal = joined("[{}, {}]", either(POOLS["texts"], POOLS["numbers"]), strings(0))
    if depth == 0:
        return mostly(
            either(POOLS["arrays"], literal, ["range(end=3)", "range(start=1, end=i)"]),
            either(POOLS["risky"], POOLS["texts"], POOLS["others"]),
        )
    return joined(
        "{} | {}", arrays(depth - 1), mostly(either(POOLS["on_array"], POOLS["on_any"]), POOLS["risky_filters"])
    )


def expressions(depth: int) -> st.SearchStrategy[str]:
    """Any expression; most are right, some mix what Tera does not."""
    if depth == 0:
        return mostly(either(POOLS["numbers"], POOLS["texts"], POOLS["arrays"], POOLS["others"]), POOLS["risky"])
    filtered = joined(
        "{} | {} | {}",
        either(POOLS["numbers"], POOLS["texts"], POOLS["arrays"]),
        either(POOLS["on_any"]),
        either(POOLS["on_text"], POOLS["on_any"]),
    )
    defaulted = joined(
        "{} | default(value={})", either(POOLS["risky"], ["n"]), either(POOLS["texts"], POOLS["numbers"])
    )
    return either(expressions(0), numbers(depth), strings(depth), arrays(depth), filtered, defaulted)


def conditions(depth: int) -> st.SearchStrategy[str]:
    inner = expressions(depth)
    simple = either(
        mostly(either(POOLS["numbers"], POOLS["texts"], POOLS["arrays"], POOLS["others"], POOLS["risky"]), inner),
        joined("{} {} {}", numbers(depth), either(["==", "!=", "<", "<=", ">", ">="]), numbers(depth)),
        joined("{} {} {}", inner, either(["==", "!="]), inner),
        joined(
            "{} {} {}",
            either(POOLS["numbers"], POOLS["texts"]),
            either(["in", "not in"]),
            either(POOLS["arrays"], ["[1, 'a', i]", "[s, w] | first"]),
        ),
        joined("{} {} {}", strings(0), either(["in", "not in"]), either(POOLS["texts"], ["o", "o.c", "'lit' ~ s"])),
        joined(
            "{} is {}{}",
            either(POOLS["arrays"], POOLS["risky"], ["i", "s", "o", "n"]),
            either(["", "not "]),
            mostly(either(POOLS["testers"]), POOLS["risky_testers"]),
        ),
    )
    return either(
        simple,
        joined("not {}", simple),
        joined("{} {} {}", simple, either(["and", "or"]), simple),
        joined("({}) and {}", simple, simple),
        joined("({})", simple),
    )


values = either(expressions(2), expressions(1), expressions(0), conditions(1), arrays(1))
dashes = st.sampled_from(["", "", "", "-"])


def tag(form: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return joined("{{%{} " + form + " {}%}}", dashes, *parts, dashes)


texts = either(["text", " ", "\n", "a\n  b", "<p>", " } ", "{ %"])
prints = joined("{{{{{} {} {}}}}}", dashes, values, dashes)


def statements(depth: int, extra: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
    """A run of what may stand in a body; `extra` are tags that are right only in some."""
    if depth == 0:
        leaves = either(texts, prints, prints, tag("set x = {}", values), tag("set_global y = {}", values))
        return st.lists(either(leaves, leaves, list(extra) or ["."]), min_size=1, max_size=3).map("".join)
    body, looped = statements(depth - 1, extra), statements(depth - 1, ("{% break %}", "{% continue %}"))
    condition = conditions(1)
    container = arrays(0).flatmap(
        lambda text: either([text], joined("{} | {}", st.just(text), either(POOLS["on_array"])))
    )
    return st.lists(
        either(
            statements(0, extra),
            joined("{}{}{}", tag("if {}", condition), body, tag("endif")),
            joined(
                "{}{}{}{}{}{}{}",
                *(tag("if {}", condition), body, tag("elif {}", condition), body),
                *(tag("else"), body, tag("endif")),
            ),
            joined("{}{}{}", tag("for x in {}", container), looped, tag("endfor")),
            joined(
                "{}{}{}{}{}",
                tag("for k, p in {}", either(["o", "o", "o.c", "p", "a"])),
                looped,
                *(tag("else"), looped, tag("endfor")),
            ),
            joined(
                "{}{}{}",
                tag("filter {}", mostly(either(POOLS["on_text"]), POOLS["risky_filters"])),
                statements(depth - 1),
                tag("endfilter"),
            ),
            ["{% include 'inc.html' %}", "{% include ['no', 'inc.html'] %}", "{% include 'no' ignore missing %}"],
            joined("{{#{} c {}#}}", dashes, dashes),
            joined("{{%{} raw {}%}} {{{{ x }} {{%{} endraw {}%}}", dashes, dashes, dashes, dashes),
        ),
        min_size=1,
        max_size=3,
    ).map("".join)


def without_includes(text: str) -> str:
    """Leave out what would include the template that it stands in: the real Tera never comes back from that."""
    return text.replace("'inc.html'", "'leaf.html'")


def without_calls(text: str) -> str:
    """Leave out calls and includes that could end in the macro that they stand in."""
    return without_includes(re.sub(r"\w+::\w+\(", "range(end=2, ", text))


SUPER = ("{{ super() }}", "{% block inner %}I{% endblock %}")
heads = either(["", "{% extends 'base.html' %}", "{% extends 'middle.html' %}"]).map(
    lambda head: head + "{% import 'm.html' as m %}"
)
main_templates = joined(
    "{}{}{{% block one %}}{}{{% endblock %}}{}{{% block two %}}{}{{% endblock %}}"
    "{{% macro two(p, k=1) %}}{}{{% endmacro %}}",
    *(
        heads,
        statements(0),
        statements(1, SUPER),
        statements(1),
        statements(1, SUPER),
        statements(1).map(without_calls),
    ),
)
plain_templates = joined(
    "{{% import 'm.html' as m %}}{}{{% macro two(p, k=1) %}}{}{{% endmacro %}}",
    statements(2),
    statements(0).map(without_calls),
)
SIDE = {
    "base.html": st.just(
        "<b>{% block one %}B1 {{ x }}{% set y = 1 %}{% endblock %}|{{ y | default(value='-') }}"
        "{% block two %}{{ s }}{% endblock %}"
    ),
    "middle.html": st.just(
        "{% extends 'base.html' %}{% block one %}M({{ super() }}){% endblock %}{% block inner %}MI{% endblock %}"
    ),
    "m.html": joined(
        "{{% macro one(p) %}}{}{{% endmacro %}}{{% macro none() %}}{}{{% endmacro %}}", statements(1), statements(0)
    ).map(without_calls),
    "inc.html": statements(1).map(without_includes),
    "leaf.html": st.just("{{ x }}{% set x = 5 %}{{ loop.index | default(value='-') }}"),
}


@st.composite
def template_sets(draw: Callable[[st.SearchStrategy[str]], str]) -> Mapping[str, str]:
    """Templates that belong together; now and then one is broken at a random place."""
    name = draw(st.sampled_from(["t.html", "t.txt"]))
    templates = {side: draw(source) for side, source in SIDE.items()}
    source = draw(either(plain_templates, main_templates))
    if draw(st.integers(0, 9)) == 0:
        start = draw(st.integers(0, len(source)))  # type: ignore[arg-type]
        source = source[:start] + source[start + draw(st.integers(1, 3)) :]  # type: ignore[operator]
    return {**templates, name: source}


def real(templates: Mapping[str, str], name: str) -> list[object]:
    """Return what the real Tera makes of the template `name`, in a process of its own: a crash ends that."""
    for file, source in templates.items():
        (FOLDER / file).write_text(source, encoding="utf-8", newline="")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.write(writing, json.dumps(real_outcome(name)).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        outcome = pipe.read()
    os.waitpid(child, 0)
    for file in templates:
        (FOLDER / file).unlink()
    found: list[object] = json.loads(outcome) if outcome else ["crash", None]
    return found


def real_outcome(name: str) -> list[object]:
    try:
        engine = pytera.PyTera(f"{FOLDER}/*")
    except Exception as error:
        return ["parse", sorted(int(line) for line in re.findall(r"^ --> (\d+):", str(error), re.MULTILINE))]
    try:
        return ["ok", engine.render_template(name, **CONTEXT)]
    except pytera.PyTeraException:
        return ["render", None]


def ours(templates: Mapping[str, str], name: str) -> list[object]:
    """Return what this engine makes of the template `name`."""
    try:
        engine = Tera(templates)
    except TeraError as error:
        return ["parse", sorted(problem.line or 0 for problem in error.problems)]
    try:
        return ["ok", engine.render(name, CONTEXT)]
    except TeraError:
        return ["render", None]


def differs(expected: list[object], found: list[object]) -> bool:
    """Say whether the outcomes differ. Where the real Tera crashes, any but a crash is right."""
    if expected[0] == "parse" and found[0] == "parse":
        # It names no line of a block or macro that is defined twice.
        return not set(expected[1]) <= set(found[1])  # type: ignore[call-overload]
    return expected[0] != "crash" and expected != found


@given(template_sets())
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_random_templates(templates: Mapping[str, str]) -> None:
    name = next(name for name in templates if name.startswith("t."))
    expected, found = real(templates, name), ours(templates, name)
    assert not differs(expected, found), (expected, found)
