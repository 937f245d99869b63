"""`:short_name:` in text → the emoji that GitHub shows for it; unknown names stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_SHORT_NAME = re.compile(r":([a-z1238+-][a-z0-9_-]*):")


def replace_emoji(text: str) -> str:
    """Return `text` with its short names replaced."""
    return _SHORT_NAME.sub(lambda match: _emoji_by_name().get(match[1], match[0]), text)


@cache
def _emoji_by_name() -> Mapping[str, str]:
    """Read the table: a line is an emoji and its names."""
    table = (Path(__file__).parent / "data" / "emoji.txt").read_text(encoding="utf-8")
    rows = map(str.split, table.splitlines())
    return {name: emoji for emoji, *names in rows for name in names}
