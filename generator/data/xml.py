"""XML text to plain values by the shape of its elements; there are no entities but XML's own, and no DTD."""

from __future__ import annotations

import re
from typing import Any, NoReturn
from xml.parsers import expat

from msgspec import Struct, field

from generator.data.limits import USUAL, Bounds
from generator.data.problems import DataError

_UNSIGNED = re.compile(r"\+?[0-9]+")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WORDS = {"true": True, "false": False}


def parse_xml(text: str, bounds: Bounds = USUAL) -> dict[str, Any]:
    """Read an XML document: `{root: …}`.

    Zola: an element that starts with text is that text, numbers and `true` by their type, and loses its child elements;
    attributes are `@name`, text beside them `#text`; elements of one name are a list, an empty one is `{}`.
    Raises: DataError.
    """
    return _Reader(text, bounds).read()


class _Element(Struct):
    """An element that is still open. text: what stands before its first child; starting: no child has come yet."""

    name: str
    fields: dict[str, Any]
    text: str = ""
    starting: bool = True
    children: list[tuple[str, Any]] = field(default_factory=list)


class _Reader:
    def __init__(self, text: str, bounds: Bounds) -> None:
        self.bounds = bounds
        self.data = text.encode("utf-8", "surrogatepass")
        self.open = [_Element("", {})]
        # The text is decoded already, whatever encoding it names; names come as `namespace name`.
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._take_text
        self.parser.CommentHandler = self._pass_node
        self.parser.ProcessingInstructionHandler = self._pass_node
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def read(self) -> dict[str, Any]:
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError as error:
            self._refuse(expat.ErrorString(error.code), self.parser.ErrorByteIndex)
        return dict(self.open[0].children)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) > self.bounds.depth:
            raise self.bounds.too_deep(self._offset(self.parser.CurrentByteIndex))
        self.open[-1].starting = False
        fields = {f"@{_local(name)}": _typed(value) for name, value in attributes.items()}
        self.open.append(_Element(_local(name), fields))

    def _end(self, name: str) -> None:
        element = self.open.pop()
        self.open[-1].children.append((element.name, _value(element)))

    def _take_text(self, text: str) -> None:
        if self.open[-1].starting:
            self.open[-1].text += text

    def _pass_node(self, *_: str) -> None:
        self.open[-1].starting = False

    def _refuse_doctype(self, *_: object) -> None:
        self._refuse("A document type (`<!DOCTYPE`) is not allowed in data", self.data.find(b"<!DOCTYPE"))

    def _refuse(self, message: str, byte: int) -> NoReturn:
        raise DataError(message, self._offset(byte)) from None

    def _offset(self, byte: int) -> int:
        return len(self.data[:byte].decode("utf-8", "ignore"))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _value(element: _Element) -> Any:
    text = element.text.strip()
    if not text:
        return _gather(element.fields, element.children)
    return {**element.fields, "#text": _typed(text)} if element.fields else _typed(text)


def _gather(fields: dict[str, Any], children: list[tuple[str, Any]]) -> dict[str, Any]:
    """Put children of one name together. Zola: such a list moves to the end, the last field to where it was."""
    values = dict(fields)
    order = list(fields)
    places = {name: place for place, name in enumerate(order)}
    for name, value in children:
        if name not in values:
            values[name] = value
        elif isinstance(values[name], list):
            values[name].append(value)
            continue
        else:
            last = order.pop()
            if last != name:
                order[places[name]] = last
                places[last] = places[name]
            values[name] = [values[name], value]
        places[name] = len(order)
        order.append(name)
    return {name: values[name] for name in order}


def _typed(text: str) -> Any:
    """Return the number or truth that a text is. Zola: `01` is 1, `0e5` a text, `-5` a number with a fraction."""
    text = text.strip()
    if _UNSIGNED.fullmatch(text) and len(text) < 40 and int(text) < 2**64:
        return int(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return text if (text[0] == "0" and not text.startswith("0.")) or number - number != 0 else number
    return _WORDS.get(text, text)
