"""JSON text to plain values as Zola reads them; what they mean is the caller's."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from generator.data.limits import USUAL, Bounds, check_depth
from generator.data.problems import DataError

_HALF_PAIR = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def parse_json(text: str, bounds: Bounds = USUAL) -> Any:
    """Read JSON; keys keep their order, of equal ones the last counts. Raises: DataError."""
    try:
        value = json.loads(text, parse_int=_read_integer, parse_float=_read_float, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise DataError(error.msg, error.pos) from None
    except _NumberError as error:
        raise DataError(str(error), max(text.find(error.written), 0)) from None
    except RecursionError:
        raise bounds.too_deep() from None
    half = _HALF_PAIR.search(text)
    if half and not _is_text(value):
        raise DataError(f"`{half[0]}` is half of a character", half.start())
    check_depth(value, bounds)
    return value


class _NumberError(ValueError):
    def __init__(self, message: str, written: str) -> None:
        super().__init__(message)
        self.written = written


def _read_integer(written: str) -> int | float:
    """Zola: what does not fit in 64 bits, and `-0`, is a number with a fraction."""
    value = int(written) if len(written) <= 20 else 2**64
    return value if -(2**63) <= value < 2**64 and written != "-0" else _read_float(written)


def _read_float(written: str) -> float:
    value = float(written)
    if value - value != 0:
        raise _NumberError("The number is out of range", written)
    return value


def _refuse_constant(written: str) -> NoReturn:
    raise _NumberError(f"`{written}` is no value of JSON", written)


def _is_text(value: Any) -> bool:
    """Tell whether all text in a value can be written."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
