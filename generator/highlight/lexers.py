"""Lexers for languages that Pygments reads too coarsely to colour as Zola does; imported with Pygments only."""

# mypy: disable-error-code="no-untyped-call"
# Pygments has types for its lexers, but none for what rules are made with.

from __future__ import annotations

import re
from typing import Any, ClassVar

from pygments.lexer import Lexer, RegexLexer, bygroups, default, include, this, using, words
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, Punctuation, String, Text, Whitespace

from generator.highlight.dispatch import Dispatcher
from generator.highlight.expressions import find_rules, make_lexer
from generator.highlight.places import Token

_BUILTINS = """
    . : alias bg bind break builtin caller cd command continue dirs disown echo enable eval exec exit false fc fg
    getopts hash help history jobs kill let logout popd printf pushd pwd read readarray mapfile return set shift
    shopt source suspend test times trap true type ulimit umask unalias unset wait
""".split()  # noqa: SIM905 - a list of words reads better without fifty pairs of quotes
_KEYWORDS = ("if", "then", "elif", "else", "fi", "while", "until", "do", "done", "esac", "in", "time", "coproc")
_DECLARATIONS = ("export", "local", "readonly", "declare", "typeset", "alias")

# What ends a word, and what a word may hold.
_END = r"(?=[\s;&|()<>`]|$)"
_WORD = r"[^\s;&|()<>`\"'$\\]"


