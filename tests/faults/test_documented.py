"""docs/reliability.md has all its rows, and the tests that it names are there."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
TEXT = (TESTS.parent / "docs/reliability.md").read_text(encoding="utf-8")


def test_every_fault_has_its_row() -> None:
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", TEXT, re.M)] == list(range(1, 88))


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`([\w/]+\.py)`", TEXT))
    assert {name for name in named if not (TESTS.parent / name).exists()} == set()


def test_every_case_that_is_named_is_there() -> None:
    rows = re.findall(r"cases? ((?:`[\w-]+`(?:, )?)+)", TEXT)
    named = {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}
    assert {name for name in named if not (TESTS / f"cases/errors/{name}.txt").exists()} == set()
