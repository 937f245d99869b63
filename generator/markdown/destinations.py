"""What follows a link's text: `(url "title")`, or the label of a definition elsewhere."""

from __future__ import annotations

import re

from generator.markdown.escape import unescape_markdown

_MAX_PARENTHESES = 32
_MAX_LABEL = 1000
_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_SEPARATOR = re.compile(r"[ \t\x0b\x0c]*+\n?[ \t\x0b\x0c]*+")
_POINTY = re.compile(rf"<((?:[^<>\\\n]|\\{_PUNCTUATION}?)*+)>")
_BARE = re.compile(rf"(?:[^\x00-\x20()\\]|\\{_PUNCTUATION}?)++")
_TITLE = re.compile(
    rf"\"((?:[^\"\\]|\\{_PUNCTUATION}?)*+)\"|'((?:[^'\\]|\\{_PUNCTUATION}?)*+)'|\(((?:[^()\\]|\\{_PUNCTUATION}?)*+)\)"
)
_LABEL = re.compile(rf"\[((?:[^\[\]\\]|\\{_PUNCTUATION}?)*+)\]")


def find_inline_target(text: str, position: int) -> tuple[str, str, int] | None:
    """Return URL, title and end of the `(…)` that starts at `position`."""
    if not text.startswith("(", position):
        return None
    position = _skip_separator(text, position + 1)
    destination = find_destination(text, position)
    if destination is None:
        return None
    url, position = destination
    position = _skip_separator(text, position)
    title = ""
    if match := _TITLE.match(text, position):
        title = unescape_markdown(match[0][1:-1])
        position = _skip_separator(text, match.end())
    if not text.startswith(")", position):
        return None
    return url, title, position + 1


def find_destination(text: str, position: int) -> tuple[str, int] | None:
    """Return the URL at `position`, in angle brackets or bare, and its end."""
    if text.startswith("<", position):
        match = _POINTY.match(text, position)
        return (unescape_markdown(match[1]), match.end()) if match else None
    start, depth = position, 0
    while True:
        if match := _BARE.match(text, position):
            position = match.end()
        if text.startswith("(", position):
            depth += 1
            if depth > _MAX_PARENTHESES + 1:
                return None
        elif depth and text.startswith(")", position):
            depth -= 1
        else:
            return None if depth else (unescape_markdown(text[start:position]), position)
        position += 1


def find_label(text: str, position: int, end: int | None = None) -> tuple[str, int] | None:
    """Return the label in the brackets at `position` and where they end; it may not reach beyond `end`."""
    match = _LABEL.match(text, position, min(position + _MAX_LABEL + 2, len(text) if end is None else end))
    if match is None or not match[1].strip():
        return None
    return match[1], match.end()


def find_reference(text: str, opening: int, closing: int) -> tuple[str, int]:
    """Return the label that the brackets from `opening` to `closing` refer by ("" for none), and where all of it ends.

    It stands in brackets of its own after them, or is what they hold: `[a][label]`, `[label][]`, `[label]`.
    """
    end = closing + 1
    if text.startswith("[]", end):
        end += 2
    elif (full := find_label(text, end)) and not names_footnote(full[0]):
        return full
    own = find_label(text, opening)
    return (own[0], end) if own is not None and own[1] == closing + 1 else ("", end)


def names_footnote(label: str) -> bool:
    """Return whether a label is that of a footnote."""
    return label.startswith("^") and len(label) > 1 and "\n" not in label


def _skip_separator(text: str, position: int) -> int:
    match = _SEPARATOR.match(text, position)
    return match.end() if match else position
