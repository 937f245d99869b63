"""Compiled code seen from outside of the compiler: how it is named, and where in a template an instruction is from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from types import TracebackType

FILENAME = "<tera template>"
"""The file that all compiled templates name as theirs."""

Position = tuple[int, int, int, int]
"""Line and columns (from, to) of generated code, and the offset in the template's source that it comes from."""


def find_offset(traceback: TracebackType, positions: Sequence[Position]) -> int:
    """Return the offset in a template's source of the innermost piece of code that was running."""
    code, instruction = traceback.tb_frame.f_code, traceback.tb_lasti // 2
    _, _, start, end = next(islice(code.co_positions(), instruction, None), (None, None, None, None))
    on_line = [p for p in positions if p[0] == traceback.tb_lineno]
    if start is not None and end is not None:
        on_line = [p for p in on_line if p[1] <= start and end <= p[2]] or on_line
    if not on_line:
        on_line = [p for p in positions if p[0] < traceback.tb_lineno][-1:]
    return min(on_line, key=lambda p: p[2] - p[1])[3] if on_line else 0
