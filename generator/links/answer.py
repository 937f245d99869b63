"""What another site's server says to a request."""

from __future__ import annotations

from msgspec import Struct


class Answer(Struct, frozen=True, kw_only=True):
    """What came back. problem: why nothing did; status is 0 then. body: empty when it was not asked for."""

    status: int = 0
    reason: str = ""
    body: str = ""
    problem: str | None = None
