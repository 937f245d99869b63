"""Renders in, how long each template took by itself out: without what it includes, imports or extends."""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from time import perf_counter
from typing import Any

from generator.tera.runtime.rendering import Render


class TemplateTimer:
    """Sums up the seconds that templates take, for one render after the other."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = {}
        # Of each template that is being rendered: what those that it called took.
        self._called: list[float] = []

    def timed(self, template: str, render: Render) -> Render:
        """Return a render that is timed as a part of that template."""

        @wraps(render)
        def run(*arguments: Any, **named: Any) -> None:
            started = perf_counter()
            self._called.append(0.0)
            try:
                render(*arguments, **named)
            finally:
                whole = perf_counter() - started
                own = whole - self._called.pop()
                self._spent[template] = self._spent.get(template, 0.0) + own
                if self._called:
                    self._called[-1] += whole

        return run

    def timed_all(self, template: str, renders: Mapping[str, Render]) -> Mapping[str, Render]:
        return {name: self.timed(template, render) for name, render in renders.items()}

    def drain(self) -> tuple[tuple[str, float], ...]:
        """Return the seconds of each template since the last call, and forget them."""
        spent = tuple(self._spent.items())
        self._spent.clear()
        return spent
