"""Filters of arrays, and `length` and `reverse`, which strings share."""

from __future__ import annotations

from typing import Any

from generator.tera.arguments import Arguments, array_value, boolean, floating, natural, required, shown, string
from generator.tera.errors import CallError
from generator.tera.filters.strings import unescape
from generator.tera.runtime.escaping import plain
from generator.tera.runtime.lookup import reach
from generator.tera.runtime.printing import show, to_json
from generator.tera.runtime.values import I64_MAX, I64_MIN, is_number, kind_of, missing, same

Array = list[Any] | tuple[Any, ...]


def first(value: Any, _: Arguments) -> Any:
    """Return the first element; an empty string if there is none."""
    array = array_value("first", value)
    return array[0] if array else ""


def last(value: Any, _: Arguments) -> Any:
    """Return the last element; an empty string if there is none."""
    array = array_value("last", value)
    return array[-1] if array else ""


def nth(value: Any, args: Arguments) -> Any:
    """Return element `n`, the first being 0; an empty string if there is none."""
    array = array_value("nth", value)
    if not array:
        return ""
    number = natural("nth", args, "n")
    return array[number] if number < len(array) else ""


def join(value: Any, args: Arguments) -> str:
    """Return the elements as they are printed, `sep` between them."""
    array = array_value("join", value)
    separator = unescape(string("join", args, "sep", ""))
    return separator.join(show(item, plain) for item in array)


def length(value: Any, _: Arguments) -> int:
    if isinstance(value, (str, list, tuple, dict)):
        return len(value)
    raise CallError(f"`length` is of an array, an object or a string, not of {kind_of(value)}")


def reverse(value: Any, _: Arguments) -> Any:
    """Return an array or a string from its end to its start."""
    if isinstance(value, str):
        return value[::-1]
    return list(array_value("reverse", value))[::-1]


def sort(value: Any, args: Arguments) -> list[Any]:
    """Return an array sorted, by `attribute` where its elements are objects. What is compared must be of one type."""
    array = array_value("sort", value)
    if not array:
        return []
    attribute = string("sort", args, "attribute", "")
    keys = [_field("sort", item, attribute) for item in array]
    key = _sort_key(keys[0])
    order = sorted(range(len(keys)), key=[key(each) for each in keys].__getitem__)
    return [array[number] for number in order]


def unique(value: Any, args: Arguments) -> list[Any]:
    """Return the elements whose value (or `attribute`) no earlier one has; strings in any case, by default."""
    array = array_value("unique", value)
    if not array:
        return []
    case_sensitive = boolean("unique", args, "case_sensitive", False)
    path = _path(string("unique", args, "attribute", ""))
    _check_unique(_field("unique", array[0], args.get("attribute", "")))
    kind = kind_of(reach(array[0], path))
    seen: set[Any] = set()
    kept = []
    for item in array:
        key = reach(item, path)
        if key is missing:
            continue
        if kind_of(key) != kind:
            raise CallError("`unique` compares values of one type only")
        _check_unique(key)
        if isinstance(key, str) and not case_sensitive:
            key = key.lower()
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return kept


def slice_(value: Any, args: Arguments) -> list[Any]:
    """Return the elements from `start` to before `end`; negative numbers count from the end."""
    array = array_value("slice", value)
    if not array:
        return []
    start = _place(floating("slice", args, "start", 0.0), array)
    end = _place(floating("slice", args, "end", float(len(array))), array)
    return list(array[start:end]) if start < end else []


def group_by(value: Any, args: Arguments) -> dict[str, list[Any]]:
    """Return the elements by their `attribute`, in the order in which its values come up; without null ones."""
    array = array_value("group_by", value)
    if not array:
        return {}
    path = _path(string("group_by", args, "attribute"))
    groups: dict[str, list[Any]] = {}
    for item in array:
        key = reach(item, path)
        if key is not missing and key is not None:
            groups.setdefault(key if isinstance(key, str) else to_json(key), []).append(item)
    return groups


def filter_(value: Any, args: Arguments) -> list[Any]:
    """Return the elements whose `attribute` is `value`; without `value`, those where it is not null."""
    array = array_value("filter", value)
    if not array:
        return []
    path = _path(string("filter", args, "attribute"))
    wanted = args.get("value")
    fields = (reach(item, path) for item in array)
    if wanted is None:
        return [item for item, field in zip(array, fields, strict=True) if field is not missing and field is not None]
    return [item for item, field in zip(array, fields, strict=True) if field is not missing and same(field, wanted)]


def map_(value: Any, args: Arguments) -> list[Any]:
    """Return the `attribute` of each element, without null ones."""
    array = array_value("map", value)
    if not array:
        return []
    path = _path(string("map", args, "attribute"))
    return [field for item in array if (field := reach(item, path)) is not missing and field is not None]


def concat(value: Any, args: Arguments) -> list[Any]:
    """Return an array and then `with`: its elements if it is an array, else itself."""
    array = array_value("concat", value)
    addition = required("concat", args, "with")
    return [*array, *addition] if isinstance(addition, (list, tuple)) else [*array, addition]


def _path(attribute: str) -> list[str]:
    return [part.strip('"') for part in attribute.split(".") if part]


def _field(function: str, item: Any, attribute: str) -> Any:
    field = reach(item, _path(attribute))
    if field is missing:
        raise CallError(f"`{function}` finds no attribute `{attribute}` in `{shown(item)}`")
    return field


def _sort_key(sample: Any) -> Any:
    kind = kind_of(sample)
    if sample is None or isinstance(sample, dict):
        raise CallError(f"`sort` cannot sort by {kind}")

    def key(value: Any) -> Any:
        if kind_of(value) != kind:
            raise CallError(f"`sort` compares values of one type, not {kind} and {kind_of(value)}")
        if isinstance(value, (list, tuple)):
            return len(value)
        return _total_order(float(value)) if is_number(value) else value

    return key


def _total_order(value: float) -> tuple[float, bool]:
    """Return a key that sorts -0.0 before 0.0."""
    return value, str(value)[0] != "-"


def _check_unique(key: Any) -> None:
    if key is None or isinstance(key, (float, list, tuple, dict)):
        raise CallError(f"`unique` cannot compare {'a float' if isinstance(key, float) else kind_of(key)}")
    if isinstance(key, int) and not I64_MIN <= key <= I64_MAX:
        raise CallError(f"`unique` cannot compare `{key}`, which does not fit 64 bits")


def _place(number: float, array: Array) -> int:
    return max(0, int(number if number >= 0 else len(array) + number))


FILTERS = {
    "first": first,
    "last": last,
    "nth": nth,
    "join": join,
    "length": length,
    "reverse": reverse,
    "sort": sort,
    "unique": unique,
    "slice": slice_,
    "group_by": group_by,
    "filter": filter_,
    "map": map_,
    "concat": concat,
}
