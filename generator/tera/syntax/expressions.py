"""The grammar of expressions, one method a rule: takes it at the lexer's cursor, returns its jinja2.nodes.

White space may stand between the parts of a rule, except where its docstring joins them with `.`.
"""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import nodes

from generator.tera.syntax import lexer as terminals
from generator.tera.syntax.lexer import Mismatch
from generator.tera.syntax.nodes import call, filtered, filters_of, name, test
from generator.tera.syntax.rules import Rules, SyntaxProblem, once

MAX_PATH = 60
"""How many parts a path may have."""

MATH = {"+": nodes.Add, "-": nodes.Sub, "*": nodes.Mul, "/": nodes.Div, "%": nodes.Mod}
COMPARISONS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "lteq", ">": "gt", ">=": "gteq"}
I64 = range(-(2**63), 2**63)


class ExpressionParser(Rules):
    """The rules of Tera's expressions."""

    def logic_expr(self) -> nodes.Expr:
        """logic_expr = and_expr (or and_expr)*"""
        with self.nested():
            return self.left_associative(nodes.Or, terminals.OR, "`or`", self.and_expr)

    def logic_val(self) -> nodes.Expr:
        """logic_val = not? (in_cond | comparison_expr) | "(" logic_expr ")\""""
        at = self.lexer.pos
        negated = self.lexer.accept_not()
        value = self.attempt(self.condition)
        if value is not None:
            return nodes.Not(value, lineno=at) if negated else value
        self.lexer.pos = at
        value = self._in_brackets(self.logic_expr)
        # Tera forgets a `not` that stands alone in brackets.
        return value.node if isinstance(value, nodes.Not) else value

    def condition(self) -> nodes.Expr:
        """condition = in_cond | comparison_expr, whose first operand is the same"""
        left = self.attempt(self.string_expr_filter) or self.basic_expr_filter()
        self.lexer.skip()
        found = self.attempt(lambda: self.in_cond(left))
        return found if found is not None else self.comparison_expr(left)

    def in_cond(self, left: nodes.Expr) -> nodes.Expr:
        """in_cond = (string_expr_filter | basic_expr_filter) not? "in" in_cond_container"""
        at = self.lexer.pos
        negated = self.lexer.accept_not()
        self.lexer.literal("in")
        self.lexer.skip()
        container = self.in_cond_container()
        return nodes.Compare(left, [nodes.Operand("notin" if negated else "in", container)], lineno=at)

    def in_cond_container(self) -> nodes.Expr:
        """in_cond_container = string_expr_filter | array_filter | path"""
        return self.attempt(self.string_expr_filter) or self.attempt(self.array_filter) or self.path()

    def comparison_expr(self, left: nodes.Expr) -> nodes.Expr:
        """comparison_expr = comparison_operand (comparison_op comparison_operand)?"""
        if not _is_text(left):
            left = self.comparison_val(left)
        at = self.lexer.pos
        found = self.attempt(self._compared)
        if found is None:
            return left
        operator, right = found
        return nodes.Compare(left, [nodes.Operand(operator, right)], lineno=at)

    def comparison_operand(self) -> nodes.Expr:
        """comparison_operand = string_expr_filter | comparison_val"""
        found = self.attempt(self.string_expr_filter)
        return found if found is not None else self.comparison_val(self.basic_expr_filter())

    def comparison_val(self, first: nodes.Expr) -> nodes.Expr:
        """comparison_val = basic_expr_filter (basic_op basic_expr_filter)*"""
        return self._math(first, self.basic_expr_filter)

    def basic_expr_filter(self) -> nodes.Expr:
        """basic_expr_filter = basic_expr filter*"""
        return self._filters(self.basic_expr())

    def string_expr_filter(self) -> nodes.Expr:
        """string_expr_filter = (string_concat | string) filter*"""
        return self._filters(self.string_concat())

    def array_filter(self) -> nodes.Expr:
        """array_filter = array filter*"""
        return self._filters(self.array())

    def basic_expr(self) -> nodes.Expr:
        """basic_expr = basic_operand (basic_op basic_operand)*"""
        return self._math(self.basic_operand(), self.basic_operand)

    def basic_operand(self) -> nodes.Expr:
        """basic_operand = basic_brackets | basic_val"""
        self.lexer.skip()
        return self.basic_brackets() if self.lexer.sees("(") else self.basic_val()

    @once
    def basic_brackets(self) -> nodes.Expr:
        """basic_brackets = "(" basic_expr ")\""""
        with self.nested():
            return self._in_brackets(self.basic_expr)

    def basic_val(self) -> nodes.Expr:
        """basic_val = boolean | test | macro_call | fn_call | path | float | int"""
        at = self.lexer.pos
        if (word := self.lexer.find(terminals.BOOLEAN, "a value")) is not None:
            return nodes.Const(word in ("true", "True"), lineno=at)
        path = self.attempt(self.path)
        if path is None:
            return self.number()
        return self._after_path(path, at)

    def number(self) -> nodes.Const:
        """number = float | int"""
        at = self.lexer.pos
        if (text := self.lexer.find(terminals.FLOAT, "a value")) is not None:
            return nodes.Const(float(text), lineno=at)
        value = int(self.lexer.take(terminals.INT, "a value"))
        if value not in I64:
            raise SyntaxProblem(f"The integer `{value}` is out of bounds: it must fit 64 bits", at)
        return nodes.Const(value, lineno=at)

    def string(self) -> nodes.Const:
        """string = '"' . any* . '"' | "'" . any* . "'" | "`" . any* . "`\""""
        at = self.lexer.pos
        return nodes.Const(self.lexer.take(terminals.STRING, "a value")[1:-1], lineno=at)

    def path(self) -> nodes.Expr:
        """path = ident . ("." . part | square_brackets)*"""
        at = self.lexer.pos
        first, *parts = self.lexer.take(terminals.DOTTED_IDENT, "a value").split(".")
        value: nodes.Expr = name(first, at)
        for part in parts:
            value = nodes.Getattr(value, part, "load", lineno=at)
        for _ in range(MAX_PATH - len(parts)):
            if (index := self.attempt(self.square_brackets)) is not None:
                value = nodes.Getitem(value, index, "load", lineno=at)
            elif match := terminals.DOT_PART.match(self.lexer.source, self.lexer.pos):
                self.lexer.pos = match.end()
                value = nodes.Getattr(value, match.group(1), "load", lineno=at)
            else:
                return value
        raise SyntaxProblem(f"A variable may have {MAX_PATH} parts at most", at)

    def square_brackets(self) -> nodes.Expr:
        """square_brackets = "[" . (int | string | path) . "]\""""
        lexer, at = self.lexer, self.lexer.pos
        lexer.literal("[")
        index: nodes.Expr
        if match := terminals.INT.match(lexer.source, lexer.pos):
            index = nodes.Const(match.group(), lineno=at)
            lexer.pos = match.end()
        elif match := terminals.STRING.match(lexer.source, lexer.pos):
            # A key in backticks is taken for a variable, which no context can hold.
            text = match.group()
            index = name(text, at) if text[0] == "`" else nodes.Const(text[1:-1], lineno=at)
            lexer.pos = match.end()
        elif terminals.IDENT.match(lexer.source, lexer.pos):
            with self.nested():
                index = self.path()
        else:
            raise Mismatch
        lexer.literal("]")
        return index

    def string_concat(self) -> nodes.Expr:
        """string_concat = string | concat_operand ("~" concat_operand)+"""
        at = self.lexer.pos
        parts = [self.concat_operand()]
        while (part := self.attempt(self._joined)) is not None:
            parts.append(part)
        if len(parts) == 1 and not _is_text(parts[0]):
            raise Mismatch
        return _joined_text(parts, at)

    def concat_operand(self) -> nodes.Expr:
        """concat_operand = fn_call | float | int | string | path"""
        if self.lexer.source[self.lexer.pos : self.lexer.pos + 1] in ('"', "'", "`"):
            return self.string()
        return self.attempt(self.fn_call) or self.attempt(self.number) or self.path()

    def array(self) -> nodes.List:
        """array = "[" (logic_val ",")* logic_val? "]\""""
        at = self.lexer.pos
        self.lexer.literal("[")
        items = self.separated(self.logic_val)
        self.lexer.skip()
        self.lexer.literal("]")
        return nodes.List(items, lineno=at)

    def kwarg(self) -> nodes.Keyword:
        """kwarg = ident "=" (logic_expr | array_filter)"""
        at = self.lexer.pos
        key = self.lexer.take(terminals.IDENT, "an argument `name=value`")
        self.lexer.skip()
        if not self.lexer.accept("="):
            self.lexer.miss("an argument `name=value`", at)
            raise Mismatch
        self.lexer.skip()
        return nodes.Keyword(key, self.value(), lineno=at)

    def value(self) -> nodes.Expr:
        """value = logic_expr | array_filter"""
        return self.array_filter() if self.lexer.sees("[") else self.logic_expr()

    def fn_call(self) -> nodes.Call:
        """fn_call = ident kwargs"""
        at = self.lexer.pos
        function = self.lexer.take(terminals.IDENT, "a value")
        return call(name(function, at), self.kwargs(), at)

    def macro_call(self) -> nodes.Call:
        """macro_call = ident "::" ident kwargs"""
        at = self.lexer.pos
        namespace = self.lexer.take(terminals.IDENT, "a macro call")
        self.lexer.skip()
        self.lexer.literal("::")
        self.lexer.skip()
        macro = self.lexer.take(terminals.IDENT, "a macro's name")
        return call(nodes.NSRef(namespace, macro, lineno=at), self.kwargs(), at)

    @once
    def kwargs(self) -> list[nodes.Keyword]:
        """kwargs = "(" (kwarg ("," kwarg)* ","?)? ")", a later one of the same name winning"""
        self.lexer.skip()
        self.lexer.literal("(")
        arguments = self.separated(self.kwarg)
        self.lexer.skip()
        self.lexer.literal(")")
        return list({argument.key: argument for argument in arguments}.values())

    def filter(self, value: nodes.Expr) -> nodes.Expr:
        """filter = "|" filter_call"""
        self.lexer.literal("|")
        self.lexer.skip()
        return self.filter_call(value)

    def filter_call(self, value: nodes.Expr | None) -> nodes.Filter:
        """filter_call = ident kwargs?"""
        at = self.lexer.pos
        function = self.lexer.take(terminals.IDENT, "a filter")
        return filtered(value, function, self.attempt(self.kwargs) or [], at)

    def test(self, path: nodes.Expr, at: int) -> nodes.Expr:
        """test = path "is" "not"? test_call"""
        self.lexer.literal("is")
        self.lexer.skip()
        start = self.lexer.pos
        if self.lexer.accept("not"):
            self.lexer.skip()
            if (found := self.attempt(lambda: self.test_call(path))) is not None:
                return nodes.Not(found, lineno=at)
            self.lexer.pos = start
        return self.test_call(path)

    def test_call(self, path: nodes.Expr) -> nodes.Test:
        """test_call = ident test_args?"""
        at = self.lexer.pos
        tester = self.lexer.take(terminals.IDENT, "a test")
        return test(path, tester, self.attempt(self.test_args) or [], at)

    @once
    def test_args(self) -> list[nodes.Expr]:
        """test_args = "(" value ("," value)* ")\""""
        self.lexer.skip()
        self.lexer.literal("(")
        arguments = self.separated(self.value, trailing=False)
        self.lexer.skip()
        self.lexer.literal(")")
        if not arguments:
            raise Mismatch
        return arguments

    def _after_path(self, path: nodes.Expr, at: int) -> nodes.Expr:
        """Return the test, macro call or function call that begins with `path`, or the path itself."""
        end = self.lexer.pos
        self.lexer.skip()
        if self.lexer.sees("is") and (found := self.attempt(lambda: self.test(path, at))) is not None:
            return found
        if isinstance(path, nodes.Name):
            rule = self.macro_call if self.lexer.sees("::") else self.fn_call if self.lexer.sees("(") else None
            self.lexer.pos = at
            if rule is not None and (found := self.attempt(rule)) is not None:
                return found
        self.lexer.pos = end
        return path

    def and_expr(self) -> nodes.Expr:
        """and_expr = logic_val (and logic_val)*"""
        return self.left_associative(nodes.And, terminals.AND, "`and`", self.logic_val)

    def _math(self, left: nodes.Expr, operand: Callable[[], nodes.Expr]) -> nodes.Expr:
        """Return `left (operator operand)*` with `* / %` binding tighter than `+ -`."""
        terms: list[nodes.Expr] = [left]
        signs: list[tuple[str, int]] = []

        def next_operand() -> tuple[str, int, nodes.Expr]:
            self.lexer.skip()
            at = self.lexer.pos
            operator = self.lexer.take(terminals.MATH_OPERATOR, "an operator")
            self.lexer.skip()
            return operator, at, operand()

        while (found := self.attempt(next_operand)) is not None:
            operator, at, right = found
            if operator in "+-":
                signs.append((operator, at))
                terms.append(right)
            else:
                terms[-1] = MATH[operator](terms[-1], right, lineno=at)
        self.lexer.skip()
        total = terms[0]
        for (operator, at), term in zip(signs, terms[1:], strict=True):
            total = MATH[operator](total, term, lineno=at)
        return total

    def _filters(self, value: nodes.Expr) -> nodes.Expr:
        self.lexer.skip()
        while self.lexer.sees("|"):
            found = self.attempt(lambda value=value: self.filter(value))  # type: ignore[misc]
            if found is None:
                self.lexer.miss("a filter", self.lexer.pos)
                break
            value = found
            self.lexer.skip()
        return value

    def _in_brackets(self, rule: Callable[[], nodes.Expr]) -> nodes.Expr:
        self.lexer.skip()
        if not self.lexer.accept("("):
            self.lexer.miss("a value", self.lexer.pos)
            raise Mismatch
        self.lexer.skip()
        value = rule()
        self.lexer.skip()
        self.lexer.literal(")")
        return value

    def _joined(self) -> nodes.Expr:
        self.lexer.skip()
        self.lexer.literal("~")
        self.lexer.skip()
        return self.concat_operand()

    def _compared(self) -> tuple[str, nodes.Expr]:
        self.lexer.skip()
        operator = self.lexer.take(terminals.COMPARISON_OPERATOR, "a comparison")
        self.lexer.skip()
        return COMPARISONS[operator], self.comparison_operand()


def _is_text(value: nodes.Expr) -> bool:
    """Say whether a string_expr_filter gave `value`."""
    head, _ = filters_of(value)
    return isinstance(head, nodes.Concat) or (isinstance(head, nodes.Const) and isinstance(head.value, str))


def _joined_text(parts: list[nodes.Expr], at: int) -> nodes.Expr:
    """Return the concatenation of `parts`, neighbouring strings as one; a plain string if there is nothing else."""
    joined: list[nodes.Expr] = []
    text = ""
    for part in parts:
        if isinstance(part, nodes.Const) and isinstance(part.value, str):
            text += part.value
            continue
        if text:
            joined.append(nodes.Const(text, lineno=at))
        joined.append(part)
        text = ""
    if not joined:
        return nodes.Const(text, lineno=at)
    if text:
        joined.append(nodes.Const(text, lineno=at))
    return nodes.Concat(joined, lineno=at)
