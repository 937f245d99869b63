"""The machine and this Python, as the page about the benchmarks tells them."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LIBRARIES = ("markdown-it-py", "pygments")


def describe_machine() -> str:
    """Return the processor, the cores that may be used, the memory, and what else the machine is doing now."""
    model = re.search(r"(?m)^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    name = model[1].strip() if model else platform.machine()
    load = os.getloadavg()[0]
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores of {name}, {memory:.0f} GiB, {platform.system()}, load {load:.1f} at the start"


def read_versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that the floor is measured with."""
    return {platform.python_implementation(): platform.python_version()} | {name: version(name) for name in LIBRARIES}


def find_commit() -> str | None:
    """Find which commit is checked out, and whether anything differs from it; None without git."""
    try:
        said = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--match="], cwd=ROOT, check=True, capture_output=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.stdout.strip()
