"""The grammar of templates, one method a rule, from a template's source to a jinja2.nodes.Template.

White space may stand between the parts of a rule, except where its docstring joins them with `.`.
Blank space that a tag demands is written `_`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jinja2 import nodes
from msgspec.structs import replace

from generator.errors import locate
from generator.tera.errors import TeraError
from generator.tera.syntax import lexer as terminals
from generator.tera.syntax.complaints import complain
from generator.tera.syntax.lexer import Mismatch
from generator.tera.syntax.nodes import STORE, name
from generator.tera.syntax.rules import SyntaxProblem
from generator.tera.syntax.tags import Tag, TagParser, Tags, around
from generator.tera.syntax.whitespace import NO_TRIM, Piece, Trim, trim_body

MAX_TAG_NESTING = 30
"""How deep tags with a body may stand in each other."""

ANYWHERE = frozenset({"include", "set", "set_global", "if", "for", "filter", "raw"})
TOP = ANYWHERE | {"block", "macro"}
CONTENT = ANYWHERE | {"block"}
BLOCK = ANYWHERE | {"block", "super"}
LOOP = ANYWHERE | {"break", "continue"}
MACRO = ANYWHERE
FILTER = ANYWHERE | {"block"}


Branch = tuple[Tag, nodes.Expr | None, list[nodes.Node]]


def parse(template: str, source: str) -> nodes.Template:
    """Return the nodes of the template named `template`.

    Raises: TeraError at the first place that no rule matches; the line is the one that Tera reports.
    """
    parser = Parser(source)
    try:
        return parser.template()
    except SyntaxProblem as problem:
        message, at = problem.message, problem.at
    except RecursionError:
        message, at = "The template is nested too deep", parser.lexer.furthest
    except Mismatch:
        message, at = complain(parser.lexer, parser.open_tags)
    raise TeraError(message, where=locate(template, source, at))


class Parser(TagParser):
    """The rules of Tera's templates."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.open_tags: list[tuple[str, int]] = []
        self._untrimmed = 0
        self._tags: Mapping[str, Callable[[Tags], Piece]] = {
            "include": self.include_tag,
            "set": self.set_tag,
            "set_global": self.set_tag,
            "if": self.if_tag,
            "for": self.for_tag,
            "filter": self.filter_section,
            "raw": self.raw,
            "block": self.block,
            "macro": self.macro_definition,
            "break": self.break_tag,
            "continue": self.continue_tag,
        }

    def template(self) -> nodes.Template:
        """template = comment_tag . ... . top_imports? . (content | macro_definition)* . end"""
        while self.attempt(self.comment_tag) is not None:
            pass
        imports = self.top_imports()
        pieces = self.body(TOP)
        if self.lexer.pos < len(self.lexer.source):
            self.lexer.miss("the end of the template", self.lexer.pos)
            raise Mismatch
        return nodes.Template(imports + trim_body(pieces), lineno=0)

    def top_imports(self) -> list[nodes.Node]:
        """top_imports = import_macro_tag* . extends_tag? | extends_tag . import_macro_tag*"""
        found: list[nodes.Node] = []
        if (extends := self.attempt(self.extends_tag)) is not None:
            found.append(extends)
        while (imported := self.attempt(self.import_macro_tag)) is not None:
            found.append(imported)
        if extends is None and found and (extends := self.attempt(self.extends_tag)) is not None:
            found.append(extends)
        return found

    def body(self, allowed: Tags) -> list[Piece]:
        """body = content*"""
        pieces: list[Piece] = []
        while (piece := self.attempt(lambda: self.content(allowed))) is not None:
            pieces.append(piece)
        return pieces

    def content(self, allowed: Tags) -> Piece:
        """content = text | comment_tag | super_tag | variable_tag | one of the tags that are allowed here"""
        lexer, at = self.lexer, self.lexer.pos
        if match := terminals.TEXT.match(lexer.source, at):
            lexer.pos = match.end()
            return Piece(text=match.group(), at=at)
        if lexer.sees("{#"):
            return self.comment_tag()
        if lexer.sees("{{"):
            found = self.attempt(self.super_tag) if "super" in allowed else None
            return found or self.variable_tag()
        lexer.miss("a tag" if lexer.sees("{%") else "text", at)
        match = terminals.TAG_WORD.match(lexer.source, at)
        rule = self._tags.get(match.group(1)) if match and match.group(1) in allowed else None
        if rule is None:
            raise Mismatch
        return rule(allowed)

    def if_tag(self, allowed: Tags) -> Piece:
        """if = if_tag . body . (elif_tag . body)* . (else_tag . body)? . endif_tag"""
        start, test = self.condition_tag("if")
        self._push("if", start.at)
        branches: list[Branch] = []
        branch: tuple[Tag, nodes.Expr | None] | None = start, test
        while branch is not None:
            tag, condition = branch
            pieces = self.body(allowed - {"macro"})
            branch = None if condition is None else self._next_branch()
            end = branch[0] if branch is not None else self.end_tag("endif")
            branches.append((tag, condition, self._trim(pieces, Trim(left=tag.right, right=end.left))))
        self.open_tags.pop()
        return Piece(node=_if_node(test, branches), trim=around(start, end), at=start.at)

    def condition_tag(self, word: str) -> tuple[Tag, nodes.Expr]:
        """if_tag, elif_tag = tag_start ("if" | "elif") . _ logic_expr tag_end"""
        tag = self.open_tag(word)
        self.lexer.spaces()
        test = self.logic_expr()
        return self.close_tag(tag), test

    def for_tag(self, _: Tags) -> Piece:
        """forloop = for_tag . body . (else_tag . body)* . endfor_tag"""
        start, target, container = self.for_head()
        self._push("for", start.at)
        pieces = self.body(LOOP)
        otherwise: list[Piece] = []
        while self.attempt(lambda: self.end_tag("else")) is not None:
            otherwise = self.untrimmed(LOOP)
        end = self.end_tag("endfor")
        self.open_tags.pop()
        body = self._trim(pieces, Trim(left=start.right, right=end.left))
        node = nodes.For(target, container, body, trim_body(otherwise), None, False, lineno=start.at)
        return Piece(node=node, trim=around(start, end), at=start.at)

    def untrimmed(self, allowed: Tags) -> list[Piece]:
        """Return a body in which no tag trims: Tera forgets to for the part of a loop after `else`."""
        self._untrimmed += 1
        pieces = self.body(allowed)
        self._untrimmed -= 1
        return [replace(piece, trim=NO_TRIM) for piece in pieces]

    def for_head(self) -> tuple[Tag, nodes.Expr, nodes.Expr]:
        """for_tag = tag_start "for" . _ ident . ("," ident)? . _ "in" . _ (basic_expr_filter | array_filter) tag_end"""
        tag = self.open_tag("for")
        self.lexer.spaces()
        at = self.lexer.pos
        target: nodes.Expr = name(self.lexer.take(terminals.IDENT, "a name"), at, STORE)
        if self.lexer.accept(","):
            self.lexer.skip()
            value = name(self.lexer.take(terminals.IDENT, "a name"), at, STORE)
            target = nodes.Tuple([target, value], "store", lineno=at)
        self.lexer.spaces()
        self.lexer.literal("in")
        self.lexer.spaces()
        container = self.array_filter() if self.lexer.sees("[") else self.basic_expr_filter()
        return self.close_tag(tag), target, container

    def filter_section(self, _: Tags) -> Piece:
        """filter_section = tag_start "filter" . _ filter_call tag_end . body . endfilter_tag"""
        tag = self.open_tag("filter")
        self.lexer.spaces()
        function = self.filter_call(None)
        start = self.close_tag(tag)
        body, end = self.tagged_body("filter", start, FILTER)
        return Piece(node=nodes.FilterBlock(body, function, lineno=tag.at), trim=around(start, end), at=tag.at)

    def block(self, _: Tags) -> Piece:
        """block = tag_start "block" . _ ident tag_end . body . endblock_tag"""
        tag = self.open_tag("block")
        self.lexer.spaces()
        title = self.lexer.take(terminals.IDENT, "a block's name")
        start = self.close_tag(tag)
        body, end = self.tagged_body("block", start, BLOCK)
        return Piece(node=nodes.Block(title, body, False, False, lineno=tag.at), trim=around(start, end), at=tag.at)

    def macro_definition(self, _: Tags) -> Piece:
        """macro_definition = tag_start "macro" . _ macro_fn tag_end . body . endmacro_tag"""
        tag = self.open_tag("macro")
        self.lexer.spaces()
        title, names, defaults = self.macro_fn()
        start = self.close_tag(tag)
        body, end = self.tagged_body("macro", start, MACRO)
        node = nodes.Macro(title, names, defaults, body, lineno=tag.at)
        return Piece(node=node, trim=around(start, end), at=tag.at)

    def macro_fn(self) -> tuple[str, list[nodes.Name], list[nodes.Expr]]:
        """macro_fn = ident "(" (macro_def_arg ("," macro_def_arg)*)? ")\""""
        at = self.lexer.pos
        title = self.lexer.take(terminals.IDENT, "a macro's name")
        self.lexer.skip()
        if not self.lexer.accept("("):
            self.lexer.miss("a macro's name and arguments", at)
            raise Mismatch
        found = self.separated(self.macro_def_arg, trailing=False)
        self.lexer.skip()
        if not self.lexer.accept(")"):
            self.lexer.miss("a macro's name and arguments", at)
            raise Mismatch
        arguments = dict(found)
        names = [name(key, at, "param") for key in arguments]
        return title, names, list(arguments.values())

    def macro_def_arg(self) -> tuple[str, nodes.Expr]:
        """macro_def_arg = ident . "=" . (boolean | string | number) | ident"""
        at = self.lexer.pos
        argument = self.lexer.take(terminals.IDENT, "an argument")
        default = self.attempt(self._default)
        return argument, default or nodes.Const(None, lineno=at)

    def raw(self, _: Tags) -> Piece:
        """raw = tag_start "raw" tag_end . raw_text . endraw_tag"""
        tag = self.open_tag("raw")
        start = self.close_tag(tag)
        text = self.lexer.take(terminals.RAW_TEXT, "raw text")
        end = self.end_tag("endraw")
        [*data] = self._trim([Piece(text=text, at=tag.at)], Trim(left=start.right, right=end.left))
        node = data[0] if data else nodes.Output([], lineno=tag.at)
        return Piece(node=node, trim=around(start, end), at=tag.at)

    def tagged_body(self, word: str, start: Tag, allowed: Tags) -> tuple[list[nodes.Node], Tag]:
        """tagged_body = body . end_tag"""
        self._push(word, start.at)
        pieces = self.body(allowed)
        end = self.end_tag(f"end{word}")
        self.open_tags.pop()
        return self._trim(pieces, Trim(left=start.right, right=end.left)), end

    def _default(self) -> nodes.Expr:
        self.lexer.literal("=")
        at = self.lexer.pos
        if (word := self.lexer.find(terminals.BOOLEAN, "a value")) is not None:
            return nodes.Const(word in ("true", "True"), lineno=at)
        return self.attempt(self.string) or self.number()

    def _next_branch(self) -> tuple[Tag, nodes.Expr | None] | None:
        """Take `elif` with its condition, or `else`, if one follows."""
        branch = self.attempt(lambda: self.condition_tag("elif"))
        if branch is not None:
            return branch
        tag = self.attempt(lambda: self.end_tag("else"))
        return None if tag is None else (tag, None)

    def _trim(self, pieces: list[Piece], body: Trim) -> list[nodes.Node]:
        if self._untrimmed:
            return trim_body(replace(piece, trim=NO_TRIM) for piece in pieces)
        return trim_body(pieces, body)

    def _push(self, word: str, at: int) -> None:
        self.open_tags.append((word, at))
        if len(self.open_tags) > MAX_TAG_NESTING:
            raise SyntaxProblem(f"Tags may be nested {MAX_TAG_NESTING} deep at most", at)


def _if_node(test: nodes.Expr, branches: list[Branch]) -> nodes.If:
    (tag, _, body), *others = branches
    elifs = [nodes.If(t, b, [], [], lineno=g.at) for g, t, b in others if t is not None]
    otherwise = next((b for _, t, b in others if t is None), [])
    return nodes.If(test, body, elifs, otherwise, lineno=tag.at)
