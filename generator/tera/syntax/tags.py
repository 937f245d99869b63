"""The grammar of tags without a body, one method a rule, and the parts that all tags share.

White space may stand between the parts of a rule, except where its docstring joins them with `.`.
Blank space that a tag demands is written `_`.
"""

from __future__ import annotations

from jinja2 import nodes
from msgspec import Struct

from generator.tera.syntax import lexer as terminals
from generator.tera.syntax.expressions import ExpressionParser
from generator.tera.syntax.lexer import Mismatch
from generator.tera.syntax.nodes import STORE, STORE_GLOBAL, name, output, super_call
from generator.tera.syntax.whitespace import Piece, Trim

Tags = frozenset[str]
"""The words of the tags that may stand at a place."""


class Tag(Struct, frozen=True):
    """A tag that opens or divides a body: where it stands and how it trims."""

    at: int
    left: bool
    right: bool


class TagParser(ExpressionParser):
    """The rules of Tera's tags without a body."""

    def extends_tag(self) -> nodes.Extends:
        """extends_tag = space . tag_start "extends" . _ string tag_end . space"""
        self.lexer.skip()
        tag = self.open_tag("extends")
        self.lexer.spaces()
        parent = self.string()
        self.close_tag(tag)
        self.lexer.skip()
        return nodes.Extends(parent, lineno=tag.at)

    def import_macro_tag(self) -> nodes.Import:
        """import_macro_tag = space . tag_start "import" . _ string . _ "as" . _ ident tag_end . space"""
        self.lexer.skip()
        tag = self.open_tag("import")
        self.lexer.spaces()
        file = self.string()
        self.lexer.spaces()
        self.lexer.literal("as")
        self.lexer.spaces()
        namespace = self.lexer.take(terminals.IDENT, "a namespace")
        self.close_tag(tag)
        self.lexer.skip()
        return nodes.Import(file, namespace, False, lineno=tag.at)

    def variable_tag(self) -> Piece:
        """variable_tag = variable_start value variable_end"""
        at = self.lexer.pos
        left = self.lexer.take(terminals.VARIABLE_START, "`{{`") == "{{-"
        self.lexer.skip()
        value = self.value()
        self.lexer.skip()
        right = self.lexer.take(terminals.VARIABLE_END, "`}}`") == "-}}"
        return Piece(node=output(value, at), trim=Trim(left=left, right=right), at=at)

    def super_tag(self) -> Piece:
        """super_tag = variable_start "super()" variable_end"""
        at = self.lexer.pos
        self.lexer.take(terminals.VARIABLE_START, "`{{`")
        self.lexer.skip()
        self.lexer.literal("super()")
        self.lexer.skip()
        self.lexer.take(terminals.VARIABLE_END, "`}}`")
        return Piece(node=super_call(at), trim=None, at=at)

    def comment_tag(self) -> Piece:
        """comment_tag = comment_start . comment_text . comment_end"""
        at = self.lexer.pos
        left = self.lexer.take(terminals.COMMENT_START, "`{#`") == "{#-"
        self.lexer.take(terminals.COMMENT_TEXT, "a comment")
        right = self.lexer.take(terminals.COMMENT_END, "`#}`") == "-#}"
        return Piece(trim=Trim(left=left, right=right), at=at)

    def include_tag(self, _: Tags) -> Piece:
        """include_tag = tag_start "include" . _ (string | string_array) ignore_missing? tag_end"""
        tag = self.open_tag("include")
        self.lexer.spaces()
        names = self.string_array() if self.lexer.sees("[") else nodes.List([self.string()], lineno=tag.at)
        self.lexer.skip()
        ignored = self.lexer.find(terminals.IGNORE_MISSING, "`ignore missing`") is not None
        tag = self.close_tag(tag)
        return Piece(node=nodes.Include(names, True, ignored, lineno=tag.at), trim=around(tag, tag), at=tag.at)

    def string_array(self) -> nodes.List:
        """string_array = "[" (string ",")* string? "]\""""
        at = self.lexer.pos
        self.lexer.literal("[")
        items: list[nodes.Expr] = list(self.separated(self.string))
        self.lexer.skip()
        self.lexer.literal("]")
        return nodes.List(items, lineno=at)

    def set_tag(self, _: Tags) -> Piece:
        """set_tag = tag_start ("set" | "set_global") . _ ident "=" value tag_end"""
        tag = self.open_tag("set")
        ctx = STORE_GLOBAL if self.lexer.accept("_global") else STORE
        self.lexer.spaces()
        target = name(self.lexer.take(terminals.IDENT, "a name"), tag.at, ctx)
        self.lexer.skip()
        self.lexer.literal("=")
        self.lexer.skip()
        value = self.value()
        tag = self.close_tag(tag)
        return Piece(node=nodes.Assign(target, value, lineno=tag.at), trim=around(tag, tag), at=tag.at)

    def break_tag(self, _: Tags) -> Piece:
        """break_tag = tag_start "break" tag_end"""
        tag = self.end_tag("break")
        return Piece(node=nodes.Break(lineno=tag.at), trim=around(tag, tag), at=tag.at)

    def continue_tag(self, _: Tags) -> Piece:
        """continue_tag = tag_start "continue" tag_end"""
        tag = self.end_tag("continue")
        return Piece(node=nodes.Continue(lineno=tag.at), trim=around(tag, tag), at=tag.at)

    def open_tag(self, word: str) -> Tag:
        """tag_start, `word`"""
        at = self.lexer.pos
        left = self.lexer.take(terminals.TAG_START, "a tag") == "{%-"
        self.lexer.skip()
        self.lexer.literal(word)
        return Tag(at, left, False)

    def close_tag(self, tag: Tag) -> Tag:
        """tag_end = "%}" | "-%}\""""
        self.lexer.skip()
        right = self.lexer.take(terminals.TAG_END, "`%}`") == "-%}"
        return Tag(tag.at, tag.left, right)

    def end_tag(self, word: str) -> Tag:
        """end_tag = tag_start `word` ident? tag_end; a name may follow only `endblock` and `endmacro`"""
        at = self.lexer.pos
        try:
            tag = self.open_tag(word)
        except Mismatch:
            self.lexer.miss(f"`{{% {word} %}}`", at)
            raise
        if word in ("endblock", "endmacro"):
            self.lexer.skip()
            self.lexer.find(terminals.IDENT, "a name")
        return self.close_tag(tag)


def around(start: Tag, end: Tag) -> Trim:
    return Trim(left=start.left, right=end.right)
