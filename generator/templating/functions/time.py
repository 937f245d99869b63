"""`now`: the moment of the build, the same in all of its templates."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from generator.templating.effects import Effects
from generator.templating.functions.arguments import Arguments

_NANOSECONDS = 1_000_000_000


def build_moment() -> int:
    """Return the moment to build for: that of SOURCE_DATE_EPOCH, else the present. Nanoseconds since 1970."""
    wanted = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(wanted) * _NANOSECONDS if wanted.isascii() and wanted.isdigit() else time.time_ns()


class Now(Struct, frozen=True, kw_only=True):
    """`now(timestamp=false, utc=false)`: RFC 3339 in local time, or seconds. moment: nanoseconds since 1970."""

    moment: int
    effects: Effects

    def __call__(self, args: Mapping[str, Any]) -> str | int:
        arguments = Arguments("now", args)
        self.effects.read("now")
        utc = arguments.flag("utc", False)
        if arguments.flag("timestamp", False):
            return self.moment // _NANOSECONDS
        whole = datetime.fromtimestamp(self.moment // _NANOSECONDS, UTC)
        text = (whole if utc else whole.astimezone()).isoformat()
        return text[:19] + _fraction(self.moment % _NANOSECONDS) + text[19:]


def _fraction(nanoseconds: int) -> str:
    """Return a fraction of a second with 0, 3, 6 or 9 digits, as few as hold it."""
    digits = f"{nanoseconds:09}"
    while digits.endswith("000"):
        digits = digits[:-3]
    return f".{digits}" if digits else ""
