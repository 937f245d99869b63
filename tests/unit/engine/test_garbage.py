"""When large values end."""

from __future__ import annotations

import weakref

from generator.engine.garbage import leave


class Large:
    pass


def test_what_is_left_stays_until_something_else_is() -> None:
    value = Large()
    ended = weakref.ref(value)
    leave(value)
    del value
    assert ended() is not None
    leave(None)
    assert ended() is None
