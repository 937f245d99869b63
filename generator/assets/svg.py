"""An SVG file in, its size out; nothing of its drawing is read and no entity is expanded."""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

from generator.errors import Location, SiteError
from generator.files.reading import Roots, open_regular

_LENGTH = re.compile(r"([+-]?\d+\.?\d*)(\D\D?)?")
_UNITS = frozenset({"em", "ex", "px", "pt", "pc", "cm", "mm", "in"})
_BETWEEN_NUMBERS = re.compile(r",?\s+")
_CHUNK = 4096
_MAX_HEAD = 1_000_000

Size = tuple[float, float]


class _RootFound(Exception):  # noqa: N818 - no error: the way out of the parser
    def __init__(self, attributes: dict[str, str]) -> None:
        super().__init__()
        self.attributes = attributes


def read_svg_size(file: Path, roots: Roots | None = None) -> tuple[int, int]:
    """Read width and height of the root element, else of its viewBox. Zola: units count as pixels, fractions are cut.

    roots: where the file must lie. Raises: SiteError when it is no SVG, or has no size.
    """
    attributes = _read_root_attributes(file, roots)
    view_box = _parse_view_box(attributes.get("viewBox", ""))
    width = _parse_length(attributes.get("width", ""), view_box[0] if view_box else None)
    height = _parse_length(attributes.get("height", ""), view_box[1] if view_box else None)
    if width is not None and height is not None:
        return _whole(width), _whole(height)
    if view_box is None:
        raise _unreadable(file, "the SVG has neither width and height nor a viewBox")
    return _whole(view_box[0]), _whole(view_box[1])


def _whole(length: float) -> int:
    return max(int(length), 0)


def _parse_length(text: str, whole: float | None) -> float | None:
    """Return a length in pixels; `whole` is what per cents are of."""
    match = _LENGTH.search(text)
    if not match:
        return None
    number, unit = float(match[1]), (match[2] or "em").lower()
    if unit == "%":
        return number if whole is None else number / 100 * whole
    return number if unit in _UNITS else None


def _parse_view_box(text: str) -> Size | None:
    parts = _BETWEEN_NUMBERS.split(text)
    try:
        _, _, width, height = (float(part) for part in parts)
    except ValueError:
        return None
    return width, height


def _read_root_attributes(file: Path, roots: Roots | None) -> dict[str, str]:
    parser = expat.ParserCreate()
    parser.StartElementHandler = _stop_at_root
    parser.EntityDeclHandler = _refuse_nested_entity
    try:
        with open_regular(file, roots=roots) as source:
            for _ in range(_MAX_HEAD // _CHUNK):
                chunk = source.read(_CHUNK)
                parser.Parse(chunk, not chunk)
    except _RootFound as found:
        return found.attributes
    except (expat.ExpatError, ValueError, OSError) as error:
        raise _unreadable(file, str(error)) from error
    raise _unreadable(file, "no element in the first megabyte")


def _stop_at_root(_name: str, attributes: dict[str, str]) -> None:
    raise _RootFound(attributes)


def _refuse_nested_entity(_name: str, _is_parameter: bool, value: str | None, *_rest: object) -> None:
    """Drawing programs name URLs by entities; entities made of entities are there to fill the memory."""
    if value and "&" in value:
        raise ValueError("its entities are made of other entities")


def _unreadable(file: Path, cause: str) -> SiteError:
    return SiteError("Failed to read image", where=Location(file=str(file)), reasons=(cause,))
