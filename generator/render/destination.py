"""URL paths in, paths below the output folder out, never outside of it."""

from __future__ import annotations

from generator.errors import Location, SiteError


def destination(url_path: str, name: str, *, shown: str) -> str:
    """Return the output path of `name` in the folder that a URL path stands for.

    shown: the document that asks for it, for the message. Raises: SiteError for a path that leaves the output.
    """
    parts = [part for part in url_path.split("/") if part not in ("", ".")]
    if ".." in parts or "\0" in url_path:
        raise SiteError(
            f"The path `{url_path}` leads out of the output folder.",
            where=Location(file=shown),
            hint="Take `..` out of its `path`, `slug`, aliases or term.",
        )
    return "/".join((*parts, name))


def alias_destination(alias: str, *, shown: str) -> str:
    """Return the output path of an alias. Zola: only a last part that ends in `.html` is a file's name."""
    folder, _, last = alias.rpartition("/")
    if last.endswith(".html"):
        return destination(folder, last, shown=shown)
    return destination(alias, "index.html", shown=shown)
