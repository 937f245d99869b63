"""Tests against the real Tera run where it is installed (the extra `test` brings it) and processes can be forked."""

import os
from importlib.util import find_spec

collect_ignore = [] if find_spec("pytera") and hasattr(os, "fork") else ["test_against_pytera.py"]
