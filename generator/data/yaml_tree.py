"""What a YAML text says before its scalars have a type."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Scalar(NamedTuple):
    """A text of a YAML document. plain: written without quotes, so that `true` or `3` may be more than text."""

    text: str
    plain: bool


Node: TypeAlias = "Scalar | list[Node] | dict[str, Node]"
