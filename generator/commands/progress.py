"""What a build is at in, one line of a terminal that is kept up with it out; elsewhere, nothing."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from generator.commands.messages import message_format
from generator.engine.watch import Watch

# A build that is done by then shows nothing, and then this often at most: nothing flickers.
_SILENT_S = 0.2
_REFRESH_S = 0.1
_BAR = 24
_CLEAR_TO_END = "\x1b[K"


class ProgressLine(Watch):
    """Shows the stage and how far it is in the line that the cursor of a terminal is in.

    stream: the terminal; None shows nothing. columns, clock: how wide it is, and what time, each time it is asked.
    """

    def __init__(
        self, stream: TextIO | None, columns: Callable[[], int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._columns = columns
        self._clock = clock
        self._stage = ""
        self._silent_until = self._next_at = clock() + _SILENT_S
        self._shown = False

    def begin(self, stage: str) -> None:
        self._stage = stage
        # A stage may say nothing until it ends, so its name is not held back.
        if self._stream is not None and self._clock() >= self._silent_until:
            self._show(f"{stage}...")

    def advance(self, done: int, total: int) -> None:
        if self._stream is not None and total > 1 and self._clock() >= self._next_at:
            filled = _BAR * done // total
            self._show(f"{self._stage} [{'=' * filled}{' ' * (_BAR - filled)}] {done}/{total}")

    def clear(self) -> None:
        """Leave the line empty, for whatever is printed next."""
        if self._shown:
            self._write("")
            self._shown = False

    def _show(self, text: str) -> None:
        self._write(text[: max(0, self._columns() - 1)])
        self._shown = True
        self._next_at = self._clock() + _REFRESH_S

    def _write(self, text: str) -> None:
        assert self._stream is not None
        # In one piece, the new text before what is cleared of the old one.
        self._stream.write(f"\r{text}{_CLEAR_TO_END}")
        self._stream.flush()


@contextmanager
def showing_progress() -> Iterator[ProgressLine]:
    """Give a line that shows what it is told on a terminal until the block ends; anywhere else, nothing."""
    line = ProgressLine(sys.stderr if _is_wanted() else None, _columns)
    try:
        yield line
    finally:
        line.clear()


def _is_wanted() -> bool:
    """Tell whether somebody looks at a terminal that can rewrite a line."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("CI") or os.environ.get("TERM", "dumb") == "dumb"
    return not plain and message_format.get() == "text" and sys.stderr.isatty()


def _columns() -> int:
    try:
        # One that does not know its width says 0.
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except OSError:
        return 80
