"""What the engine must know of a template before it renders it: parents, imports, includes, blocks, macros."""

from __future__ import annotations

from msgspec import Struct


class Reference(Struct, frozen=True, kw_only=True):
    """A template named by another: its name, the namespace of an import, and where it is named (an offset)."""

    template: str
    namespace: str = ""
    at: int = 0


class Facts(Struct, frozen=True, kw_only=True):
    """A template's ties to others.

    blocks: those that a child can override and `super()` finds: at the top, or directly in such a block.
    """

    extends: Reference | None = None
    imports: tuple[Reference, ...] = ()
    includes: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    macros: tuple[str, ...] = ()
