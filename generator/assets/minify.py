"""A page's HTML in, the same page in fewer bytes out."""

from __future__ import annotations

from generator.errors import SiteError


def minify_html(html: str) -> str:
    """Return the HTML without comments, optional tags and quotes, and white space that does not show; its CSS likewise.

    Raises: SiteError when the library for it is missing. Zola: scripts stay as they are.
    """
    # Only sites that ask for it have it, or pay for loading it.
    try:
        import minify_html as library
    except ImportError as error:
        raise SiteError("Minified HTML needs a library", hint="pip install 'hanji[minify]'") from error
    return library.minify(html, keep_html_and_head_opening_tags=True, minify_css=True, minify_js=False)