class ShellLexer(RegexLexer):
    """Shell scripts, with commands, their options and their arguments told apart."""

    name = "Shell"
    flags = re.MULTILINE
    tokens: ClassVar[dict[str, Any]] = {
        "root": [
            (r"\s+", Whitespace),
            (r"#.*", Comment.Single),
            (r"\\\n", String.Escape),
            (r"\(\(", Punctuation, "arithmetic"),
            (r"\(", Punctuation, "subshell"),
            (r"\{(?=\s)|\}" + _END + r"|\)", Punctuation),
            (r";;&?|;&|;|&&|&(?!>)", Punctuation),
            (r"!(?=\s)|\|&?", Operator),
            (r"\[\[?(?=\s)", Punctuation, "condition"),
            (r"(function)([ \t]+)([^\s(){}]+)", bygroups(Keyword.Declaration, Whitespace, Name.Class)),
            (r"([\w:.-]+)([ \t]*)(\([ \t]*\))", bygroups(Name.Class, Whitespace, Punctuation)),
            (r"(for)([ \t]*)(\(\()", bygroups(Keyword, Whitespace, Punctuation), "arithmetic"),
            (r"(for|select)([ \t]+)(\w+)", bygroups(Keyword, Whitespace, Name.Variable.Class), "list"),
            (r"case" + _END, Keyword, ("patterns", "subject")),
            (words(_KEYWORDS, suffix=_END), Keyword),
            (words(_DECLARATIONS, suffix=_END), Keyword.Declaration, "declaration"),
            include("assignment"),
            (words(_BUILTINS, suffix=_END), Name.Builtin, "arguments"),
            (_WORD + r"(?:\\.|" + _WORD + ")*", Name.Function, "arguments"),
            default("arguments"),
        ],
        "subshell": [(r"\)", Punctuation, "#pop"), include("root")],
        # Zola: the grammar for sessions does not know a command's name right after the prompt, nor its arguments.
        "typed": [
            (r"[ \t]+", Whitespace),
            (r"#.*", Text, "#pop"),
            (r"(?=[\[({!]|\w+\+?=)", Text, "#pop"),
            (
                words(
                    (*_KEYWORDS, *_DECLARATIONS, "for", "select", "case", "function"), prefix="(?=", suffix=_END + ")"
                ),
                Text,
                "#pop",
            ),
            default(("#pop", "unnamed")),
        ],
        "unnamed": [
            include("redirects"),
            (r"(?<=\s)(?=[A-Za-z_]\w*\+?=)", Text, "#pop"),
            include("expansion"),
            (_WORD + "+|.", Text),
        ],
        "arguments": [
            include("redirects"),
            (r"(?<=\s)-" + _WORD + "+", Name.Attribute),
            (r"\d+(?:\.\d+)*" + _END, Number),
            include("expansion"),
            (r"[*?]", Name.Builtin.Pseudo),
            (r"[^\s;&|()<>`\"'$\\*?]+", String.Other),
            (r".", Text),
        ],
        "redirects": [
            (r"[ \t]+", Whitespace),
            (r"\\\n", String.Escape),
            (r"(?<=\s)#.*", Comment.Single),
            (
                r"(<<-?)([ \t]*)(['\"]?)(\\?\w+)(\3)(.*\n)((?:.*\n)*?)([ \t]*)(\4)$",
                bygroups(
                    *(Operator, Whitespace, String.Delimiter, String.Delimiter, String.Delimiter),
                    *(using(this, state="arguments"), String.Heredoc, Whitespace, String.Delimiter),
                ),
            ),
            (r"(?:\d|&(?=>))?(?:<<<|<<-?|>>|>\||[<>]&|<>|[<>](?!\())(?:\d+\b|-(?=\s))?", Operator),
            (r"[<>]\(", Punctuation, "subshell"),
            (r"(?=[\n;|&)])", Text, "#pop"),
        ],
        "declaration": [
            include("assignment"),
            (r"(?<=\s)\w+" + _END, Name.Variable.Global),
            include("arguments"),
        ],
        "assignment": [
            (
                r"([A-Za-z_]\w*)(\[[^\]\n]*\])?(\+?=)(\()",
                bygroups(Name.Variable.Global, Name.Variable, Operator, Punctuation),
                "array",
            ),
            (
                r"([A-Za-z_]\w*)(\[[^\]\n]*\])?(\+?=)",
                bygroups(Name.Variable.Global, Name.Variable, Operator),
                "value",
            ),
        ],
        "value": [include("expansion"), (_WORD + "+", String.Other), default("#pop")],
        "array": [
            (r"\)", Punctuation, "#pop"),
            (r"\s+", Whitespace),
            (r"#.*", Comment.Single),
            include("expansion"),
            (_WORD + "+", String.Other),
            (r".", Text),
        ],
        "list": [
            (r"in" + _END, Keyword),
            (r"[ \t]+", Whitespace),
            include("expansion"),
            (_WORD + "+", String.Other),
            default("#pop"),
        ],
        "subject": [(r"in" + _END, Keyword, "#pop"), include("list")],
        "patterns": [
            (r"\s+", Whitespace),
            (r"#.*", Comment.Single),
            (r"esac" + _END, Keyword, "#pop"),
            (r"[^()\n;|]*[^()\n;|\s]", String.Regex),
            (r"\||\(", Operator),
            (r"\)", Operator, "branch"),
            default("#pop"),
        ],
        "branch": [(r";;&?|;&", Punctuation, "#pop"), (r"(?=esac\b)", Text, "#pop"), include("root")],
        "condition": [
            (r"\]\]?" + _END, Punctuation, "#pop"),
            (r"(?=;)", Text, "#pop"),
            (r"\s+", Whitespace),
            (r"-[a-zA-Z]+(?=\s)|=~|==|!=|[=<>!]|&&|\|\|", Operator),
            (r"\d+" + _END, Number),
            include("expansion"),
            (r"[^\s\]&|\"'$`=!<>;\\]+|.", Text),
        ],
        "arithmetic": [
            (r"\)\)", Punctuation, "#pop"),
            (r"\s+", Whitespace),
            (r"\d\w*", Number),
            (r"[A-Za-z_]\w*", Name.Variable),
            include("expansion"),
            (r"[^\w\s)$\"'`\\]+|.", Operator),
        ],
        "expansion": [
            (r"\$\(\(", Punctuation, "arithmetic"),
            (r"\$\(", Punctuation, "subshell"),
            (r"(`)([^`]*)(`)", bygroups(String.Backtick, using(this), String.Backtick)),
            (r"\$\{", String.Interpol, "parameter"),
            (r"\$[A-Za-z_]\w*", Name.Variable),
            (r"\$[\d@*]", Name.Variable.Instance),
            (r"\$[#?!$-]", Name.Variable.Magic),
            (r"\$?'[^']*'?", String.Single),
            (r'\$?"', String.Double, "double"),
            (r"\\.", String.Escape),
            (r"\$", String.Other),
        ],
        "double": [
            (r'"', String.Double, "#pop"),
            (r'\\[$`"\\\n]', String.Escape),
            (r"[^\"\\$`]+|\\", String.Double),
            (r"\$(?![\w({@*#?!$-])", String.Double),
            include("expansion"),
            (r"`", String.Double),
        ],
        "parameter": [
            (r"\}", String.Interpol, "#pop"),
            (r"\d+|[@*]", Name.Variable.Instance),
            (r"\w+", Name.Variable),
            (r"[:\-=+?#%/^,!\[\]~]+", Operator),
            include("expansion"),
            (r"[^}\"'$`\\]|.|\n", String.Other),
        ],
    }


