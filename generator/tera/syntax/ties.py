"""From a parsed template to the facts of its ties with others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from jinja2 import nodes

from generator.errors import locate
from generator.tera.errors import TeraError
from generator.tera.facts import Facts, Reference


def find_facts(template: str, source: str, tree: nodes.Template) -> Facts:
    """Return the ties of the template parsed to `tree`. Raises: TeraError for a block or macro defined twice."""
    blocks = list(overridable_blocks(tree.body))
    macros = [node for node in tree.body if isinstance(node, nodes.Macro)]
    for kind, defined in (("Block", blocks), ("Macro", macros)):
        for twice in _second_ones(defined):
            raise TeraError(f"{kind} `{twice.name}` is duplicated", where=locate(template, source, twice.lineno))
    extends = [_reference(node.template, node.lineno) for node in tree.body if isinstance(node, nodes.Extends)]
    return Facts(
        extends=extends[0] if extends else None,
        imports=tuple(_import(node) for node in tree.body if isinstance(node, nodes.Import)),
        includes=tuple(_included(tree.body)),
        blocks=tuple(block.name for block in blocks),
        macros=tuple(macro.name for macro in macros),
    )


def overridable_blocks(body: Iterable[nodes.Node]) -> Iterator[nodes.Block]:
    """Yield the blocks directly in `body`, and those directly in them."""
    for node in body:
        if isinstance(node, nodes.Block):
            yield node
            yield from overridable_blocks(node.body)


def _second_ones(defined: list[nodes.Block] | list[nodes.Macro]) -> Iterator[nodes.Block | nodes.Macro]:
    seen: Counter[str] = Counter()
    for node in defined:
        seen[node.name] += 1
        if seen[node.name] == 2:
            yield node


def _reference(name: nodes.Expr, at: int, namespace: str = "") -> Reference:
    assert isinstance(name, nodes.Const)
    return Reference(template=name.value, namespace=namespace, at=at)


def _import(node: nodes.Import) -> Reference:
    return _reference(node.template, node.lineno, node.target)


def _included(body: Iterable[nodes.Node]) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.Include):
            yield from include_names(node)
        elif isinstance(node, nodes.If):
            for part in (node.body, *(branch.body for branch in node.elif_), node.else_):
                yield from _included(part)
        elif isinstance(node, nodes.For):
            yield from _included([*node.body, *node.else_])
        elif isinstance(node, (nodes.Block, nodes.Macro, nodes.FilterBlock)):
            yield from _included(node.body)


def include_names(include: nodes.Include) -> list[str]:
    """Return the names that an include tries, in their order."""
    assert isinstance(include.template, nodes.List)
    return [name.value for name in include.template.items if isinstance(name, nodes.Const)]
