"""How values become text: as printed, in a concatenation, as JSON."""

from __future__ import annotations

from typing import Any

from generator.tera.errors import CallError
from generator.tera.runtime.escaping import Escaper, plain
from generator.tera.runtime.values import I64_MIN, MAX_PARTS, U64_MAX, kind_of

_JSON_ESCAPES = {
    **{code: f"\\u{code:04x}" for code in range(0x20)},
    **str.maketrans({'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}),
}


def show(value: Any, escaper: Escaper) -> str:
    """Return a value as `{{ }}` prints it; `escaper` is for a string alone, never for what an array holds."""
    if isinstance(value, str):
        return escaper(value)
    if value is None:
        return ""
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int):
        return print_int(value)
    if isinstance(value, float):
        return print_float(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_array_parts(value, [MAX_PARTS]))}]"
    if isinstance(value, dict):
        return "[object]"
    raise CallError(f"A value of the type `{type(value).__name__}` cannot be printed")


def print_int(value: int) -> str:
    """Return an integer's digits; beyond 64 bits it is a float, as in JSON."""
    return str(value) if I64_MIN <= value <= U64_MAX else print_float(float(value))


def print_float(value: float) -> str:
    """Return a float as Rust prints it: the shortest digits that give it back, no exponent, no `.0`."""
    text = repr(value)
    if "e" in text:
        text = _without_exponent(text)
    elif text in ("inf", "-inf", "nan"):
        return text.replace("nan", "NaN")
    return text.removesuffix(".0")


def json_float(value: float) -> str:
    """Return a float as JSON: with `.0` or an exponent, so that it stays a float."""
    text = repr(value)
    if "e" not in text:
        return text
    mantissa, exponent = text.split("e")
    power = int(exponent)
    if -5 <= power < 16:
        return _without_exponent(text)
    return f"{mantissa}e{power:+d}" if power > 0 else f"{mantissa}e{power}"


def json_number(value: int | float) -> str:
    """Return a number as JSON."""
    if isinstance(value, int) and I64_MIN <= value <= U64_MAX:
        return str(value)
    return json_float(float(value))


def concat_part(value: Any) -> str:
    """Return an operand of `~` as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return json_number(value)
    raise CallError(f"`~` joins strings and numbers, not {kind_of(value)}")


def to_json(value: Any, *, pretty: bool = False) -> str:
    """Return a value as JSON; `pretty` with two spaces a level."""
    return _json(value, pretty, 0, [MAX_PARTS])


def _json(value: Any, pretty: bool, level: int, left: list[int]) -> str:
    if isinstance(value, str):
        return f'"{value.translate(_JSON_ESCAPES)}"'
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return json_number(value)
    _count(left)
    if isinstance(value, (list, tuple)):
        return _joined("[]", [_json(item, pretty, level + 1, left) for item in value], pretty, level)
    if isinstance(value, dict):
        form = "{}: {}" if pretty else "{}:{}"
        items = [form.format(to_json(key), _json(item, pretty, level + 1, left)) for key, item in value.items()]
        return _joined("{}", items, pretty, level)
    raise CallError(f"A value of the type `{type(value).__name__}` has no JSON")


def _array_parts(array: list[Any] | tuple[Any, ...], left: list[int]) -> list[str]:
    """Return the elements of an array as they are printed; `left` is how many more arrays there may be in it."""
    _count(left)
    return [
        f"[{', '.join(_array_parts(item, left))}]" if isinstance(item, (list, tuple)) else show(item, plain)
        for item in array
    ]


def _count(left: list[int]) -> None:
    left[0] -= 1
    if left[0] < 0:
        raise CallError(f"A value has more than {MAX_PARTS} arrays and objects in it: too many parts to print")


def _without_exponent(text: str) -> str:
    # Few numbers are that large or small.
    from decimal import Decimal

    return format(Decimal(text), "f")


def _joined(brackets: str, items: list[str], pretty: bool, level: int) -> str:
    if not items or not pretty:
        return f"{brackets[0]}{','.join(items)}{brackets[1]}"
    indent = "  " * (level + 1)
    body = f",\n{indent}".join(items)
    return f"{brackets[0]}\n{indent}{body}\n{'  ' * level}{brackets[1]}"
