"""docs/security.md tells of every key of `[limits]` and `[security]`, with its default."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from msgspec.structs import asdict

from generator.model.config import IMAGE_FORMATS, LimitsConfig, SecurityConfig

TEXT = (Path(__file__).parents[3] / "docs/security.md").read_text(encoding="utf-8")


def test_every_limit_is_told_with_its_default() -> None:
    numbers = re.findall(r"^\| `(\w+)` \| (\d[\d .]*) \|", TEXT, re.M)
    told = {key: ast.literal_eval(number.replace(" ", "")) for key, number in numbers}
    assert told | {"image_formats": IMAGE_FORMATS} == asdict(LimitsConfig())


def test_every_kind_of_image_is_told() -> None:
    row = next(line for line in TEXT.splitlines() if line.startswith("| `image_formats`"))
    assert tuple(re.findall(r"`(\w+)`", row.split(";")[1])) == IMAGE_FORMATS


def test_every_leave_is_told() -> None:
    told = re.findall(r"^\| `(\w+)` \| \D", TEXT[: TEXT.index("## Limits")], re.M)
    assert told == list(SecurityConfig.__struct_fields__)
