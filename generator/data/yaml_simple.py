"""The plain kind of YAML that front matter is written in to a tree, quickly; None for all that is not that plain."""

from __future__ import annotations

import re

from generator.data.yaml_tree import Node, Scalar

# What a plain scalar may start with, and what it may hold, without any meaning of its own in YAML.
_PLAIN = r"(?:[A-Za-z0-9_./+(]|[^\x00-\x7f])(?:[^\s:#,\[\]{}&*!|>%@`]|:(?=[^\s,\[\]{}])| (?=[^\s#]))*"
_LOOSE = r"(?:[A-Za-z0-9_./+(]|[^\x00-\x7f])(?:[^\s:#]|(?<=\S)#|:(?=\S)| (?=[^\s#]))*"
_QUOTED = r"\"[^\"\\\n]*\"|'[^'\n]*'"
_SCALAR = re.compile(rf"(?:(?P<quoted>{_QUOTED})|(?P<plain>{_LOOSE}))")
_ITEM = re.compile(rf" *(?:(?P<quoted>{_QUOTED})|(?P<plain>{_PLAIN})) *(?P<mark>[,\]])")
_LINE = re.compile(
    rf"(?P<indent> *)(?P<dash>- +)?(?:(?P<key>[A-Za-z_][A-Za-z0-9_-]*):(?: +|$))?"
    rf"(?:(?P<quoted>{_QUOTED})|(?P<list>\[.*\])|(?P<plain>{_LOOSE}))?(?: +#.*| *)"
)
_UNUSUAL = re.compile(r"[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


class _NotSimpleError(Exception):
    """This takes the whole of YAML."""


def parse_simple_yaml(text: str) -> dict[str, Node] | None:
    """Read a mapping of words to scalars, lists of scalars and mappings of the same kind, a line for each.

    Every text that is read here means the same to all of YAML.
    """
    text = text.replace("\r\n", "\n")
    if _UNUSUAL.search(text):
        return None
    lines = [line for line in text.split("\n") if line.strip(" ") and not line.lstrip(" ").startswith("#")]
    try:
        table, at = _read_table(lines, 0, 0)
    except _NotSimpleError:
        return None
    return table if table and at == len(lines) else None


def _match(line: str) -> re.Match[str]:
    found = _LINE.fullmatch(line)
    if not found:
        raise _NotSimpleError
    return found


def _read_table(lines: list[str], at: int, indent: int) -> tuple[dict[str, Node], int]:
    table: dict[str, Node] = {}
    while at < len(lines):
        found = _match(lines[at])
        depth = len(found["indent"])
        if depth < indent:
            break
        key = found["key"]
        if depth > indent or found["dash"] or not key or key in table:
            raise _NotSimpleError
        at += 1
        value = _value(found)
        if value is None:
            value, at = _read_block(lines, at, indent)
        table[key] = value
    return table, at


def _value(found: re.Match[str]) -> Node | None:
    if found["quoted"]:
        return Scalar(found["quoted"][1:-1], False)
    if found["plain"]:
        return Scalar(found["plain"], True)
    return _read_flow_list(found["list"]) if found["list"] else None


def _read_block(lines: list[str], at: int, indent: int) -> tuple[Node, int]:
    """Read what stands below a key without a value: a list, a deeper mapping, or nothing."""
    if at == len(lines):
        return Scalar("", True), at
    found = _match(lines[at])
    depth = len(found["indent"])
    if found["dash"] and depth >= indent:
        return _read_list(lines, at, depth)
    if depth > indent:
        return _read_table(lines, at, depth)
    return Scalar("", True), at


def _read_list(lines: list[str], at: int, indent: int) -> tuple[list[Node], int]:
    items: list[Node] = []
    while at < len(lines):
        found = _match(lines[at])
        depth = len(found["indent"])
        if depth < indent or (depth == indent and not found["dash"]):
            break
        value = _value(found)
        if depth > indent or found["key"] or found["list"] or value is None:
            raise _NotSimpleError
        items.append(value)
        at += 1
    return items, at


def _read_flow_list(text: str) -> list[Node]:
    items: list[Node] = []
    at = 1
    if text[1:-1].strip(" ") == "":
        return items
    while at < len(text):
        found = _ITEM.match(text, at)
        if not found:
            raise _NotSimpleError
        items.append(Scalar(found["quoted"][1:-1], False) if found["quoted"] else Scalar(found["plain"], True))
        at = found.end()
        if found["mark"] == "]" and at < len(text):
            raise _NotSimpleError
    return items