class ShellSessionLexer:
    """Shell sessions: prompts, the commands after them, and what these print. It gives its tokens by name at once."""

    _prompt = re.compile(
        r"((?:\(\S{1,99}\)\s*)?(?:sh\S{0,99}?|\w{1,99}\S{1,99}[:@]\S{1,99}(?:\s+\S{1,99})?|\[\S{1,99}?[:@].{1,99}?\].{0,99}?))?"
        r"(\s*)([#$%>❯➜\u0370-\u03ff])(\s+.*\n?)"
    )

    def __init__(self) -> None:
        shell = make_lexer(ShellLexer)
        self._commands = Dispatcher(shell, find_rules(shell) or {})

    def split(self, text: str) -> list[Token]:
        tokens: list[Token] = []
        for line in text.splitlines(keepends=True):
            found = self._prompt.fullmatch(line)
            if found:
                prefix, space, sign, command = found.groups("")
                parts = (("Name.Entity", prefix), ("Text.Whitespace", space), ("Generic.Prompt", sign))
                tokens += [part for part in parts if part[1]]
                tokens += self._commands.split(command, ("root", "typed"))
            else:
                tokens.append(("Generic.Output", line))
        return tokens


_INSTRUCTIONS = (
    "ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR"
)


class DockerLexer(RegexLexer):
    """Dockerfiles. As Zola shows them: instructions, strings and comments; what a `RUN` runs stays plain."""

    name = "Dockerfile"
    flags = re.MULTILINE | re.IGNORECASE
    tokens: ClassVar[dict[str, Any]] = {
        "root": [
            (r"^(\s*)(#.*)", bygroups(Whitespace, Comment.Single)),
            (r"^(\s*)(FROM)\b(.*?)\b(AS)\b", bygroups(Whitespace, Keyword, Text, Keyword)),
            (
                rf"^(\s*)(?:(ONBUILD)(\s+))?({_INSTRUCTIONS})(?=\s)",
                bygroups(Whitespace, Keyword.Namespace, Whitespace, Keyword),
            ),
            (r'"', String.Double, "double"),
            (r"'", String.Single, "single"),
            (r"\\.", String.Escape),
            (r"[^\"'\\\n]+|\\", Text),
            (r"\n", Whitespace),
        ],
        "double": [
            (r'"', String.Double, "#pop"),
            (r"\\.", String.Escape),
            (r'[^"\\]+|\\', String.Double),
        ],
        "single": [
            (r"'", String.Single, "#pop"),
            (r"\\.", String.Escape),
            (r"[^'\\]+|\\", String.Single),
        ],
    }


def _html_lexer(**options: Any) -> Lexer:
    """Return the lexer of HTML, which loads those of all languages in HTML; Markdown without a tag needs none."""
    from pygments.lexers import HtmlLexer

    html: Lexer = HtmlLexer(**options)
    return html


def _rest_of_line(kind: Any) -> list[Any]:
    """Return the rules for text of one type up to the end of its line, with marks in it."""
    return [(r"(?=\n)", Text, "#pop"), include("inline"), (r"\w+|[^\S\n]+|.", kind)]


