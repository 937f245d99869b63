"""What to say of a template that no rule matches: what stands there, what was expected, which tag is at fault."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.tera.syntax.lexer import TAG_WORD, Lexer

_PIECE = re.compile(r"[\w.]+|[-+*/%=<>!~|&]+%?\}?\}?|\s+|.", re.DOTALL)
KNOWN_TAGS = frozenset(
    {
        *("include", "set", "set_global", "if", "elif", "else", "endif", "for", "endfor", "break", "continue"),
        *("filter", "endfilter", "raw", "endraw", "block", "endblock", "macro", "endmacro", "extends", "import"),
    }
)
MAX_EXPECTED = 3


def complain(lexer: Lexer, open_tags: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """Return the message and the place (an offset) of a parse that got no further; `open_tags` were not closed."""
    source, at, expected = lexer.source, lexer.furthest, lexer.expected
    stuck, literal = lexer.stuck
    tag = TAG_WORD.match(source, at)
    if stuck > at and "\n" not in source[at:stuck] and (tag is None or stuck >= tag.end() > tag.start(1)):
        at, expected = stuck, [literal]
    if source.startswith("{%", at):
        return _about_tag(source, at, open_tags), at
    if at >= len(source) and open_tags:
        word, opened = open_tags[-1]
        return f"The tag `{word}` of line {_line(source, opened)} is never closed", at
    found = _PIECE.match(source, at)
    named = "end of the template" if found is None else f"`{found.group()}`" if found.group().strip() else "blank space"
    wanted = " or ".join(dict.fromkeys(expected[-MAX_EXPECTED:]))
    return f"Unexpected {named}; expected {wanted}", at


def _about_tag(source: str, at: int, open_tags: Sequence[tuple[str, int]]) -> str:
    found = TAG_WORD.match(source, at)
    word = found.group(1) if found else ""
    if word not in KNOWN_TAGS:
        return f"Unknown tag `{word}`" if word else "A tag begins with a word, like `{% if … %}`"
    if word.startswith(("end", "el")):
        if not open_tags:
            return f"The tag `{word}` has nothing to close here"
        opened, place = open_tags[-1]
        return f"The tag `{word}` stands where the `{opened}` of line {_line(source, place)} is still open"
    if word in ("extends", "import"):
        return f"The tag `{word}` must come first in a template, before all but one comment"
    return f"The tag `{word}` cannot stand here, or not like this"


def _line(source: str, at: int) -> int:
    return source.count("\n", 0, at) + 1
