"""One render: its frames of variables, the blocks it has entered, the templates it reaches, and where it must stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from generator.tera.errors import CallError
from generator.tera.limits import ENTRY_SIZE, TeraLimits
from generator.tera.runtime.escaping import Escaper
from generator.tera.runtime.lookup import LOOP_FIELDS, Scopes, loop_fields
from generator.tera.runtime.text import split_graphemes
from generator.tera.runtime.values import kind_of, missing

Write = Callable[[str], object]
Render = Callable[..., None]

PIECES_UNMEASURED = 100_000
"""Pieces of output between two looks at its size."""


class Module(Protocol):
    """A compiled template."""

    name: str
    parents: tuple[str, ...]
    root: Render
    blocks: Mapping[str, Render]


class Modules(Protocol):
    """The compiled templates of an engine."""

    def module(self, name: str) -> Module: ...

    def has(self, name: str) -> bool: ...

    def macro(self, template: str, namespace: str, name: str) -> Render: ...


class Frame:
    """The variables of a template, an include, or one iteration of a loop around them.

    own: what was set in this very frame. values: all that is seen from it, for the quick look-up. loop: key and
    value of a loop by name, its index and its length. parent: the next frame out; None where the context is next.
    """

    __slots__ = ("loop", "own", "parent", "template", "values")

    def __init__(self, template: str, values: dict[str, Any], parent: Frame | None = None) -> None:
        self.template = template
        self.values = values
        self.parent = parent
        self.own: dict[str, Any] = {}
        self.loop: Loop | None = None

    def candidates(self, root: str, keys: Sequence[Any]) -> Iterator[Any]:
        """Yield the values from which a path that begins with `root` may start here."""
        if root in self.own:
            yield self.own[root]
        if self.loop is None:
            return
        if root == "loop":
            if len(keys) == 1 and keys[0] in LOOP_FIELDS:
                yield loop_fields(self.loop.index, self.loop.count)
        elif root == self.loop.key_name and not keys:
            yield self.loop.key
        elif root == self.loop.value_name:
            yield self.loop.value


class Loop(Struct, frozen=True):
    """Where a loop stands."""

    key_name: str | None
    key: Any
    value_name: str
    value: Any
    index: int
    count: int

    def variables(self) -> dict[str, Any]:
        """Return the loop's variables by name."""
        found = {self.value_name: self.value}
        if self.key_name is not None:
            found[self.key_name] = self.key
        found.pop("loop", None)
        return found


