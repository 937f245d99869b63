"""Names of files in, why Windows cannot have them out: a site that is written elsewhere may be built there one day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|(?:COM|LPT)[1-9¹²³])[ ]*(?:\..*)?", re.IGNORECASE | re.DOTALL)
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"|?*\\]')


def find_objection(name: str) -> str | None:
    """Return why Windows has no file or folder of that name, None where it can."""
    if found := _FORBIDDEN.search(name):
        character = found[0] if found[0].isprintable() else f"U+{ord(found[0]):04X}"
        return f"names there hold no `{character}`"
    if _DEVICE.fullmatch(name):
        return "it is the name of a device there"
    return f"names there end in no {'dot' if name[-1] == '.' else 'space'}" if name[-1:] in (".", " ") else None


def check_names(paths: Iterable[str]) -> Iterator[str]:
    """Yield a warning for each file, or folder above files, that Windows cannot have. paths: with slashes."""
    seen: set[str] = set()
    for path in paths:
        above = ""
        for name in path.split("/"):
            above += f"/{name}" if above else name
            if above in seen:
                continue
            seen.add(above)
            if name and (objection := find_objection(name)):
                yield f"`{_printable(above)}` cannot stand on a disk of Windows: {objection}"


def _printable(path: str) -> str:
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in path)
