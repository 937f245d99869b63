"""What ties a worker to the process that it works for: when that is gone, however it went, the worker ends too."""

from __future__ import annotations

import os
import threading
from multiprocessing import parent_process

# The process that is tied already; those that are forked from it are not.
_tied = 0


def end_with_parent() -> None:
    """Have this process end with the one that started it, if it is a worker that Python started; no one else would."""
    global _tied
    if _tied != os.getpid() and parent_process() is not None:
        _tied = os.getpid()
        threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
