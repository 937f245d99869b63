"""What is left to do after a save, bit by bit in the time until the next one, out; to wait for that is the server's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from generator.serve.store import Failure

# After a save, browsers fetch what is new: nothing is to be in their way meanwhile.
_REST_S = 0.15
# A file that takes longer is left until nothing has been saved for that time: the next save would have to wait for it.
_LONG_S, _LONG_REST_S = 0.05, 3.0
# Waiting without an end could not be interrupted on every system.
_POLL_S = 1.0


class Leisure(Struct, frozen=True, kw_only=True):
    """What there is to do between two saves.

    recheck: serves what the last rebuild may have missed. make_next: makes one of the files that it left pending, and
    tells whether there was one; next_seconds: how long that may take. clean: tidies up. settle: is told that all is
    made; retract: what could not be.
    """

    recheck: Callable[[], object]
    make_next: Callable[[], bool | Failure]
    next_seconds: Callable[[], float]
    clean: Callable[[], object]
    settle: Callable[[], None]
    retract: Callable[[Failure], None]

    def use(self) -> Iterator[float]:
        """Do one bit after the other; yield how many seconds to wait for a save before the next."""
        yield _REST_S
        self.recheck()
        yield from self._make_all()
        self.clean()
        while True:
            yield _POLL_S

    def _make_all(self) -> Iterator[float]:
        is_rested = False
        while True:
            yield 0
            if not is_rested and self.next_seconds() > _LONG_S:
                is_rested = True
                yield _LONG_REST_S
            outcome = self.make_next()
            if isinstance(outcome, Failure):
                self.retract(outcome)
                return
            if not outcome:
                self.settle()
                return
