"""A dict whose values are computed at their first read: what nobody prints costs nothing."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any, ClassVar


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
