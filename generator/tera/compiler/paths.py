"""How the look-up of a variable is written in Python: quick where it succeeds, Tera's own way where it does not."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from msgspec import Struct

from generator.tera.compiler.marks import mark
from generator.tera.compiler.scopes import Scope, find_locals
from generator.tera.runtime.lookup import is_simple_key, split_key

CONTEXT_DUMP = "__tera_context"
LOOP_FIELDS = {"index": "({0} + 1)", "index0": "{0}", "first": "({0} == 0)", "last": "({0} == {1} - 1)"}


class Key(Struct, frozen=True):
    """Python code of a key, and the local in which that code leaves it, if any."""

    code: str
    name: str = ""


class Path(Struct, frozen=True):
    """A look-up: the variable and, as Python code, the keys to follow from it; `plain` if they are only names."""

    root: str
    keys: tuple[Key, ...]
    plain: bool
    text: str

    def arguments(self, *, evaluated: bool) -> str:
        """Return code of the root and the keys; of where they are left, if the keys were evaluated before."""
        return f"{self.root!r}, {_tuple((evaluated and key.name) or key.code for key in self.keys)}"


class PathCompiler(CodeGenerator):
    """Writes look-ups, for the frame that the statements around have set up.

    scope: the loops and the macro around. can_hoist: whether a statement before may do a part of the work.
    locals_code: code of all locals. temporaries: how many there are.
    """

    scope: Scope | None
    can_hoist: bool
    locals_code: str
    temporaries: int

    def temporary(self, prefix: str = "t") -> str:
        """Return a local that nothing else uses."""
        self.temporaries += 1
        return f"{prefix}{self.temporaries}"

    @abstractmethod
    def constant(self, value: object) -> str:
        """Return the module's name for a value that its functions share."""

    @abstractmethod
    def bound(self, kind: str, name: str) -> str:
        """Return the module's name for a registered filter, function or tester."""

    def unhoisted(self, write: Callable[[], str]) -> str:
        """Return code that may not be evaluated, or only later: nothing of it may run in a statement before."""
        before, self.can_hoist = self.can_hoist, False
        try:
            return write()
        finally:
            self.can_hoist = before

    def required(self, node: nodes.Expr) -> str:
        """Return code of a variable whose absence is an error."""
        path = self.path(node)
        found = find_locals(self.scope, path.root, dotted=bool(path.keys))
        if found.sure and len(found.locals) == 1 and not path.keys:
            return found.locals[0]
        if path.root == "loop" and (field := self.loop_field(path)):
            return field
        arguments = path.arguments(evaluated=path.root != "loop")
        missing = mark(f"require(rt, {self.frame_arguments()}, {arguments}, {path.text!r})", node.lineno)
        if path.root == "loop":
            return missing
        if self.can_hoist and path.plain and len(found.locals) == found.sure:
            return self.hoisted(found.locals[0] if found.sure else f"v[{path.root!r}]", path, missing)
        result = self.temporary()
        return f"({result} if ({result} := {self.looked_up(path)}) is not missing else {missing})"

    def hoisted(self, start: str, path: Path, missing: str) -> str:
        """Write the look-up as a statement of its own, which costs nothing more where it succeeds."""
        result = self.temporary()
        self.writeline("try:")
        self.writeline(f"    {result} = {start}{''.join(f'[{key.code}]' for key in path.keys)}")
        self.writeline("except ABSENT:")
        self.writeline(f"    {result} = {missing}")
        return result

    def maybe(self, node: nodes.Expr) -> str:
        """Return code of a variable, or of `missing`."""
        path = self.path(node)
        if path.root == CONTEXT_DUMP and not path.keys:
            return f"dump(rt, {self.frame_arguments()})"
        if path.root == "loop":
            arguments = path.arguments(evaluated=False)
            return self.loop_field(path) or f"find(rt, {self.frame_arguments()}, {arguments})"
        return self.looked_up(path)

    def looked_up(self, path: Path) -> str:
        """Return code that looks where a path most likely leads, then follows Tera's way through the frames."""
        found = find_locals(self.scope, path.root, dotted=bool(path.keys))
        code = found.locals[-1] if found.sure else f"v.get({path.root!r}, missing)"
        for local in reversed(found.locals[:-1] if found.sure else found.locals):
            code = f"({local} if {local} is not missing else {code})"
        if not path.keys:
            return code
        result = self.temporary()
        if path.plain and len(path.keys) <= 2:
            code = f"get{len(path.keys)}({code}, {', '.join(key.code for key in path.keys)})"
        else:
            code = f"reach({code}, {_tuple(key.code for key in path.keys)})"
        slow = f"find(rt, {self.frame_arguments()}, {path.arguments(evaluated=True)})"
        return f"({result} if ({result} := {code}) is not missing else {slow})"

    def loop_field(self, path: Path) -> str:
        """Return code of `loop.index` and its like in the loop right around; "" if that must be looked up."""
        scope = self.scope
        if scope is None or not scope.index or "loop" in scope.sets or not path.plain or len(path.keys) != 1:
            return ""
        field = LOOP_FIELDS.get(path.keys[0].code.strip("'"), "")
        return field.format(scope.index, scope.count)

    def path(self, node: nodes.Expr) -> Path:
        """Return the look-up that a chain of nodes stands for."""
        keys: list[Key] = []
        text, plain = path_text(node), True
        while not isinstance(node, nodes.Name):
            if isinstance(node, nodes.Getattr):
                keys.append(Key(repr(node.attr)))
                plain = plain and not node.attr.isdigit()
            else:
                assert isinstance(node, nodes.Getitem)
                keys.append(self.index(node.arg))
                plain = False
            node = node.node
        return Path(node.name, tuple(reversed(keys)), plain, text)

    def index(self, node: nodes.Expr) -> Key:
        """Return what stands in square brackets. What is computed is computed once."""
        if isinstance(node, nodes.Const):
            # A tuple, so that `loop["index"]` is no field of a loop, as in Tera.
            return Key(ascii((node.value,) if is_simple_key(node.value) else split_key(node.value)))
        name = self.temporary("k")
        return Key(f"({name} := as_key({self.maybe(node)}))", name)

    def frame_arguments(self) -> str:
        """Return code of the arguments by which the runtime finds the variables in scope here."""
        if self.scope is None:
            return "fr, None, ()"
        return f"fr, {self.locals_code}, {self.constant(self.scope.describe())}"


def path_text(node: nodes.Expr) -> str:
    """Return a path as its author wrote it, or nearly."""
    if isinstance(node, nodes.Getattr):
        return f"{path_text(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{path_text(node.node)}[{path_text(node.arg)}]"
    return node.name if isinstance(node, nodes.Name) else str(getattr(node, "value", ""))


def _tuple(codes: Iterable[str]) -> str:
    return f"({''.join(f'{code}, ' for code in codes)})"
