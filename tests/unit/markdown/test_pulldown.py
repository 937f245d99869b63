"""Random texts, Korean ones among them, come out as pulldown-cmark makes them: the parser that Zola is built on.

Its release in `pyromark` is newer than Zola's, so what Zola itself gives decides where the two differ. A longer run,
`python tests/unit/markdown/test_pulldown.py 20000 [SEED]`, prints each kind of difference once, as short as it gets.
"""

from __future__ import annotations

import random
import re
import sys

import pyromark
from hypothesis import given, settings
from hypothesis import strategies as st
from pyromark import Options

from generator.errors import SiteError
from generator.markdown.context import Document, MarkdownSettings
from generator.markdown.render import render_markdown
from generator.model.config import MarkdownConfig

USUAL = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
)
ALL = USUAL | Options.ENABLE_SMART_PUNCTUATION | Options.ENABLE_DEFINITION_LIST | Options.ENABLE_GFM

WORDS = "도커 가 이미지 는 word a 1 x 2025 C++ (괄호) “인용” “ ” 。 ， 😀 é ß - : . ... ' \" | & < > ! # ( ) ["
MARKS = "* ** *** _ __ ~ ~~ ~~~ ` `` ] ![ &amp; &#35; \\ \\* -- [^1] [^a] [x] [y][x] [링크](/url) (/u) <b> </b>"
BLOCKS = (
    "\n- ",
    "\n  - ",
    "\n* ",
    "\n1. ",
    "\n2) ",
    "\n> ",
    "\n>",
    "\n# ",
    "\n## ",
    "\n```\n",
    "\n```rust\n",
    "\n~~~\n",
    "\n    ",
    "\n   ",
    "\n  ",
    "\n[^1]: ",
    "\n[x]: /u 't'\n",
    "\n<div>\n",
    "\n</div>\n",
    "\n---\n",
    "\n===\n",
    "\n| a | b |\n|---|:-:|\n| 1 | 2 |\n",
    "\n|---|\n",
    "\n: ",
    "\n- [ ] a",
    "\n- [x] b",
    " {#i}\n",
    "\n> [!NOTE]\n> ",
    "<!-- c -->",
    "<https://a.b>",
    "<a@b.c>",
    "  \n",
    "\\\n",
    "\n\n",
    "\n",
    "\n",
    " ",
    "  ",
)
ATOMS = (*WORDS.split(), *MARKS.split(), *BLOCKS)

# What hanji does otherwise; docs/markdown.md says why.
KNOWN = {
    "a checkbox alone, a blank line, and then more of its item": r"\[[ xX]\][ \t]*\n[> ]*\n",
    "an empty item, then two blank lines": r"(?:[-*+]|\d[.)])[ ]*\n[> ]*\n[> ]*\n",
    "attributes alone on the last line of an underlined heading": r"\{[^{}<>\\\n]*\}[ \n]*\\?\n[> ]*[=-]",
    "a row of a table that is indented like code and starts like another block": r"\|[ ]*\n(?:.*\n)*?[> ]*    \S",
    "a definition cut short by a mark that starts no block after text": r"\]:[ ]*(?:\\?\n|\S+[ ]*\n)",
    "a code span that a lazy line goes on with, and its indent": r"\n +.*`",
    "an escaped bracket right after brackets": r"\]\\\[",
    "an alert with nothing but a lazy line that is HTML or indented": r"\[!NOTE\][ ]*\n",
    "an empty definition, then a blank line": r":[ ]*\n[> ]*\n",
    "a definition of a link between a term and its own": r"\]:.*\n[> ]*\n[> ]*:",
    "four spaces alone after a definition, which Zola's release still takes for a paragraph": r"\]:.*\n *    \n",
}


def make_settings(**options: bool) -> MarkdownSettings:
    return MarkdownSettings(
        markdown=MarkdownConfig(external_links_external=False, **options),
        slugify_anchors=lambda title: "",
        permalinks={},
        render_template=lambda name, values: "",
        internal_level="warn",
    )


PLAIN = make_settings()
FULL = make_settings(smart_punctuation=True, definition_list=True, github_alerts=True)


def same_shape(html: str) -> str:
    """Undo what Zola writes in a shape of its own: code, headings, and the line breaks before them."""
    html = re.sub(r'<pre><code(?: (?:data-lang|class)=".*?")?>(.*?)</code></pre>', plain_code, html, flags=re.DOTALL)
    html = re.sub(r"\n*<h([1-6])[^>]*>", r"<h\1>", html)
    html = re.sub(r"\n+<pre>", "<pre>", html)
    return re.sub(r"\s+(</h[1-6]>)", r"\1", html)


def plain_code(match: re.Match[str]) -> str:
    return "<pre><code>" + match[1].replace("&quot;", '"').replace("&#39;", "'") + "</code></pre>"


def find_difference(text: str, *, full: bool) -> tuple[str, str] | None:
    """Return what hanji and pulldown-cmark make of a text, where that differs and is not known to."""
    text = text.strip("\n") + "\n"
    try:
        ours = same_shape(render_markdown(text, Document(), FULL if full else PLAIN).html)
    except SiteError:
        # The one error that such a text can have: a link without URL.
        return None
    theirs = same_shape(pyromark.html(text, options=ALL if full else USUAL))
    return None if ours == theirs or any(re.search(known, text) for known in KNOWN.values()) else (ours, theirs)


TEXTS = st.lists(st.sampled_from(ATOMS), min_size=1, max_size=14).map("".join)


@settings(deadline=None)
@given(TEXTS)
def test_a_text_comes_out_as_in_pulldown_cmark(text: str) -> None:
    assert find_difference(text, full=False) is None


@settings(deadline=None)
@given(TEXTS)
def test_a_text_with_all_options_comes_out_as_in_pulldown_cmark(text: str) -> None:
    assert find_difference(text, full=True) is None


def shorten(text: str, *, full: bool) -> str:
    """Return a text that differs as `text` does, with nothing in it that could be left out."""
    size = len(text) // 2
    while size:
        start = 0
        while start < len(text):
            shorter = text[:start] + text[start + size :]
            if find_difference(shorter, full=full):
                text = shorter
            else:
                start += size
        size //= 2
    return text


def main(count: int, seed: int) -> None:
    choose = random.Random(seed)
    found: dict[str, str] = {}
    differing = 0
    for number in range(count):
        text = "".join(choose.choices(ATOMS, k=choose.randint(1, 25)))
        if find_difference(text, full=number % 2 == 1):
            differing += 1
            short = shorten(text, full=number % 2 == 1)
            found.setdefault(re.sub(r"[\w]+", "a", short), short)
    for short in found.values():
        difference = find_difference(short, full=True) or find_difference(short, full=False) or ()
        print(repr(short), *difference, sep="\n    ")
    print(f"{differing} of {count} texts differ, in {len(found)} ways")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
