"""A timer that is told how long each template takes by itself."""

from __future__ import annotations

import pytest

from generator.tera import TemplateTimer, Tera, TeraError

TEMPLATES = {
    "base.html": "{% block body %}{% endblock %}{% include 'foot.html' %}",
    "foot.html": "{{ wait() }}",
    "macro.html": "{% macro show(text='x') %}{{ text }}{{ wait() }}{% endmacro %}",
    "page.html": "{% extends 'base.html' %}{% import 'macro.html' as m %}{% block body %}{{ m::show() }}{% endblock %}",
    "broken.html": "{% include 'foot.html' %}{{ nothing }}",
}


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("generator.tera.timing.perf_counter", clock)
    return clock


def make_engine(clock: Clock, timer: TemplateTimer) -> Tera:
    def wait(_: object) -> str:
        clock.now += 1.0
        return "waited"

    return Tera(TEMPLATES).extended(functions={"wait": wait}, timer=timer).extended()


def test_each_template_has_its_own_time_and_what_it_calls_has_its(clock: Clock) -> None:
    timer = TemplateTimer()
    engine = make_engine(clock, timer)
    assert engine.render("page.html", {}) == Tera(TEMPLATES).extended(functions={"wait": lambda _: "waited"}).render(
        "page.html", {}
    )
    assert dict(timer.drain()) == {"base.html": 0.0, "page.html": 0.0, "macro.html": 1.0, "foot.html": 1.0}
    assert timer.drain() == ()


def test_a_render_that_fails_leaves_the_timer_in_order(clock: Clock) -> None:
    timer = TemplateTimer()
    engine = make_engine(clock, timer)
    with pytest.raises(TeraError, match="nothing"):
        engine.render("broken.html", {})
    timer.drain()
    engine.render("foot.html", {})
    assert timer.drain() == (("foot.html", 1.0),)
