"""What `<` may start within a line: an address in angle brackets, a tag, a comment and its like."""

from __future__ import annotations

import re

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_SPACE = r"[ \t\n\x0b\x0c]"
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^<>\x00-\x20]*)>")
EMAIL = re.compile(rf"<([A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})*)>")
_TAG = re.compile(
    rf"<(?:[A-Za-z][A-Za-z0-9-]*+(?:{_SPACE}++[A-Za-z_:][A-Za-z0-9_.:-]*+"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:[^ \t\n\x0b\x0c\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?)*+{_SPACE}*+/?"
    rf"|/[A-Za-z][A-Za-z0-9-]*+{_SPACE}*+)>"
)
_DECLARATION = re.compile("<![A-Za-z]")
_ENCLOSED = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))


class HtmlFinder:
    """Finds the HTML of one text. unclosed: what was looked for once and did not come up any more."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._unclosed: set[str] = set()

    def find_end(self, start: int) -> int | None:
        """Return where the tag, comment or the like ends that starts at `start`."""
        text = self._text
        if match := _TAG.match(text, start):
            return match.end()
        for opening, closing in _ENCLOSED:
            if text.startswith(opening, start):
                return self._find_after(closing, start + (2 if opening == "<!--" else len(opening)))
        return self._find_after(">", start) if _DECLARATION.match(text, start) else None

    def _find_after(self, closing: str, position: int) -> int | None:
        found = -1 if closing in self._unclosed else self._text.find(closing, position)
        if found < 0:
            self._unclosed.add(closing)
            return None
        return found + len(closing)
