"""Between two saves: first a rest, then what is quick, and what takes long only when nobody has saved for a while."""

from __future__ import annotations

from itertools import takewhile

from generator.serve.leisure import _LONG_REST_S, _POLL_S, _REST_S, Leisure
from generator.serve.store import Failure


def use(costs: list[float | Failure]) -> list[object]:
    """Use the time until nothing is left to do; return what was done, and how long was waited before it."""
    done: list[object] = []

    def make_next() -> bool | Failure:
        made = costs.pop(0) if costs else None
        done.append(made)
        return made if isinstance(made, Failure) else made is not None

    leisure = Leisure(
        recheck=lambda: done.append("recheck"),
        make_next=make_next,
        next_seconds=lambda: costs[0] if costs and isinstance(costs[0], float) else 0.0,
        clean=lambda: done.append("clean"),
        settle=lambda: done.append("settle"),
        retract=lambda failure: done.append("retract"),
    )
    for wait in takewhile(lambda wait: wait != _POLL_S, leisure.use()):
        done += [wait] if wait else []
    return done


def test_a_rest_comes_first() -> None:
    assert use([]) == [_REST_S, "recheck", None, "settle", "clean"]


def test_what_takes_long_comes_after_a_long_rest() -> None:
    made = use([0.001, 0.01, 2.0, 3.0])
    assert made == [_REST_S, "recheck", 0.001, 0.01, _LONG_REST_S, 2.0, 3.0, None, "settle", "clean"]


def test_what_cannot_be_made_ends_it() -> None:
    failure = Failure(text="broken")
    assert use([0.001, failure, 0.002]) == [_REST_S, "recheck", 0.001, failure, "retract", "clean"]
