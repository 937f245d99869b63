"""Where a render failed: from the traceback of compiled code back to the templates' lines and columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from types import TracebackType
from typing import Protocol

from msgspec import Struct

from generator.errors import Location, SiteError, locate
from generator.tera.code import FILENAME, find_offset
from generator.tera.errors import CallError, TeraError

MAX_STEPS = 10
"""Steps of the way to an error that are told; of more, the first and the last."""


class Sources(Protocol):
    """The sources of templates by name."""

    def source(self, name: str) -> str: ...


class Call(Struct, frozen=True, kw_only=True):
    """A template's function that was running: the template, what the function renders, and the place reached."""

    kind: str
    name: str
    where: Location


def located(error: Exception, rendered: str, sources: Sources) -> TeraError:
    """Return the error that ended the render of the template `rendered`, with its place and what led there."""
    calls = list(_calls(error.__traceback__, sources))
    where = calls[-1].where if calls else Location(file=rendered)
    reasons = tuple(_reasons(rendered, calls))
    if isinstance(error, RecursionError):
        return TeraError("The templates, or the values they print, are nested too deep", where=where, reasons=reasons)
    if isinstance(error, CallError):
        return TeraError(error.message, where=where, reasons=reasons)
    assert isinstance(error, SiteError)
    if error.where is not None:
        reasons = (*reasons, f"Called from {where}")
    return TeraError(error.message, where=error.where or where, reasons=(*reasons, *error.reasons), hint=error.hint)


def _calls(traceback: TracebackType | None, sources: Sources) -> Iterator[Call]:
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_code.co_filename == FILENAME and frame.f_code.co_name in frame.f_globals["functions"]:
            template = frame.f_globals["NAME"]
            kind, name = frame.f_globals["functions"][frame.f_code.co_name]
            offset = find_offset(traceback, frame.f_globals["positions"])
            yield Call(kind=kind, name=name, where=locate(template, sources.source(template), offset))
        traceback = traceback.tb_next


def _reasons(rendered: str, calls: list[Call]) -> Iterator[str]:
    yield f"Failed to render `{rendered}`"
    steps = [f"{_described(call)}, from {caller.where}" for caller, call in pairwise(calls)]
    if len(steps) > MAX_STEPS:
        steps[MAX_STEPS // 2 : -MAX_STEPS // 2] = [f"… {len(steps) - MAX_STEPS} more …"]
    yield from steps


def _described(call: Call) -> str:
    if call.kind == "template":
        return f"Included `{call.where.file}`"
    return f"In the {call.kind} `{call.name}` of `{call.where.file}`"
