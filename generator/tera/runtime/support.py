"""The names that every compiled template finds defined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from generator.errors import SiteError
from generator.tera.errors import CallError
from generator.tera.runtime import arithmetic, comparison, escaping, lookup, printing
from generator.tera.runtime.escaping import Escaper
from generator.tera.runtime.lookup import Scopes
from generator.tera.runtime.rendering import Frame, Render, Rendering
from generator.tera.runtime.values import is_given, missing


def capture(macro: Render, rt: Rendering, esc: Escaper, **arguments: Any) -> str:
    """Return what a macro renders."""
    pieces: list[str] = []
    macro(rt, pieces.append, esc, **arguments)
    text: str = rt.measured("".join(pieces))
    return text


def tolerant(rt: Rendering, evaluate: Callable[[], Any]) -> bool:
    """Return the truth of what `evaluate` gives; False if it fails."""
    depth = rt.depth
    try:
        return bool(evaluate())
    except (CallError, SiteError):
        rt.depth = depth
        return False


def function_truth(value: Any) -> bool:
    """Return a function's result where a truth is needed, which must be a boolean."""
    if not isinstance(value, bool):
        raise CallError("A function stands for a truth value but does not return a boolean")
    return value


def text_truth(value: Any) -> bool:
    """Return the truth of a concatenation with filters, which must be a string."""
    if not isinstance(value, str):
        raise CallError("A concatenation with filters stands for a truth value but is not a string")
    return bool(value)


def dump(rt: Rendering, frame: Frame | None, local: dict[str, Any] | None, scopes: Scopes) -> str:
    """Return all variables in sight as JSON, sorted by name. A macro does not see the context here."""
    if scopes:
        frame = rt.snapshot(frame, local or {}, scopes, "")
    found: dict[str, Any] = {}
    in_macro = bool(scopes) and scopes[-1][0]
    while frame is not None:
        found |= frame.own
        if frame.loop is not None:
            found |= frame.loop.variables()
        frame = frame.parent
    if not in_macro:
        found = {**rt.context, **found}
    return printing.to_json(dict(sorted(found.items())), pretty=True)


def no_default() -> NoReturn:
    raise CallError("The filter `default` needs an argument `value`")


def no_argument(macro: str, argument: str) -> NoReturn:
    raise CallError(f"Macro `{macro}` is missing the argument `{argument}`")


def no_container() -> NoReturn:
    raise CallError("A loop goes over a variable, a function's result or an array literal")


def no_inheritance() -> NoReturn:
    raise CallError("An included template may not extend another")


def no_loop(word: str) -> NoReturn:
    raise CallError(f"`{word}` with no loop around it")


def negated_concatenation() -> NoReturn:
    raise CallError("`not` before a concatenation has no truth value")


SUPPORT: dict[str, Any] = {
    "ABSENT": lookup.ABSENT,
    "NO_ARGUMENTS": {},
    "missing": missing,
    "is_given": is_given,
    "escape_text": escaping.escape_text,
    "plain": escaping.plain,
    "show": printing.show,
    "concat_part": printing.concat_part,
    **{f.__name__: f for f in (lookup.get1, lookup.get2, lookup.reach, lookup.as_key, lookup.find, lookup.require)},
    **{f.__name__: f for f in (comparison.equal, comparison.unequal, comparison.contains)},
    **{
        f.__name__: f
        for f in (
            arithmetic.add,
            arithmetic.subtract,
            arithmetic.multiply,
            arithmetic.divide,
            arithmetic.modulo,
            arithmetic.printable,
            arithmetic.is_nonzero,
            arithmetic.less,
            arithmetic.at_most,
            arithmetic.greater,
            arithmetic.at_least,
        )
    },
    **{
        f.__name__: f
        for f in (
            capture,
            tolerant,
            function_truth,
            text_truth,
            dump,
            no_default,
            no_argument,
            no_container,
            no_inheritance,
            no_loop,
            negated_concatenation,
        )
    },
}
