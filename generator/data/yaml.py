"""YAML text to plain values as Zola reads them: only the words of YAML 1.2's core are more than text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any, NamedTuple, TypeAlias

from yaml import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)
from yaml.reader import ReaderError

try:
    from yaml import CSafeLoader as Loader
except ImportError:
    # The same grammar, but many times slower; where Python's package comes without the C library.
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

from generator.data.limits import MOST_DEPTH, USUAL, Bounds
from generator.data.problems import DataError, Path, find_hint


class Scalar(NamedTuple):
    """A text of a YAML document. plain: written without quotes, so that `true` or `3` may be more than text."""

    text: str
    plain: bool


Node: TypeAlias = "Scalar | list[Node] | dict[str, Node]"

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[+-]?(?:0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+)|[+-]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PADDED = re.compile(r"[+-]?0[0-9]+")
_INFINITE = re.compile(r"[+-]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_HINTS = {
    "mapping values are not allowed": "Put a text that holds `: ` in quotes.",
    "cannot start any token": "Indent with spaces, and put a text that starts with `@`, `%` or a backtick in quotes.",
    "flow sequence": "Close the list with `]`, or put a text that starts with `[` in quotes.",
    "flow mapping": "Close the table with `}`, or put a text that starts with `{` in quotes.",
    "quoted scalar": "Close the quotes; write `\\\\` for a backslash between double ones.",
    "did not find expected key": "Indent the keys of one table alike; put quotes around the whole of a text.",
    "did not find expected alphabetic": "Put a text that starts with `*` or `&` in quotes.",
}
_CORE_TAG = "tag:yaml.org,2002:"


def parse_yaml(text: str, bounds: Bounds = USUAL) -> Any:
    """Read one YAML document; keys are text, infinities and NaN None.

    Raises: DataError. Zola: serde_yaml 0.9, so `yes`, `010`, `1_000` and dates are text, `0o10` is 8.
    """
    return resolve_node(parse_yaml_tree(text, bounds))


def parse_yaml_tree(text: str, bounds: Bounds = USUAL, *, once: Collection[str] = ()) -> Node:
    """Read one YAML document, its scalars still as they are written.

    once: keys that may not stand twice at the top; of other keys the last counts. Raises: DataError.
    """
    return _compose(text, bounds, once=once)


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
    places: Places = {}
    _compose(text, _ACCEPTED, places=places)
    while path and path not in places:
        path = path[:-1]
    return places.get(path, (0, 0))[0 if key else 1]


Places = dict[Path, tuple[int, int]]


# Of a text that has been read before.
_ACCEPTED = Bounds(depth=MOST_DEPTH, nodes=2**63)


def _compose(text: str, bounds: Bounds, *, places: Places | None = None, once: Collection[str] = ()) -> Node:
    """Read the tree of a document, and note in `places` where keys and values start."""
    try:
        return _Composer(Loader(text).get_event, bounds, places, once).compose_document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.context, error.problem) if part)
        raise DataError(said, mark.index if mark else 0, find_hint(said, _HINTS)) from None
    except ReaderError as error:
        offset = len(text.encode()[: error.position].decode("utf-8", "ignore"))
        raise DataError("A control character is not allowed", offset) from None
    except RecursionError:
        raise bounds.too_deep() from None
    except YAMLError as error:
        raise DataError(str(error), 0) from None


class _Composer:
    """Parser events to a tree of nodes; aliases are the very nodes that they name."""

    def __init__(
        self, next_event: Callable[[], Any], bounds: Bounds, places: Places | None, once: Collection[str]
    ) -> None:
        self.next_event = next_event
        self.bounds = bounds
        self.places = places
        self.once = once
        self.anchors: dict[str, Node] = {}
        self.measures: dict[int, tuple[int, int]] = {}
        self.nodes = 0

    def compose_document(self) -> Node:
        self.next_event()  # the start of the stream
        if isinstance(self.next_event(), StreamEndEvent):
            return Scalar("", True)
        root = self._compose(self.next_event(), (), 0)
        self.next_event()  # the end of the document
        event = self.next_event()
        if not isinstance(event, StreamEndEvent):
            raise _problem("There may be one document only", event)
        return root

    def _compose(self, event: Event, path: Path, depth: int) -> Node:
        if self.places is not None:
            self.places.setdefault(path, (_start(event),) * 2)
        if isinstance(event, ScalarEvent):
            node: Node = _scalar(event)
        elif isinstance(event, AliasEvent):
            return self._repeat(event, depth)
        else:
            node = self._compose_items(event, path, depth)
        self._count(1, event)
        anchor = event.anchor  # type: ignore[attr-defined]
        if anchor:
            self.anchors[anchor] = node
        return node

    def _compose_items(self, event: Event, path: Path, depth: int) -> Node:
        if event.tag is not None:  # type: ignore[attr-defined]
            _check_tag(event)
        if depth == self.bounds.depth:
            raise self.bounds.too_deep(_start(event))
        is_list = isinstance(event, SequenceStartEvent)
        return self._compose_list(path, depth + 1) if is_list else self._compose_table(path, depth + 1)

    def _compose_list(self, path: Path, depth: int) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := self.next_event(), SequenceEndEvent):
            items.append(self._compose(event, (*path, len(items)), depth))
        return items

    def _compose_table(self, path: Path, depth: int) -> dict[str, Node]:
        table: dict[str, Node] = {}
        while not isinstance(event := self.next_event(), MappingEndEvent):
            key = self._compose(event, (*path, ""), depth)
            if not isinstance(key, Scalar):
                raise _problem("A key must be a text", event)
            if not path and key.text in table and key.text in self.once:
                raise _problem(f"`{key.text}` stands twice", event)
            value = self.next_event()
            below = (*path, key.text)
            if self.places is not None:
                self.places[below] = (_start(event), _start(value))
            table[key.text] = self._compose(value, below, depth)
        return table

    def _repeat(self, event: AliasEvent, depth: int) -> Node:
        """Return the node that an alias names, if what it stands for stays within the limits."""
        if event.anchor not in self.anchors:
            raise _problem(f"There is no anchor `&{event.anchor}` above", event)
        node = self.anchors[event.anchor]
        size, height = self._measure(node)
        self._count(size, event)
        if depth + height > self.bounds.depth:
            raise self.bounds.too_deep(_start(event))
        return node

    def _count(self, nodes: int, event: Event) -> None:
        self.nodes += nodes
        if self.nodes > self.bounds.nodes:
            most = f"{self.bounds.nodes:,} values (`limits.yaml_nodes`)"
            raise _problem(f"With its aliases, this stands for more than {most}", event)

    def _measure(self, node: Node) -> tuple[int, int]:
        """Return how many values a node stands for, and how deep they are nested, aliases written out.

        What an alias names has been measured when it was met, so this goes no deeper than the text does.
        """
        if isinstance(node, Scalar):
            return 1, 0
        if id(node) not in self.measures:
            inner = [self._measure(item) for item in (node.values() if isinstance(node, dict) else node)]
            height = 1 + max((height for _, height in inner), default=0)
            self.measures[id(node)] = 1 + sum(size for size, _ in inner), height
        return self.measures[id(node)]


def _scalar(event: ScalarEvent) -> Scalar:
    if event.tag is None:
        return Scalar(event.value, event.implicit[0])
    return Scalar(event.value, _check_tag(event) != "str")


def _check_tag(event: Event) -> str:
    """Return the short name of a tag of YAML's own; others have no meaning here."""
    tag = str(event.tag or "")  # type: ignore[attr-defined]
    if tag and tag != "!" and not tag.startswith(_CORE_TAG):
        raise _problem(f"The tag `{tag}` has no meaning here", event)
    return "str" if tag == "!" else tag.removeprefix(_CORE_TAG)


def _problem(message: str, event: Event) -> DataError:
    return DataError(message, _start(event))


def _start(event: Event) -> int:
    return event.start_mark.index if event.start_mark else 0
