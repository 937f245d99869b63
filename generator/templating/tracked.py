"""A view that notes which of its fields are read, so that a build knows what an output depends on."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING, Any, ClassVar

from generator.templating.lazy import LazyDict

if TYPE_CHECKING:
    from generator.templating.views import Views


class TrackedView(LazyDict):
    """A view that notes each field that is read. kind, key: what it is a view of; fixed: fields that never change."""

    __slots__ = ("key", "reads", "views")
    kind: ClassVar[str]
    fixed: ClassVar[Container[str]] = ()

    def __init__(self, key: str, views: Views) -> None:
        self.key = key
        self.views = views
        self.reads = views.effects.reads

    def __missing__(self, field: str) -> Any:
        value = LazyDict.__missing__(self, field)
        if field not in self.fixed:
            self.reads[self.kind, self.key, field] = None
        return value