class MarkdownLexer(RegexLexer):
    """Markdown, each mark of the text and of the line told apart; code inside it stays plain."""

    name = "Markdown"
    flags = re.MULTILINE
    tokens: ClassVar[dict[str, Any]] = {
        "root": [
            (r"\A---\n", Comment.Preproc, "front matter"),
            (r"^([ \t]*)(#{1,6})(?=\s)", bygroups(Whitespace, Generic.Heading.Mark), "heading"),
            (
                r"^([ \t]*)(```+|~~~+)([^`\n]*)(\n)((?:.*\n)*?)([ \t]*)(\2[`~]*)(?=[ \t]*$)",
                bygroups(
                    *(Whitespace, Keyword.Fence, Name.Label, Whitespace),
                    *(String.Code, Whitespace, Keyword.Fence),
                ),
            ),
            (r"^(?: {4}|\t).+", String.Code),
            (r"^=+[ \t]*$", Generic.Heading),
            (r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$", Generic.Rule),
            (r"^([ \t]*)([-*+])(?=\s)", bygroups(Whitespace, Keyword.Item), "item"),
            (r"^([ \t]*)(\d+[.)])(?=\s)", bygroups(Whitespace, Keyword.Number), "numbered item"),
            (r"^([ \t]*)(>)", bygroups(Whitespace, Keyword.Quote), "quote"),
            (r"^([ \t]*)(\|)(?=.*\|)", bygroups(Whitespace, Punctuation.Table), "table"),
            (
                r"^([ \t]*)(\[)([^\]\n]+)(\]:)([ \t]*)(\S+)",
                bygroups(Whitespace, Punctuation, Name.Constant, Punctuation, Whitespace, Name.Attribute),
            ),
            include("inline"),
            (r"\w+|[^\S\n]+|.", Text),
            (r"\n", Whitespace),
        ],
        "front matter": [
            (r"^---$", Comment.Preproc, "#pop"),
            (r"^([ \t-]*)([\w-]+)(:)", bygroups(Text, Name.Tag, Punctuation.Key)),
            (r"[^\n]+?(?=$)|\n", String.Scalar),
        ],
        "inline": [
            (r"\\[!-/:-@\[-`{-~]", String.Escape),
            (r"(`+)(.+?)(\1)", bygroups(String.Backtick.Quote, String.Backtick, String.Backtick.Quote)),
            (r"(\*\*|__)(?=\S)(.+?)(\1)", bygroups(Generic.Strong.Mark, Generic.Strong, Generic.Strong.Mark)),
            (r"(\*|\b_)(?=\S)([^*_\n]+)(\1)", bygroups(Generic.Emph.Mark, Generic.Emph, Generic.Emph.Mark)),
            (r"(~~)(?=\S)(.+?)(~~)", bygroups(Generic.Struck.Mark, Generic.Struck, Generic.Struck.Mark)),
            (
                r"(!\[)([^\]\n]*)(\])(\()([^)\s]*)([^)\n]*)(\))",
                bygroups(
                    *(Punctuation, Name.Image, Punctuation, Punctuation.Link),
                    *(Name.Attribute.Image, String.Title, Punctuation.Link),
                ),
            ),
            (
                r"(\[)([^\]\n]*)(\])(\()([^)\s]*)([^)\n]*)(\))",
                bygroups(
                    *(Punctuation, Name.Tag.Link, Punctuation, Punctuation.Link),
                    *(Name.Attribute, String.Title, Punctuation.Link),
                ),
            ),
            (
                r"(\[)([^\]\n]+)(\])(\[)([^\]\n]*)(\])",
                bygroups(Punctuation, Name.Tag.Link, Punctuation, Punctuation, Name.Constant, Punctuation),
            ),
            (r"(\[)([^\]\s][^\]\n]*)(\])", bygroups(Punctuation, Name.Tag.Link, Punctuation)),
            (r"(<)([a-z]+:[^>\s]+)(>)", bygroups(Punctuation, Name.Attribute, Punctuation)),
            (r"<!--(?:.|\n)*?-->", Comment.Multiline),
            (r"</?[a-zA-Z][^>\n]*>", using(_html_lexer)),
            (r"&#?\w+;", Name.Entity),
        ],
        "heading": [(r"#+(?=[ \t]*$)", Generic.Heading.Mark), *_rest_of_line(Generic.Heading)],
        "item": _rest_of_line(Generic.Item),
        "numbered item": _rest_of_line(Generic.Item.Numbered),
        "quote": _rest_of_line(Generic.Quote),
        "table": [
            (r"\|", Punctuation.Table),
            (r":?-+:?(?=[ \t]*(?:\||$))", Operator),
            *_rest_of_line(Generic.Table),
        ],
    }
