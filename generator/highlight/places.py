"""Tokens in, tokens out: names are told apart by where they stand, as themes do in some languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Token = tuple[str, str]  # a token type such as `Name.Function`, and the text

# Themes that colour keys by depth begin anew, or end, after so many.
MAX_DEPTH = 9

_PARAMETER = ".Parameter"
_ARGUMENT = ".Argument"
_FUNCTION = ".Function"
_TYPE = ".Type"
_TYPE_WORDS = frozenset({"class", "enum", "extends", "implements", "interface", "new", "type"})
# The types before the parentheses of a definition; where a body must follow to tell it from a call.
_DEFINED = ("Name.Function", "Name.Class")
_DEFINED_WITH_BODY = ("Name", "Keyword.Declaration", "Keyword.Reserved")


def mark_places(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with `Name` as `Name.Parameter` in a definition's parentheses, `Name.Argument` in a call's.

    The name that a function with an arrow is given ends in `.Function`, one after `class` or `extends` in `.Type`.
    """
    marked = list(tokens)
    opened: list[tuple[int, str]] = []
    before, last = "", 0
    for at, (kind, text) in enumerate(tokens):
        if text.isspace():
            continue
        if kind == "Punctuation":
            if text == "=>":
                _mark_arrow(marked, last)
            elif "(" in text or ")" in text:
                _follow(marked, at, before, opened)
        elif tokens[last][1] in _TYPE_WORDS and kind.startswith("Name"):
            marked[at] = kind + _TYPE, text
        before, last = kind, at
    return marked


def mark_depths(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with the keys of inner objects as `Name.Tag.Depth2` and so on."""
    marked: list[Token] = []
    depth = 0
    for kind, text in tokens:
        if kind == "Punctuation":
            depth = max(depth + text.count("{") - text.count("}"), 0)
        deep = depth > 1 and kind.startswith("Name.Tag")
        marked.append((kind.replace("Tag", f"Tag.Depth{min(depth, MAX_DEPTH)}"), text) if deep else (kind, text))
    return marked


def _follow(marked: list[Token], at: int, before: str, opened: list[tuple[int, str]]) -> None:
    """Open or close the parentheses of a token. before: the type of the token in front of it."""
    for char in marked[at][1]:
        if char == "(":
            opened.append((at, before))
        elif char == ")" and opened:
            start, owner = opened.pop()
            after = _find_text(marked, at + 1)
            arrow = after.startswith("=>")
            if arrow:
                _mark_name(marked, start - 1)
            if arrow or _is_definition(owner, after):
                _mark(marked, start, at, _PARAMETER)
            elif owner.startswith("Name"):
                _mark(marked, start, at, _ARGUMENT)


def _is_definition(owner: str, after: str) -> bool:
    return owner.startswith(_DEFINED) or (after.startswith(("{", ":")) and owner.startswith(_DEFINED_WITH_BODY))


def _mark(marked: list[Token], start: int, end: int, place: str) -> None:
    for at in range(start + 1, end):
        kind, text = marked[at]
        if kind.startswith("Name") and not kind.endswith((_PARAMETER, _ARGUMENT)):
            marked[at] = kind + place, text


def _mark_arrow(marked: list[Token], last: int) -> None:
    """Mark the one name in front of an arrow, `x => …`."""
    if marked[last][0].startswith("Name"):
        _mark(marked, last - 1, last + 1, _PARAMETER)
        _mark_name(marked, last - 1)


def _mark_name(marked: list[Token], at: int) -> None:
    """Mark the name in `name = async (…) =>`. at: the place in front of the parentheses."""
    words = [place for place in range(at, max(at - 7, -1), -1) if not marked[place][1].isspace()]
    if words and marked[words[0]][1] == "async":
        words.pop(0)
    if len(words) > 1 and marked[words[0]][1] == "=" and marked[words[1]][0].startswith("Name"):
        kind, text = marked[words[1]]
        marked[words[1]] = kind + _FUNCTION, text


def _find_text(tokens: Sequence[Token], at: int) -> str:
    """Return the next text that is more than spaces; a colon only when it comes at once."""
    following = tokens[at][1] if at < len(tokens) else ""
    if following.startswith(":"):
        return following
    text = next((text for _, text in tokens[at : at + 3] if not text.isspace()), "")
    return "" if text.startswith(":") else text


# By lexer: what its tokens do not tell, though themes make use of it.
MARKS: Mapping[str, Callable[[Sequence[Token]], list[Token]]] = {
    "JsonLexer": mark_depths,
    **dict.fromkeys(("PythonLexer", "JavascriptLexer", "TypeScriptLexer", "JsxLexer", "TsxLexer"), mark_places),
}
