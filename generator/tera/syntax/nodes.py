"""How Tera's constructs are written as jinja2.nodes: what holds a place, and the few conventions of our own.

A node's `lineno` is an offset into the source (a place is a line and a column), not a line.

    a.b[c]                  Getitem(Getattr(Name a, "b"), Name c)
    x | f(k=v)              Filter(x, "f", kwargs)
    x is [not] t(v)         Test(x, "t", args), in a Not
    f(k=v)                  Call(Name f, kwargs)
    m::f(k=v)               Call(NSRef(m, "f"), kwargs)
    {% set x = e %}         Assign(Name(x, STORE), e)
    {% set_global x = e %}  Assign(Name(x, STORE_GLOBAL), e)
    {{ super() }}           ExprStmt(Name super)
"""

from __future__ import annotations

from jinja2 import nodes

LOAD = "load"
STORE = "store"
STORE_GLOBAL = "global"


def name(text: str, at: int, ctx: str = LOAD) -> nodes.Name:
    """Return the variable `text`, read or set by `ctx`."""
    return nodes.Name(text, ctx, lineno=at)


def call(target: nodes.Expr, kwargs: list[nodes.Keyword], at: int) -> nodes.Call:
    """Return a call of a function or macro."""
    return nodes.Call(target, [], kwargs, None, None, lineno=at)


def filtered(value: nodes.Expr | None, function: str, kwargs: list[nodes.Keyword], at: int) -> nodes.Filter:
    """Return `value` (None: the body of a filter section) put through the filter `function`."""
    return nodes.Filter(value, function, [], kwargs, None, None, lineno=at)


def test(value: nodes.Expr, tester: str, args: list[nodes.Expr], at: int) -> nodes.Test:
    """Return the question whether `value` passes `tester`."""
    return nodes.Test(value, tester, args, [], None, None, lineno=at)


def super_call(at: int) -> nodes.ExprStmt:
    """Return the statement that renders the parent's version of the block."""
    return nodes.ExprStmt(name("super", at), lineno=at)


def output(value: nodes.Expr, at: int) -> nodes.Output:
    """Return the statement that prints `value`."""
    return nodes.Output([value], lineno=at)


def filters_of(value: nodes.Expr) -> tuple[nodes.Expr, list[nodes.Filter]]:
    """Split an expression into what stands before its filters, and the filters, the first applied first."""
    filters: list[nodes.Filter] = []
    while isinstance(value, nodes.Filter) and value.node is not None:
        filters.append(value)
        value = value.node
    return value, filters[::-1]


def expression(node: nodes.Node) -> nodes.Expr:
    """Return a node that is an expression as one, where Jinja2's types say less."""
    assert isinstance(node, nodes.Expr)
    return node


def is_path(value: nodes.Expr) -> bool:
    """Say whether an expression looks a variable up: `a`, `a.b`, `a[0]`."""
    return isinstance(value, (nodes.Name, nodes.Getattr, nodes.Getitem))
