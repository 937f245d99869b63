"""Tests against the real Tera run where it is installed (the extra `test` brings it where it can be)."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("pytera") else ["test_against_pytera.py"]
