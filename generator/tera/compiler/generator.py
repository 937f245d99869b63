"""How a template's statements are written in Python: a module of one function for the template, each block, each macro.

    root(rt, fr, w, esc)              renders the template into `w`
    block_0(rt, fr, w, esc)           a block
    macro_0(rt, w, esc, *, l_x, **_)  a macro; l_x are its arguments

`rt` is the rendering, `fr` the frame of variables, `v` all that is seen from it, `w` takes text, `esc` escapes it.
"""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes
from jinja2.environment import Environment

from generator.tera.code import Position
from generator.tera.compiler.expressions import ALWAYS, NEVER, ExpressionCompiler
from generator.tera.compiler.marks import mark, take_marks
from generator.tera.compiler.scopes import Scope, asks_for_loop, names_set
from generator.tera.runtime.escaping import needs_escape
from generator.tera.syntax.nodes import STORE_GLOBAL, expression, filters_of, is_path
from generator.tera.syntax.rules import SyntaxProblem
from generator.tera.syntax.ties import include_names, overridable_blocks

MAX_LOOPS = 16
"""Python takes no more than 20 blocks in each other; a look-up needs one too."""


class TeraCodeGenerator(ExpressionCompiler):
    """Writes the module of one template."""

    def __init__(self, environment: Environment, *arguments: object) -> None:
        super().__init__(environment, *arguments)  # type: ignore[arg-type]
        self.scope: Scope | None = None
        self.can_hoist = True
        self.locals_code = "locals()"
        self.temporaries = 0
        self.positions: list[Position] = []
        self._constants: dict[str, str] = {}
        self._bound: dict[tuple[str, str], str] = {}
        self._functions: dict[str, tuple[str, str]] = {"root": ("template", "")}
        self._names: dict[int, str] = {}
        self._waiting: list[nodes.Block] = []

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Write one line, at the depth of indentation reached, and note which places its parts come from."""
        self.newline(None, extra)
        self.write("")
        code, positions = take_marks(x, self.code_lineno, 4 * self._indentation)
        self.positions += positions
        self.write(code)

    def constant(self, value: object) -> str:
        return self._constants.setdefault(ascii(value), f"s{len(self._constants)}")

    def bound(self, kind: str, name: str) -> str:
        return self._bound.setdefault((kind, name), f"{kind}{len(self._bound)}_{name}")

    # -- the module

    def visit_Template(self, node: nodes.Template, frame: object = None) -> None:  # noqa: N802 - Jinja2's name
        """Write the module: the template, its blocks and macros, and what the engine must know of it."""
        self.function("root", "rt, fr, w, esc", ["v = fr.values"], self._rendered(node.body))
        macros = [each for each in node.body if isinstance(each, nodes.Macro)]
        for macro in macros:
            self.macro(macro)
        for block in node.body:
            if isinstance(block, nodes.Block):
                self.block_function(block)
        while self._waiting:
            block = self._waiting.pop()
            self.function(self._names[id(block)], "rt, fr, w, esc", ["v = fr.values"], block.body)
        for code, constant in self._constants.items():
            self.writeline(f"{constant} = {code}")
        for table, named in (("blocks", overridable_blocks(node.body)), ("macros", macros)):
            pairs = ", ".join(f"{each.name!r}: {self._names[id(each)]}" for each in named)
            self.writeline(f"{table} = {{{pairs}}}")
        self.writeline(f"bound = {tuple((name, *key) for key, name in self._bound.items())!r}")
        self.writeline(f"functions = {self._functions!r}")
        self.writeline(f"positions = {tuple(self.positions)!r}")

    def function(
        self, name: str, parameters: str, prologue: list[str], body: Iterable[nodes.Node], epilogue: str = ""
    ) -> None:
        """Write a function that renders `body`."""
        self.writeline(f"def {name}({parameters}):", None, 1)
        self.indent()
        for line in prologue:
            self.writeline(line)
        self.statements(body)
        if epilogue:
            self.writeline(epilogue)
        self.outdent()

    def macro(self, node: nodes.Macro) -> None:
        """Write a macro's function. It sees its arguments and the context, not the variables of who calls it."""
        name = self.named("macro", node)
        defaults = dict(zip((each.name for each in node.args), node.defaults, strict=True))
        variables = {each: f"l_{each}" for each in (*defaults, *names_set(node.body, everywhere=True))}
        required = [each for each, default in defaults.items() if _is_required(default)]
        self.scope = Scope(outer=None, is_macro=True, sets=variables, bound=set(defaults))
        prologue = [f"if l_{each} is missing: no_argument({node.name!r}, {each!r})" for each in required]
        prologue += [f"{local} = missing" for each, local in variables.items() if each not in defaults]
        prologue += ["v, fr = rt.context, None", "rt.descend()"]
        parameters = "".join(
            f"l_{each}={'missing' if each in required else self.value(default, escaping=False)}, "
            for each, default in defaults.items()
        )
        signature = f"rt, w, esc, {'*, ' if parameters else ''}{parameters}**_"
        self.function(name, signature, prologue, node.body, epilogue="rt.depth -= 1")
        self.scope = None
        self.writeline(f"{name}.parameters = frozenset({tuple(defaults)!r})")

    def statements(self, body: Iterable[nodes.Node]) -> None:
        """Write the statements of a body, at least one."""
        lines = self.code_lineno
        for node in body:
            self.visit(node)
        if self.code_lineno == lines:
            self.writeline("pass")

    def _rendered(self, body: list[nodes.Node]) -> list[nodes.Node]:
        """Return what of a template's top level is rendered: nothing after `extends`, no macros or imports."""
        for node in body:
            if isinstance(node, nodes.Extends):
                return [node]
        return [node for node in body if not isinstance(node, (nodes.Macro, nodes.Import))]

    # -- statements

    def visit_Output(self, node: nodes.Output, frame: object = None) -> None:  # noqa: N802
        """Write text and printed values."""
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                self.writeline(f"w({part.data!a})")
            else:
                self.printed(part)

    def printed(self, node: nodes.Expr) -> None:
        """Write a printed value."""
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.NSRef):
            macro, arguments = self.macro_arguments(node)
            self.writeline(mark(f"{macro}(rt, w, esc{arguments})", node.lineno))
            return
        found = self.raw(node, escaping=True)
        head, filters = filters_of(node)
        if not filters and isinstance(head, nodes.Const) and isinstance(head.value, str):
            self.writeline(f"w({f'esc({found.code})' if needs_escape(head.value) else found.code})")
            return
        code = found.code
        if not code.isidentifier():
            code = self.temporary()
            self.writeline(f"{code} = {found.code}")
        text = {ALWAYS: f"esc({code})", NEVER: code}.get(found.escape, f"({found.escaper()})({code})")
        self.writeline(mark(f"w({text} if {code}.__class__ is str else show({code}, {found.escaper()}))", node.lineno))

    def visit_Assign(self, node: nodes.Assign, frame: object = None) -> None:  # noqa: N802
        """Write `{% set %}` and `{% set_global %}`."""
        assert isinstance(node.target, nodes.Name)
        name, scope = node.target.name, self.scope
        value = self.value(expression(node.node), escaping=False)
        if node.target.ctx == STORE_GLOBAL:
            while scope is not None and not scope.is_macro:
                scope = scope.outer
            value = mark(f"rt.measured({value})", node.lineno)
        if scope is None:
            self.writeline(f"v[{name!r}] = fr.own[{name!r}] = {value}")
        else:
            self.writeline(f"{scope.sets[name]} = {value}")
            scope.bound.add(name)

    def visit_If(self, node: nodes.If, frame: object = None) -> None:  # noqa: N802
        """Write `{% if %}` with its branches."""
        self.writeline(f"if {self.truth(expression(node.test))}:")
        self.suite(node.body)
        for branch in node.elif_:
            test = self.unhoisted(lambda branch=branch: self.truth(branch.test))  # type: ignore[misc]
            self.writeline(f"elif {test}:")
            self.suite(branch.body)
        if node.else_:
            self.writeline("else:")
            self.suite(node.else_)

    def suite(self, body: Iterable[nodes.Node]) -> None:
        """Write statements that may not run: what they bind is not sure to be bound after them."""
        scopes = list(self.scope.chain()) if self.scope else []
        before = [set(scope.bound) for scope in scopes]
        self.indent()
        self.statements(body)
        self.outdent()
        for scope, bound in zip(scopes, before, strict=True):
            scope.bound = bound

    def visit_For(self, node: nodes.For, frame: object = None) -> None:  # noqa: N802
        """Write `{% for %}`."""
        head, _ = filters_of(expression(node.iter))
        is_call = isinstance(head, nodes.Call) and isinstance(head.node, nodes.Name)
        if not (is_call or is_path(head) or isinstance(head, nodes.List)):
            self.writeline(mark("no_container()", node.lineno))
            return
        if self.scope is not None and sum(not scope.is_macro for scope in self.scope.chain()) >= MAX_LOOPS:
            raise SyntaxProblem(f"Loops may stand {MAX_LOOPS} deep in each other at most", node.lineno)
        paired = isinstance(node.target, nodes.Tuple)
        items = self.temporary("i")
        container = self.value(expression(node.iter), escaping=False)
        self.writeline(mark(f"{items} = rt.{'pairs' if paired else 'items'}({container}, w)", node.lineno))
        if node.else_:
            self.writeline(f"if not {items}:")
            self.suite(node.else_)
        scope, targets = self.loop_scope(node)
        if scope.index:
            self.writeline(f"{scope.count} = len({items})")
            targets, items = f"{scope.index}, {targets}", f"enumerate({items})"
        self.writeline(f"for {targets} in {items}:")
        self.scope, outer = scope, self.scope
        self.indent()
        for local in scope.sets.values():
            self.writeline(f"{local} = missing")
        self.outdent()
        self.suite(node.body)
        self.scope = outer

    def loop_scope(self, node: nodes.For) -> tuple[Scope, str]:
        """Return the scope of a loop's body, and code of what the loop assigns to."""
        number = self.temporary("")
        sets = {name: f"l{number}_{name}" for name in names_set(node.body)}
        scope = Scope(outer=self.scope, sets=sets)
        if asks_for_loop(node.body):
            scope.index, scope.count = f"n{number}", f"c{number}"
        if isinstance(node.target, nodes.Tuple):
            key, value = (item.name for item in node.target.items if isinstance(item, nodes.Name))
            scope.key, scope.value = (key, f"x{number}_{key}"), (value, f"y{number}_{value}")
            return scope, f"({scope.key[1]}, {scope.value[1]})"
        assert isinstance(node.target, nodes.Name)
        scope.value = node.target.name, f"y{number}_{node.target.name}"
        return scope, scope.value[1]

    def visit_Break(self, node: nodes.Break, frame: object = None) -> None:  # noqa: N802
        """Write `{% break %}`."""
        self.leave_round("break", node)

    def visit_Continue(self, node: nodes.Continue, frame: object = None) -> None:  # noqa: N802
        """Write `{% continue %}`."""
        self.leave_round("continue", node)

    def leave_round(self, word: str, node: nodes.Node) -> None:
        """Write `break` or `continue`, which the part of a loop after `else` may hold with no loop around it."""
        inside = self.scope is not None and not self.scope.is_macro
        self.writeline(word if inside else mark(f"no_loop({word!r})", node.lineno))

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: object = None) -> None:  # noqa: N802
        """Write `{% filter %}`: what its body prints, put through one filter and not escaped."""
        outer, buffer = self.temporary("w"), self.temporary("b")
        self.writeline(f"{outer}, {buffer} = w, []")
        self.writeline(f"w = {buffer}.append")
        self.statements(node.body)
        self.writeline(f"w, {buffer} = {outer}, ''.join({buffer})")
        if node.filter.name == "safe":
            self.writeline(f"w({buffer})")
        else:
            self.writeline(f"w(show({self.filtered(buffer, node.filter).code}, plain))")

    def visit_Block(self, node: nodes.Block, frame: object = None) -> None:  # noqa: N802
        """Write the place where a block is rendered: the version of it that belongs to the template rendered."""
        name = self.block_function(node)
        self.writeline(mark(f"rt.block({node.name!r}, {name}, {self.shared_frame()}, w, esc)", node.lineno))

    def block_function(self, node: nodes.Block) -> str:
        """Return the function of a block, to be written after the one at hand."""
        if id(node) not in self._names:
            self._waiting.append(node)
        return self.named("block", node)

    def named(self, kind: str, node: nodes.Block | nodes.Macro) -> str:
        """Return the name of the function of a block or macro."""
        name = self._names.setdefault(id(node), f"{kind}_{len(self._names)}")
        self._functions[name] = kind, node.name
        return name

    def visit_ExprStmt(self, node: nodes.ExprStmt, frame: object = None) -> None:  # noqa: N802
        """Write `{{ super() }}`."""
        self.writeline(mark(f"rt.super_block({self.shared_frame()}, w, esc)", node.lineno))

    def visit_Include(self, node: nodes.Include, frame: object = None) -> None:  # noqa: N802
        """Write `{% include %}`."""
        names = tuple(include_names(node))
        code = f"rt.include({names!r}, {node.ignore_missing}, {self.shared_frame()}, w, esc)"
        self.writeline(mark(code, node.lineno))

    def visit_Extends(self, node: nodes.Extends, frame: object = None) -> None:  # noqa: N802
        """Write what happens when a template that extends another is included."""
        self.writeline(mark("no_inheritance()", node.lineno))

    def shared_frame(self) -> str:
        """Return code of the frame that another template is to see."""
        return f"rt.snapshot({self.frame_arguments()}, NAME)" if self.scope else "fr"


def _is_required(default: nodes.Expr) -> bool:
    return isinstance(default, nodes.Const) and default.value is None
