"""docs/security.md tells of every key of `[limits]` and `[security]`, with its default."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from generator.model.config import LimitsConfig, SecurityConfig

TEXT = (Path(__file__).parents[3] / "docs/security.md").read_text(encoding="utf-8")


def test_every_limit_is_told_with_its_default() -> None:
    told = {key: int(number.replace(" ", "")) for key, number in re.findall(r"^\| `(\w+)` \| ([\d ]+) \|", TEXT, re.M)}
    assert told == dataclasses.asdict(LimitsConfig())


def test_every_leave_is_told() -> None:
    told = re.findall(r"^\| `(\w+)` \| \D", TEXT, re.M)
    assert told == [field.name for field in dataclasses.fields(SecurityConfig)]