class Rendering:
    """The state of one render."""

    def __init__(self, modules: Modules, template: Module, context: dict[str, Any], limits: TeraLimits) -> None:
        self.modules = modules
        self.template = template
        self.context = context
        self.limits = limits
        self.depth = 0
        self.iterations = 0
        self._blocks: list[tuple[str, str, int]] = []
        self._measured = 0
        self._size = 0

    # -- templates

    def include(self, names: Sequence[str], ignore_missing: bool, frame: Frame, w: Write, esc: Escaper) -> None:
        """Render the first of the named templates that there is, in a frame of its own that sees `frame`."""
        for name in names:
            if self.modules.has(name):
                self.descend()
                self.modules.module(name).root(self, Frame(name, dict(frame.values), frame), w, esc)
                self.depth -= 1
                return
        if not ignore_missing:
            raise CallError(f"Template `{', '.join(names)}` not found")

    def find_macro(self, here: str, namespace: str, name: str) -> Render:
        """Return a macro. Tera looks in the template whose block was entered last; before any block, in `here`."""
        if self._blocks:
            here = self._blocks[-1][1]
        elif self.template.parents:
            here = self.template.parents[-1]
        return self.modules.macro(here, namespace, name)

    def block(self, name: str, body: Render, frame: Frame, w: Write, esc: Escaper) -> None:
        """Render the version of a block that is nearest to the template of `frame`; `body` if none is overridable."""
        active = self.modules.module(frame.template)
        for level, template in enumerate((active.name, *active.parents)):
            found = self.modules.module(template).blocks.get(name)
            if found is not None:
                self._blocks.append((name, template, level))
                found(self, frame, w, esc)
                return
        body(self, frame, w, esc)

    def super_block(self, frame: Frame, w: Write, esc: Escaper) -> None:
        """Render the parent's version of the block entered last.

        Zola: Tera takes a block off its stack only here, so that after a nested block, or a second `super()`, the
        block entered last is not the one around.
        """
        if not self._blocks:
            raise CallError("`super()` where no block with a parent's version is being rendered")
        name, _, entered = self._blocks[-1]
        parents = self.template.parents
        for level in range(entered + 1, len(parents) + 1):
            template = parents[level - 1]
            found = self.modules.module(template).blocks.get(name)
            if found is not None:
                self._blocks.append((name, template, level))
                found(self, frame, w, esc)
                self._blocks.pop()
                if level >= len(parents):
                    self._blocks.pop()
                return
        raise CallError(f"`super()` in the block `{name}`, of which no parent has a version")

    # -- frames

    def snapshot(self, frame: Frame | None, local: Mapping[str, Any], scopes: Scopes, template: str) -> Frame:
        """Return the frames of the loops and the macro around a place, for another template to see."""
        for is_macro, sets, key, value, index, count in reversed(scopes):
            own = {name: local[variable] for name, variable in sets if local.get(variable, missing) is not missing}
            inner = Frame(template, dict(self.context if frame is None else frame.values), None if is_macro else frame)
            if value is not None:
                key_name, key_local = key or (None, "")
                inner.loop = Loop(key_name, local.get(key_local), value[0], local[value[1]], local[index], local[count])
                inner.values.update(inner.loop.variables())
            inner.values.update(own)
            inner.own = own
            frame = inner
        assert frame is not None
        return frame

    # -- limits

    def descend(self) -> None:
        """Enter a macro or an include."""
        self.depth += 1
        if self.depth > self.limits.depth:
            raise CallError(f"Macros and includes may be nested {self.limits.depth} deep at most (`limits.depth`)")

    def items(self, container: Any, w: Write) -> Sequence[Any]:
        """Return what `{% for x in container %}` goes through."""
        if isinstance(container, str):
            container = split_graphemes(container)
        elif not isinstance(container, (list, tuple)):
            if isinstance(container, dict):
                raise CallError("A loop over an object names a key and a value: `for key, value in …`")
            raise CallError(f"A loop goes over an array, an object or a string, not over {kind_of(container)}")
        self._count(len(container), w)
        items: Sequence[Any] = container
        return items

    def pairs(self, container: Any, w: Write) -> Sequence[tuple[str, Any]]:
        """Return what `{% for key, value in container %}` goes through."""
        if not isinstance(container, dict):
            raise CallError(f"A loop with a key and a value goes over an object, not over {kind_of(container)}")
        pairs = list(container.items())
        self._count(len(pairs), w)
        return pairs

    def measured(self, value: Any) -> Any:
        """Return what a template has put together, if it is not too large."""
        size = len(value) if isinstance(value, str) else len(value) * ENTRY_SIZE if isinstance(value, list) else 0
        if size > self.limits.output_size:
            raise CallError(f"A value is larger than {self.limits.output_size} (`limits.output_size`)")
        return value

    def _count(self, rounds: int, w: Write) -> None:
        self.iterations += rounds
        if self.iterations > self.limits.iterations:
            raise CallError(f"Loops go more than {self.limits.iterations} rounds (`limits.iterations`)")
        pieces: list[str] = w.__self__  # type: ignore[attr-defined] # a list's `append`
        if len(pieces) > self._measured + PIECES_UNMEASURED:
            self._size += sum(map(len, pieces[self._measured :]))
            self._measured = len(pieces)
            if self._size > self.limits.output_size:
                raise CallError(f"The output is larger than {self.limits.output_size} (`limits.output_size`)")
