"""How far a template may go before it is stopped."""

from __future__ import annotations

from msgspec import Struct

ENTRY_SIZE = 8
"""Bytes that an element takes in an array at least."""


class TeraLimits(Struct, frozen=True, kw_only=True):
    """What ends a runaway template.

    depth: macros and includes in each other. range_length: numbers that one `range` gives. iterations: rounds of
    all loops of one render. output_size: characters of one output, and of any one value that a template builds, where
    an element of an array counts as ENTRY_SIZE.
    """

    depth: int = 100
    range_length: int = 1_000_000
    iterations: int = 100_000_000
    output_size: int = 200_000_000
