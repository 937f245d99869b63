"""YAML text to plain values as Zola reads them: only the words of YAML 1.2's core are more than text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NoReturn

from generator.data.problems import DataError, Path
from generator.data.yaml_simple import parse_simple_yaml
from generator.data.yaml_tree import Node, Scalar

MAX_DEPTH = 128
MAX_NODES = 1_000_000

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[+-]?(?:0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+)|[+-]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PADDED = re.compile(r"[+-]?0[0-9]+")
_INFINITE = re.compile(r"[+-]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_CORE_TAG = "tag:yaml.org,2002:"


def parse_yaml(text: str) -> Any:
    """Read one YAML document; keys are text, infinities and NaN None.

    Raises: DataError. Zola: serde_yaml 0.9, so `yes`, `010`, `1_000` and dates are text, `0o10` is 8.
    """
    return resolve_node(parse_yaml_tree(text))


def parse_yaml_tree(text: str) -> Node:
    """Read one YAML document, its scalars still as they are written.

    Raises: DataError.
    """
    simple = parse_simple_yaml(text)
    return _compose(text)[0] if simple is None else simple


def resolve_node(node: Node) -> Any:
    """Return the value of a node, scalars by their type."""
    if isinstance(node, Scalar):
        return resolve_scalar(node)
    if isinstance(node, list):
        return [resolve_node(item) for item in node]
    return {key: resolve_node(item) for key, item in node.items()}


def written_node(node: Node) -> Any:
    """Return the value of a node, every scalar but a plain null as the text it is written with.

    Zola: that is how a text field takes `title: 2024`.
    """
    if isinstance(node, Scalar):
        return None if node.plain and node.text in _NULLS else node.text
    if isinstance(node, list):
        return [item.text if isinstance(item, Scalar) else written_node(item) for item in node]
    return {key: written_node(item) for key, item in node.items()}


def resolve_scalar(scalar: Scalar) -> Any:
    """Return the value that a scalar has by the words of YAML 1.2's core."""
    text = scalar.text
    if not scalar.plain:
        return text
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    return _number(text) if text[0] in "+-.0123456789" else text


def _number(text: str) -> Any:
    if _INTEGER.fullmatch(text) and len(text) < 80:
        value = int(text, 0)
        if -(2**63) <= value < 2**64:
            return value
    if _FLOAT.fullmatch(text) and not _PADDED.fullmatch(text):
        number = float(text)
        return number if number - number == 0 else text
    return None if _INFINITE.fullmatch(text) else text


def find_yaml_offset(text: str, path: Path, *, key: bool = False) -> int:
    """Return where the value at `path`, or its key, starts; the nearest place around it when it stands nowhere."""
    places = _compose(text)[1]
    while path and path not in places:
        path = path[:-1]
    return places.get(path, (0, 0))[0 if key else 1]


Places = dict[Path, tuple[int, int]]


def _compose(text: str) -> tuple[Node, Places]:
    # Slow to import, and most sites have no YAML but the simple kind.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        composer = _Composer(YAML(typ="safe", pure=True).parse(text))
        return composer.compose_document(), composer.places
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.context, error.problem) if part)
        raise DataError(said, mark.index if mark else 0) from None
    except ReaderError as error:
        raise DataError(f"The character U+{error.character:04X} is not allowed", error.position) from None
    except YAMLError as error:
        raise DataError(str(error), 0) from None


class _Composer:
    """Parser events to a tree of nodes; `places` notes where keys and values start."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.places: Places = {}
        self.anchors: dict[str, Node] = {}
        self.sizes: dict[int, int] = {}

    def compose_document(self) -> Node:
        next(self.events)  # the start of the stream
        event = next(self.events)
        if _kind(event) == "StreamEnd":
            return Scalar("", True)
        root = self._compose(next(self.events), (), 0)
        next(self.events)  # the end of the document
        event = next(self.events)
        if _kind(event) != "StreamEnd":
            _refuse("There may be one document only", event)
        return root

    def _compose(self, event: Any, path: Path, depth: int) -> Node:
        self.places.setdefault(path, (event.start_mark.index,) * 2)
        kind = _kind(event)
        if depth > MAX_DEPTH:
            _refuse(f"Values are nested deeper than {MAX_DEPTH} levels", event)
        if kind == "Alias":
            return self._find_anchor(event)
        if kind == "Scalar":
            node: Node = _scalar(event)
        else:
            _check_tag(event)
            node = self._compose_list(path, depth) if kind == "SequenceStart" else self._compose_table(path, depth)
            self._weigh(node, event)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def _weigh(self, node: Node, event: Any) -> None:
        """Count the values that a list or a table stands for, aliases written out."""
        items = node.values() if isinstance(node, dict) else node
        size = 1 + sum(self.sizes.get(id(item), 1) if not isinstance(item, Scalar) else 1 for item in items)
        if size > MAX_NODES:
            _refuse(f"With its aliases, this stands for more than {MAX_NODES:,} values", event)
        self.sizes[id(node)] = size

    def _find_anchor(self, event: Any) -> Node:
        if event.anchor not in self.anchors:
            _refuse(f"There is no anchor `&{event.anchor}` above", event)
        return self.anchors[event.anchor]

    def _compose_list(self, path: Path, depth: int) -> list[Node]:
        items: list[Node] = []
        while _kind(event := next(self.events)) != "SequenceEnd":
            items.append(self._compose(event, (*path, len(items)), depth + 1))
        return items

    def _compose_table(self, path: Path, depth: int) -> dict[str, Node]:
        table: dict[str, Node] = {}
        while _kind(event := next(self.events)) != "MappingEnd":
            key = self._compose(event, (*path, ""), depth + 1)
            if not isinstance(key, Scalar):
                _refuse("A key must be a text", event)
            start = event.start_mark.index
            value = next(self.events)
            self.places[(*path, key.text)] = (start, value.start_mark.index)
            table[key.text] = self._compose(value, (*path, key.text), depth + 1)
        return table


def _kind(event: Any) -> str:
    return type(event).__name__.removesuffix("Event")


def _scalar(event: Any) -> Scalar:
    tag = _check_tag(event)
    plain = event.implicit[0] if not tag else tag != "str"
    return Scalar(event.value, plain)


def _check_tag(event: Any) -> str:
    """Return the short name of a tag of YAML's own; others have no meaning here."""
    tag = str(event.tag or "")
    if tag and tag != "!" and not tag.startswith(_CORE_TAG):
        _refuse(f"The tag `{tag}` has no meaning here", event)
    return "str" if tag == "!" else tag.removeprefix(_CORE_TAG)


def _refuse(message: str, event: Any) -> NoReturn:
    raise DataError(message, event.start_mark.index)
