"""Footnotes: their numbers, the marks that lead to them, and the notes themselves, in place or at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.markdown.escape import escape_attribute
from generator.markdown.pieces import Markup, RawHtml, make_raw

PARAGRAPH_CLOSE = Markup("</p>\n")


class _Note(Struct, frozen=True):
    label: str
    pieces: Sequence[str]


class Footnotes:
    """The footnotes of one document, numbered as they come up. labels: those defined anywhere, case-folded."""

    def __init__(self, labels: Mapping[str, str], *, at_bottom: bool) -> None:
        self._labels = labels
        self.at_bottom = at_bottom
        self._numbers: dict[str, int] = {}
        self._uses: Counter[str] = Counter()
        self._notes: list[_Note] = []

    def knows(self, label: str) -> bool:
        """Return whether a footnote of that label is defined anywhere in the document."""
        return label.casefold() in self._labels

    def refer(self, label: str) -> Markup:
        """Return the mark that leads to a footnote."""
        number = self._number(label)
        if not self.at_bottom:
            return make_raw(
                f'<sup class="footnote-reference"><a href="#{escape_attribute(label)}">{number}</a></sup>',
                f"[{number}]",
            )
        self._uses[label] += 1
        use = self._uses[label]
        # Zola: labels go in unescaped.
        return RawHtml(
            f'<sup class="footnote-reference" id="fr-{label}-{use}"><a href="#fn-{label}">{number}</a></sup>'
        )

    def open_in_place(self, label: str) -> str:
        """Return what opens a note that stays where it is written."""
        return (
            f'<div class="footnote-definition" id="{escape_attribute(label)}">'
            f'<sup class="footnote-definition-label">{self._number(label)}</sup>'
        )

    def _number(self, label: str) -> int:
        return self._numbers.setdefault(label, len(self._numbers) + 1)

    @staticmethod
    def open_at_bottom(label: str) -> str:
        """Return what opens a note in the list at the document's end."""
        return f'<li id="fn-{label}">'

    def keep(self, label: str, pieces: Sequence[str]) -> None:
        """Keep an opened note's HTML for the end of the document."""
        self._notes.append(_Note(label, pieces))

    def render_section(self) -> str:
        """Return the notes for the document's end, those nobody refers to left out; "" if none was written."""
        if not self._notes:
            return ""
        used = [note for note in self._notes if self._uses[note.label]]
        used.sort(key=lambda note: self._numbers[note.label])
        items = "".join(map(self._render_note, used))
        return f'<section class="footnotes">\n<ol class="footnotes-list">\n{items}</ol>\n</section>\n'

    def _render_note(self, note: _Note) -> str:
        """The links back go into the note's last paragraph, if it ends with one."""
        back = "".join(self._link_back(note.label, use) for use in range(1, self._uses[note.label] + 1))
        pieces = list(note.pieces)
        if pieces and pieces[-1] is PARAGRAPH_CLOSE:
            pieces[-1:] = [back, PARAGRAPH_CLOSE, "</li>\n"]
        else:
            pieces += [back, "</li>\n"]
        return "".join(pieces)

    @staticmethod
    def _link_back(label: str, use: int) -> str:
        return f' <a href="#fr-{label}-{use}">↩{use if use > 1 else ""}</a>'
