"""Tera's built-in filters, by name. A filter takes a value and its arguments, and returns a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.tera.filters import arrays, numbers, objects, strings
from generator.tera.filters.dates import date

Filter = Callable[[Any, Mapping[str, Any]], Any]

FILTERS: Mapping[str, Filter] = {
    **strings.FILTERS,
    **arrays.FILTERS,
    **numbers.FILTERS,
    **objects.FILTERS,
    "date": date,
}
