"""A dict and a list whose values are made at their first read: what nobody prints costs nothing."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from typing import Any, ClassVar, SupportsIndex, overload


class LazyDict(dict[str, Any]):
    """A dict with the keys of `fields`, in that order; each value is its function's answer, asked once.

    Reading one key computes that one; what needs the whole (values, items, comparison, JSON) computes all.
    A subclass stores at least one value when it is made: C code takes a dict without any for an empty one.
    """

    __slots__ = ()
    fields: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}

    def __missing__(self, key: str) -> Any:
        compute = self.fields.get(key)
        if compute is None:
            raise KeyError(key)
        try:
            value = self[key] = compute(self)
        except KeyError as error:  # a bug of ours, which a template would otherwise see as an unknown key
            raise RuntimeError(f"no value for {key}") from error
        return value

    def _complete(self) -> None:
        if list(dict.keys(self)) != list(self.fields):
            values = {name: self[name] for name in self.fields}
            dict.clear(self)
            dict.update(self, values)

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self.fields else default

    def keys(self) -> KeysView[str]:  # type: ignore[override]  # the class's keys, which dict.keys would not know
        return self.fields.keys()

    def values(self) -> ValuesView[Any]:  # type: ignore[override]
        self._complete()
        return dict.values(self)

    def items(self) -> ItemsView[str, Any]:  # type: ignore[override]
        self._complete()
        return dict.items(self)

    def copy(self) -> dict[str, Any]:
        return dict(self.items())

    def __contains__(self, key: object) -> bool:
        return key in self.fields

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        for side in (self, other):
            if isinstance(side, LazyDict):
                side._complete()
        return dict.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __repr__(self) -> str:
        self._complete()
        return dict.__repr__(self)

    __hash__ = None  # as a dict's


class LazyList(list[Any]):
    """A list that knows its items' keys, and makes an item when it is read.

    What is inherited holds nothing: C code that looks into lists without asking them must be given a copy (`list(x)`).
    """

    __slots__ = ("keys", "make")

    def __init__(self, keys: Sequence[str], make: Callable[[str], Any]) -> None:
        super().__init__()
        self.keys = keys
        self.make = make

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Any]:
        return map(self.make, self.keys)

    def __reversed__(self) -> Iterator[Any]:
        return map(self.make, reversed(self.keys))

    @overload
    def __getitem__(self, place: SupportsIndex) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> list[Any]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Any:
        if isinstance(place, slice):
            return LazyList(self.keys[place], self.make)
        return self.make(self.keys[place.__index__()])

    def __contains__(self, item: object) -> bool:
        return any(item == own for own in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list) and list(self) == list(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __add__(self, other: list[Any]) -> list[Any]:
        return [*self, *other]

    def __radd__(self, other: list[Any]) -> list[Any]:
        return [*other, *self]

    def copy(self) -> list[Any]:
        return [*self]

    def __repr__(self) -> str:
        return repr([*self])

    __hash__ = None
