"""The folder of a blog's posts in; each read, its Markdown and code made HTML by the libraries alone, nothing written.

    python -m bench.builds.floor FOLDER

One process. What a generator written in Python with these libraries needs beside this is its own.
"""

from __future__ import annotations

import re
import sys
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

FRONT_MATTER = re.compile(r"\A\+\+\+\n.*?\n\+\+\+\n", re.DOTALL)
FORMATTER = HtmlFormatter(noclasses=True, style="github-dark", nowrap=True)


def colour(code: str, language: str, _: str) -> str:
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return escape(code)
    return highlight(code, lexer, FORMATTER)


def main() -> None:
    markdown = MarkdownIt("commonmark", {"highlight": colour}).enable(["table", "strikethrough"])
    for file in sorted(Path(sys.argv[1]).rglob("*.md")):
        markdown.render(FRONT_MATTER.sub("", file.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
