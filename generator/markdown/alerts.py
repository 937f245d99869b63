"""Block quotes that start with `> [!NOTE]` → quotes of that kind, without the line that names it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

_MARKER = re.compile(r">[ \t]?\[!(note|tip|important|warning|caution)\][ \t]*\Z", re.IGNORECASE)


def mark_alerts(tokens: Sequence[Token], lines: Sequence[str]) -> list[Token]:
    """Return the tokens with `kind` in the meta of quotes that are alerts; `lines` are those of the text.

    Zola: the marker stands alone in the first line; what follows continues it like a paragraph.
    """
    marked: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        marked.append(token)
        index += 1
        if token.type == "blockquote_open" and (kind := _find_kind(tokens, index, lines)):
            token.meta = {"kind": kind}
            index = _drop_marker(tokens, index)
    return marked


def _find_kind(tokens: Sequence[Token], index: int, lines: Sequence[str]) -> str | None:
    first = tokens[index]
    if first.type != "paragraph_open" or not first.map or not tokens[index + 1].content.startswith("[!"):
        return None
    match = _MARKER.search(lines[first.map[0]])
    return match[1].lower() if match else None


def _drop_marker(tokens: Sequence[Token], index: int) -> int:
    """Take the marker off a paragraph; return the index of what is left of it, or of what follows."""
    inline = tokens[index + 1]
    _, _, rest = inline.content.partition("\n")
    if not rest:
        return index + 3
    inline.content = rest.lstrip(" \t")
    if inline.map:
        inline.map = [inline.map[0] + 1, inline.map[1]]
    return index
