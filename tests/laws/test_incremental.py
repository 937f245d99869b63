"""The law of incremental builds: after any series of edits, each build makes what a build from nothing makes.

`HANJI_LAW_SERIES=50` tries that many random series instead of one, `HANJI_LAW_SEED=7` others than those of CI.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from laws.checking import assert_same, check
from laws.edits import Edit, any_edit, mend
from laws.living_blog import Blog, Files

EDITS = 200
SERIES = int(os.environ.get("HANJI_LAW_SERIES", "1"))
SEED = int(os.environ.get("HANJI_LAW_SEED", "0"))
# So often a build works on two cores.
PARALLEL = 10


# Shrinking is done below: hypothesis would build for hours.
@settings(
    max_examples=SERIES + 1,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@seed(SEED)
@given(series=st.lists(any_edit(), min_size=EDITS, max_size=EDITS))
def test_any_series_of_edits(series: list[Edit]) -> None:
    if len(set(series)) == 1:
        return  # what hypothesis tries first is one edit again and again
    with pytest.MonkeyPatch.context() as patch:
        # However little there is to do, workers do it.
        patch.setattr("generator.engine.stage._WORTH_WORKERS", 1)
        # However few facts nobody reads any more, tables are cleared of them.
        patch.setattr("generator.incremental.fact_table._SLACK", 0)
        fault = find_fault(series)
        if fault is not None:
            series, fault = shrink(series[: fault.edits], fault)
            lines = "\n".join(f"    {edit!r}," for edit in series)
            pytest.fail(f"after these edits:\n{lines}\n{fault.what}", pytrace=False)


class Fault(NamedTuple):
    """What differed, and after how many edits."""

    edits: int
    what: str


def find_fault(series: Sequence[Edit]) -> Fault | None:
    """Build after every edit, in every way."""
    folder, done = Path(tempfile.mkdtemp()), 0
    try:
        blog = Blog(folder / "blog")
        check(blog, 1)
        for done, edit in enumerate(series, 1):
            edit(blog)
            if check(blog, 1 if done % PARALLEL else 2) is None:
                mend(blog)
                if check(blog, 1) is None:
                    blog.begin_again()
                    assert check(blog, 1) is not None
        assert_same(blog.published(), apart(blog))
    except Exception as error:
        return Fault(done, f"{type(error).__name__}: {error}")
    finally:
        shutil.rmtree(folder)
    return None


def shrink(series: list[Edit], fault: Fault) -> tuple[list[Edit], Fault]:
    """Return a series with a fault without those edits that are not needed for one."""
    size = len(series) // 2
    while size:
        start = 0
        while start < len(series):
            shorter = series[:start] + series[start + size :]
            found = find_fault(shorter)
            if found is None:
                start += size
            else:
                series, fault = shorter[: found.edits], found
        size //= 2
    return series, fault


def apart(blog: Blog) -> Files:
    """Build from nothing in a process of its own, which nothing that was built before is in."""
    out = blog.root.parent / "apart"
    command = [sys.executable, "-m", "generator", "--root", str(blog.root), "build", "--no-cache", "-o", str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
