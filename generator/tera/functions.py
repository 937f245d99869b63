"""Tera's built-in functions, by name. A function takes its arguments and returns a value."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from generator.tera.arguments import Arguments, boolean, integer, natural, string
from generator.tera.errors import CallError
from generator.tera.limits import TeraLimits

Function = Callable[[Mapping[str, Any]], Any]


def range_(limits: TeraLimits, args: Arguments) -> list[int]:
    """Return the numbers from `start` to before `end`, as many as the limits allow."""
    start = natural("range", args, "start", 0)
    step = natural("range", args, "step_by", 1)
    end = natural("range", args, "end")
    if start > end:
        raise CallError(f"`range` is given a `start` ({start}) after its `end` ({end})")
    if step == 0 and start < end:
        raise CallError("`range` with a `step_by` of 0 never ends")
    if start < end and (end - start) // step > limits.range_length:
        raise CallError(f"`range` gives at most {limits.range_length} numbers (`limits.range_length`)")
    return list(range(start, end, step or 1))


def now(args: Arguments) -> str | int:
    """Return the time, local or (`utc`) of UTC, as RFC 3339 or (`timestamp`) in seconds."""
    utc, timestamp = boolean("now", args, "utc", False), boolean("now", args, "timestamp", False)
    time = datetime.now(UTC)
    if timestamp:
        return int(time.timestamp())
    return (time if utc else time.astimezone()).isoformat()


def throw(args: Arguments) -> None:
    """Fail with `message`."""
    raise CallError(string("throw", args, "message"))


def get_random(args: Arguments) -> int:
    """Return a number from `start` to before `end`."""
    start, end = integer("get_random", args, "start", 0), integer("get_random", args, "end")
    if start >= end:
        raise CallError(f"`get_random` finds no number from {start} to before {end}")
    # Slow to load, and hardly ever asked for.
    import random

    return random.randrange(start, end)


def get_env(args: Arguments, environment: Mapping[str, str] = os.environ) -> Any:
    """Return a variable of the environment, or `default`."""
    name = string("get_env", args, "name")
    if name in environment:
        return environment[name]
    if "default" in args:
        return args["default"]
    raise CallError(f"`get_env` finds no variable `{name}` in the environment, and has no `default`")


def builtin_functions(limits: TeraLimits) -> dict[str, Function]:
    """Return the built-in functions of an engine."""
    return {
        "range": partial(range_, limits),
        "now": now,
        "throw": throw,
        "get_random": get_random,
        "get_env": get_env,
    }
