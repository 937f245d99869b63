"""Strings cut where a reader sees a character end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.tera.runtime.text import cut_graphemes, split_graphemes

# What joins, and what does not: a mark, a jamo, a joiner, an emoji and its colour, a flag's letters, a line's end.
LETTERS = st.sampled_from([*"a 가힣ㄱ中「・\n", "\r", "\u0301", "\u1161", "\u200d", "👩", "🏽", "🇰", "🇷", "\u0600"])


@given(letters=st.lists(LETTERS, max_size=12), count=st.integers(0, 12))
def test_a_text_is_cut_between_graphemes(letters: list[str], count: int) -> None:
    text = "".join(letters)
    clusters = split_graphemes(text)
    assert cut_graphemes(text, count) == ("".join(clusters[:count]) if len(clusters) > count else None)
