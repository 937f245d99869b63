"""One document's Markdown → HTML, summary, table of contents and links, as Zola 0.22 makes them."""
