"""One document's Markdown → HTML, summary, table of contents and links, as Zola 0.22 makes them.

`render` is the way in, `context` what it is given; nothing is imported here, since counting words needs none of it.
"""
