"""Code in colour: a site's highlighting config and code blocks in, HTML and stylesheets out."""

from generator.highlight.highlighter import Highlighter, load_highlighter

__all__ = ["Highlighter", "load_highlighter"]
