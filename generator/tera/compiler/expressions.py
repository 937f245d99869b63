"""How an expression is written in Python, in the three ways that Tera evaluates one: a value, a truth, a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from jinja2 import nodes
from msgspec import Struct

from generator.tera.compiler.marks import mark
from generator.tera.compiler.paths import CONTEXT_DUMP, PathCompiler
from generator.tera.runtime.printing import print_float
from generator.tera.syntax.nodes import filters_of, is_path
from generator.tera.syntax.rules import SyntaxProblem

MAX_DEPTH = 60

ALWAYS, NEVER = "True", "False"

ARITHMETIC = {nodes.Add: "add", nodes.Sub: "subtract", nodes.Mul: "multiply", nodes.Div: "divide", nodes.Mod: "modulo"}
OPPOSITES = {"eq": "ne", "ne": "eq"}
# Filters whose result may be many times what they are given.
GROWING = frozenset({"replace", "regex_replace", "concat", "indent"})
ORDER = {"lt": "less", "lteq": "at_most", "gt": "greater", "gteq": "at_least"}


class Value(Struct, frozen=True):
    """Python code of a value, and when a string that it gives must be escaped: ALWAYS, NEVER or a condition."""

    code: str
    escape: str = NEVER

    def escaped(self) -> str:
        """Return code of the value, escaped if it is a string that needs it."""
        if self.escape == NEVER:
            return self.code
        return f"escape_text({self.code}, {self.escaper()})"

    def escaper(self) -> str:
        """Return code of what escapes the value where it is a string."""
        return {ALWAYS: "esc", NEVER: "plain"}.get(self.escape, f"esc if {self.escape} else plain")


class ExpressionCompiler(PathCompiler):
    """Writes expressions. depth: how many steps the one at hand is put together in."""

    depth = 0

    # -- a value

    def value(self, node: nodes.Expr, *, escaping: bool) -> str:
        """Return code of the value, escaped if `escaping` and it is a string that needs it."""
        found = self.raw(node, escaping=escaping)
        return found.escaped() if escaping else found.code

    @contextmanager
    def deeper(self, node: nodes.Expr, steps: int = 1) -> Iterator[None]:
        """Write code that stands `steps` deeper in brackets, of which Python takes no more than 200."""
        self.depth += steps
        if self.depth > MAX_DEPTH:
            raise SyntaxProblem(f"An expression may be put together in {MAX_DEPTH} steps at most", node.lineno)
        yield
        self.depth -= steps

    def raw(self, node: nodes.Expr, *, escaping: bool) -> Value:
        """Return code of the value as it is before Tera escapes it."""
        with self.deeper(node, 1 + len(filters_of(node)[1])):
            return self._raw(node, escaping=escaping)

    def _raw(self, node: nodes.Expr, *, escaping: bool) -> Value:
        if isinstance(node, nodes.Not):
            return Value(self.negation(node))
        head, filters = filters_of(node)
        on_path = is_path(head)
        found = self.variable(head, filters, escaping=escaping) if on_path else self.head(head, escaping=escaping)
        for each in filters:
            if each.name not in ("safe", "default"):
                found = self.filtered(found.code, each)
        if filters and filters[-1].name == "safe":
            return Value(found.code)
        return found

    def head(self, node: nodes.Expr, *, escaping: bool) -> Value:
        """Return code of what stands before the filters, if that is not a variable."""
        if isinstance(node, nodes.Const):
            return Value(ascii(node.value), ALWAYS if isinstance(node.value, str) else NEVER)
        if isinstance(node, nodes.Concat):
            return self.concatenation(node)
        if isinstance(node, nodes.List):
            items = ", ".join(self.value(item, escaping=escaping) for item in node.items)
            return Value(f"[{items}]")
        if isinstance(node, nodes.Call):
            return self.call(node, escaping=escaping)
        if type(node) in ARITHMETIC:
            return Value(f"printable({self.number(node)})")
        if isinstance(node, (nodes.And, nodes.Or)):
            return Value(f"bool({self.truth(node)})")
        return Value(self.truth(node))

    def negation(self, node: nodes.Not) -> str:
        """Return code of a value with `not` before it. A negated comparison is negated twice: it stays as it is."""
        inner = node.node
        head, filters = filters_of(inner)
        if isinstance(inner, (nodes.And, nodes.Or)) or (
            isinstance(inner, nodes.Compare) and inner.ops[0].op not in ("in", "notin")
        ):
            return f"(not {self.negated_truth(inner)})"
        if is_path(head) and not _has_default(filters):
            if not filters:
                return f"(not {self.maybe(head)})"
            value = self.unhoisted(lambda: self.value(inner, escaping=False))
            return f"(True if {self.maybe(head)} is missing else not {value})"
        return f"(not {self.value(inner, escaping=False)})"

    def variable(self, node: nodes.Expr, filters: list[nodes.Filter], *, escaping: bool) -> Value:
        """Return code of a variable that must be there, or have a default."""
        if isinstance(node, nodes.Name) and node.name == CONTEXT_DUMP:
            return Value(f"dump(rt, {self.frame_arguments()})")
        if not _has_default(filters):
            return Value(self.required(node), ALWAYS)
        default = next((k.value for k in filters[0].kwargs if k.key == "value"), None)
        if default is None:
            fallback = mark("no_default()", filters[0].lineno)
        else:
            fallback = self.unhoisted(lambda: self.value(default, escaping=escaping))
        found = self.temporary()
        return Value(f"({found} if ({found} := {self.maybe(node)}) or is_given({found}) else {fallback})", ALWAYS)

    def filtered(self, value: str, node: nodes.Filter) -> Value:
        """Return code of `value` put through a filter."""
        function = self.bound("filter", node.name)
        code = f"{function}({value}, {self.arguments(node.kwargs)})"
        if node.name in GROWING:
            code = f"rt.measured({code})"
        return Value(mark(code, node.lineno), f"not {function}_safe")

    def arguments(self, kwargs: Iterable[nodes.Keyword | nodes.Pair]) -> str:
        """Return code of the arguments of a filter or function, as one dict."""
        if not kwargs:
            return "NO_ARGUMENTS"
        return "{" + ", ".join(f"{k.key!r}: {self.value(k.value, escaping=False)}" for k in kwargs) + "}"

    def call(self, node: nodes.Call, *, escaping: bool) -> Value:
        """Return code of a function's result, or of the text that a macro renders."""
        if isinstance(node.node, nodes.NSRef):
            macro, arguments = self.macro_arguments(node)
            return Value(mark(f"capture({macro}, rt, {'esc' if escaping else 'plain'}{arguments})", node.lineno))
        assert isinstance(node.node, nodes.Name)
        function = self.bound("function", node.node.name)
        return Value(mark(f"{function}({self.arguments(node.kwargs)})", node.lineno), f"not {function}_safe")

    def macro_arguments(self, node: nodes.Call) -> tuple[str, str]:
        """Return code that finds a macro, and of its arguments: none is evaluated that the macro does not take."""
        assert isinstance(node.node, nodes.NSRef)
        macro = self.temporary("m")
        found = f"({macro} := rt.find_macro(NAME, {node.node.name!r}, {node.node.attr!r}))"
        arguments = ""
        for k in node.kwargs:
            code = self.unhoisted(lambda k=k: self.value(k.value, escaping=False))  # type: ignore[misc]
            if not isinstance(k.value, nodes.Const):
                code = f"{code} if {k.key!r} in {macro}.parameters else None"
            arguments += f", l_{k.key}={code}"
        return found, arguments

    def concatenation(self, node: nodes.Concat) -> Value:
        """Return code of `a ~ b`. The result is escaped only if the last function in it is not safe."""
        parts: list[str] = []
        escape = NEVER
        for part in node.nodes:
            if isinstance(part, nodes.Const):
                text = print_float(part.value) if isinstance(part.value, float) else str(part.value)
                parts.append(ascii(text))
                continue
            found = self.raw(part, escaping=False)
            if isinstance(part, nodes.Call):
                escape = found.escape
            parts.append(mark(f"concat_part({found.code})", part.lineno))
        return Value(f"rt.measured({' + '.join(parts)})", escape)

    # -- a truth

    def truth(self, node: nodes.Expr) -> str:
        """Return code that is true or false (in Python's sense) as Tera takes the expression for it."""
        with self.deeper(node):
            return self._truth(node)

    def _truth(self, node: nodes.Expr) -> str:
        if isinstance(node, nodes.Not):
            return self.negated_truth(node.node)
        if isinstance(node, (nodes.And, nodes.Or)):
            word = "and" if isinstance(node, nodes.And) else "or"
            left = self.truth(node.left)
            right = self.unhoisted(lambda: self.truth(node.right))
            return f"({left} {word} {right})"
        if isinstance(node, nodes.Compare):
            return self.comparison(node)
        head, filters = filters_of(node)
        if is_path(head):
            if not filters:
                return self.maybe(head)
            return self.tolerant(lambda: self.value(node, escaping=False))
        return self.truth_of_head(node, head, filters)

    def truth_of_head(self, node: nodes.Expr, head: nodes.Expr, filters: list[nodes.Filter]) -> str:
        """Return code of the truth of what no variable begins. Most filters on it are never applied."""
        if isinstance(head, nodes.Const):
            return str(bool(head.value))
        if type(head) in ARITHMETIC:
            return f"is_nonzero({self.number(head)})"
        if isinstance(head, nodes.Concat):
            code = self.value(node, escaping=False)
            return f"text_truth({code})" if filters else code
        if isinstance(head, nodes.Test):
            return self.test(head)
        if isinstance(head, nodes.Call):
            code = self.call(head, escaping=True).code
            return code if isinstance(head.node, nodes.NSRef) else mark(f"function_truth({code})", head.lineno)
        return self.truth(head)

    def negated_truth(self, node: nodes.Expr) -> str:
        """Return code of the truth of `not` and what follows it."""
        head, filters = filters_of(node)
        if is_path(head) and filters:
            return self.tolerant(lambda: self.negation(nodes.Not(node)))
        if isinstance(head, nodes.Concat):
            return mark("negated_concatenation()", head.lineno)
        if isinstance(node, nodes.Compare) and node.ops[0].op in OPPOSITES:
            # Not the same as `not (a == b)`: of a number and something else, both are false.
            opposite = nodes.Operand(OPPOSITES[node.ops[0].op], node.ops[0].expr)
            return self.comparison(nodes.Compare(node.expr, [opposite], lineno=node.lineno))
        return f"(not {self.truth(node)})"

    def tolerant(self, write: Callable[[], str]) -> str:
        """Return code that is False where `write`'s code fails, as Tera has it for a variable with filters."""
        if self.locals_code == "local":
            return f"tolerant(rt, lambda: {self.unhoisted(write)})"
        before, self.locals_code = self.locals_code, "local"
        code = self.unhoisted(write)
        self.locals_code = before
        return f"tolerant(rt, lambda local={before if self.scope else None}: {code})"

    def comparison(self, node: nodes.Compare) -> str:
        """Return code of `==`, `<`, `in` and the like."""
        operator, right = node.ops[0].op, node.ops[0].expr
        if operator in ORDER:
            code = f"{ORDER[operator]}({self.number(node.expr)}, {self.number(right)})"
        elif operator in ("in", "notin"):
            left = self.value(node.expr, escaping=False)
            code = f"contains({self.value(right, escaping=False)}, {left})"
            code = f"(not {code})" if operator == "notin" else code
        else:
            code = self.equality(operator, node.expr, right)
        return mark(code, node.lineno)

    def equality(self, operator: str, left: nodes.Expr, right: nodes.Expr) -> str:
        """Return code of `==` or `!=`. Tera compares what it would print, so escaping counts where it differs."""
        first, second = self.raw(left, escaping=True), self.raw(right, escaping=True)
        codes = [first.code, second.code]
        if first.escape != second.escape:
            codes = [first.escaped(), second.escaped()]
        if operator == "eq" and (_is_string(left) or _is_string(right)):
            return f"({codes[0]} == {codes[1]})"
        return f"{'equal' if operator == 'eq' else 'unequal'}({codes[0]}, {codes[1]})"

    def test(self, node: nodes.Test) -> str:
        """Return code of `x is tester(…)`."""
        subject = self.maybe(node.node)
        if node.name in ("defined", "undefined") and not node.args:
            return f"({subject} {'is not' if node.name == 'defined' else 'is'} missing)"
        arguments = ", ".join(self.value(argument, escaping=False) for argument in node.args)
        return mark(f"{self.bound('tester', node.name)}({subject}, [{arguments}])", node.lineno)

    # -- a number

    def number(self, node: nodes.Expr) -> str:
        """Return code of an operand of arithmetic or of an ordering; who takes it checks that it is a number."""
        operation = ARITHMETIC.get(type(node))  # type: ignore[arg-type]
        if operation is None or not isinstance(node, nodes.BinExpr):
            return self.value(node, escaping=False)
        with self.deeper(node):
            return mark(f"{operation}({self.number(node.left)}, {self.number(node.right)})", node.lineno)


def _is_string(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _has_default(filters: list[nodes.Filter]) -> bool:
    return bool(filters) and filters[0].name == "default"
