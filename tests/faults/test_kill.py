"""A build that is killed at any moment leaves the old output or the new one, wholly, and the next one needs no help.

`HANJI_KILLS=200 pytest tests/faults/test_kill.py` tries more moments.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time

from generator.write import publish

KILLS = int(os.environ.get("HANJI_KILLS", "6"))


def test_a_build_that_is_killed(versions, start, hanji) -> None:
    root, chance = versions.site.root, random.Random(KILLS)
    versions.write("1")
    begun = time.monotonic()
    assert hanji(root, "build").status == 0
    usual_s = time.monotonic() - begun
    there = set(os.listdir(root))
    for kill in range(KILLS):
        old, new = ("1", "2") if kill % 2 == 0 else ("2", "1")
        versions.write(new)
        with start(root, "build") as build:
            # Most of the moments are in the second half, where it writes.
            time.sleep(usual_s * (1 - chance.random() ** 2 * 0.9))
            build.send_signal(signal.SIGKILL)
            build.communicate()
        assert versions.standing() in ({old}, {new})
        assert hanji(root, "build").status == 0
        assert versions.standing() == {new}
        assert set(os.listdir(root)) == there


def test_a_publication_that_ends_at_any_of_its_lines(versions) -> None:
    versions.write("1")
    versions.site.publish()
    there = set(os.listdir(versions.site.root))
    line, ended, number = 1, False, 0
    while not ended:
        number += 1
        old, new = ("1", "2") if number % 2 else ("2", "1")
        versions.write(new)
        ended = _publish_up_to(line, versions)
        assert versions.standing() in ({old}, {new})
        versions.site.publish()
        assert versions.standing() == {new}
        assert set(os.listdir(versions.site.root)) == there
        line += 1 + line // 3
    assert number > 20


def _publish_up_to(line: int, versions) -> bool:
    """Publish in a process that ends at that line of the write stage; return whether it got through."""
    output = versions.site.build().output
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    left = line

    def trace(frame, event, _argument):
        nonlocal left
        if "generator/write/" in frame.f_code.co_filename:
            left -= 1
            if not left:
                os._exit(9)
        return trace

    sys.settrace(trace)
    publish(output, versions.public)
    os._exit(0)
