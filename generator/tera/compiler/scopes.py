"""Which variables of a template live in Python locals, where a name is looked for, and in what order.

A template's own frame, a block's and an include's keep their variables in a dict that templates share. What a loop
or a macro binds is seen from its own text alone, so it lives in locals; `describe` tells the runtime of those where
it must follow Tera's look-up to the letter (a path that fails in one frame is tried in the next one out).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import nodes
from msgspec import Struct, field

from generator.tera.syntax.nodes import STORE, STORE_GLOBAL


class Scope(Struct, kw_only=True):
    """The variables of a loop's iteration or of a macro, by name, as Python locals.

    bound: names that have a value wherever the text now stands. key, value: a loop's variables. index, count: the
    locals that hold where a loop stands, "" where nobody asks.
    """

    outer: Scope | None
    is_macro: bool = False
    sets: dict[str, str] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)
    key: tuple[str, str] | None = None
    value: tuple[str, str] | None = None
    index: str = ""
    count: str = ""

    def chain(self) -> Iterator[Scope]:
        """Yield this scope and those around it, the innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    def describe(self) -> tuple[object, ...]:
        """Return what the runtime needs to find these variables in `locals()`."""
        return tuple(
            (scope.is_macro, tuple(scope.sets.items()), scope.key, scope.value, scope.index, scope.count)
            for scope in self.chain()
        )


class Found(Struct, frozen=True, kw_only=True):
    """Where a name may be: locals to try in turn, the last of them sure to hold it if `sure`."""

    locals: tuple[str, ...]
    sure: bool


def find_locals(scope: Scope | None, name: str, *, dotted: bool) -> Found:
    """Return the locals that may hold `name`; `dotted` if a part of its value is asked for, which a key has not."""
    found: list[str] = []
    for frame in scope.chain() if scope else ():
        if name in frame.sets:
            found.append(frame.sets[name])
            if name in frame.bound:
                return Found(locals=tuple(found), sure=True)
        if name == "loop":
            continue
        if frame.key and frame.key[0] == name and not dotted:
            return Found(locals=(*found, frame.key[1]), sure=True)
        if frame.value and frame.value[0] == name:
            return Found(locals=(*found, frame.value[1]), sure=True)
    return Found(locals=tuple(found), sure=False)


def names_set(body: Iterable[nodes.Node], *, everywhere: bool = False) -> list[str]:
    """Return the names that `{% set %}` binds in a loop's body, or (`everywhere`) all that bind in a macro's frame."""
    found: dict[str, None] = {}
    for node in body:
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            if node.target.ctx == STORE or everywhere:
                found[node.target.name] = None
        elif isinstance(node, nodes.For):
            found |= dict.fromkeys(names_set(node.else_, everywhere=everywhere))
            if everywhere:
                found |= dict.fromkeys(_global_names(node.body))
        elif isinstance(node, nodes.If):
            for part in (node.body, *(branch.body for branch in node.elif_), node.else_):
                found |= dict.fromkeys(names_set(part, everywhere=everywhere))
        elif isinstance(node, nodes.FilterBlock):
            found |= dict.fromkeys(names_set(node.body, everywhere=everywhere))
    return list(found)


def _global_names(body: Iterable[nodes.Node]) -> Iterator[str]:
    for node in body:
        targets = [node] if isinstance(node, nodes.Assign) else node.find_all(nodes.Assign)
        for assign in targets:
            if isinstance(assign.target, nodes.Name) and assign.target.ctx == STORE_GLOBAL:
                yield assign.target.name


def asks_for_loop(body: Iterable[nodes.Node]) -> bool:
    """Say whether a body may ask where its loop stands: itself, or through a template that it includes."""
    return any(
        isinstance(node, (nodes.Include, nodes.Block))
        or (isinstance(node, nodes.Name) and node.name in ("loop", "__tera_context"))
        or asks_for_loop(node.iter_child_nodes())
        for node in body
    )
