"""The pieces of a body, and how the `-` of a tag trims the text beside it."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes
from msgspec import Struct

from generator.tera.runtime.text import SPACE


class Trim(Struct, frozen=True, kw_only=True):
    """The `-` of a tag, or of a pair of tags: whether it trims what stands left of it, and right of it."""

    left: bool = False
    right: bool = False


NO_TRIM = Trim()


class Piece(Struct, frozen=True, kw_only=True):
    """One part of a body: text (which tags trim), or a node (None for a comment) and how it trims its neighbours.

    trim: None for `{{ super() }}`, which neither trims nor ends the trimming that a tag before it began.
    """

    text: str | None = None
    node: nodes.Node | None = None
    trim: Trim | None = NO_TRIM
    at: int = 0


def trim_body(pieces: Iterable[Piece], body: Trim = NO_TRIM) -> list[nodes.Node]:
    """Return a body's nodes, its text trimmed by the tags in it and, at its ends, as `body` says."""
    result: list[nodes.Node | _Text] = []
    trim_next = body.left
    for piece in pieces:
        if piece.text is not None:
            result.append(_Text(piece.text.lstrip(SPACE) if trim_next else piece.text, piece.at))
            trim_next = False
            continue
        if piece.trim is not None:
            if piece.trim.left:
                _trim_end(result)
            trim_next = piece.trim.right
        result.append(piece.node or _Text("", piece.at))
    if body.right:
        _trim_end(result)
    return _merge(result)


class _Text(Struct):
    """Text on its way to a node; empty where a comment stood, which tags do not reach over."""

    text: str
    at: int


def _trim_end(result: list[nodes.Node | _Text]) -> None:
    if result and isinstance(last := result[-1], _Text):
        last.text = last.text.rstrip(SPACE)


def _merge(result: list[nodes.Node | _Text]) -> list[nodes.Node]:
    """Return nodes alone, with neighbouring texts and prints as one Output."""
    merged: list[nodes.Node] = []
    for part in result:
        if isinstance(part, _Text):
            part_nodes: list[nodes.Expr] = [nodes.TemplateData(part.text, lineno=part.at)] if part.text else []
        elif isinstance(part, nodes.Output):
            part_nodes = part.nodes
        else:
            merged.append(part)
            continue
        if not part_nodes:
            continue
        if merged and isinstance(last := merged[-1], nodes.Output):
            last.nodes.extend(part_nodes)
        else:
            merged.append(nodes.Output(list(part_nodes), lineno=part_nodes[0].lineno))
    return merged
