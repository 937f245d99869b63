"""Derive generator/highlight/data/scopes.json: which TextMate scopes each Pygments token stands for, by language.

Learns from samples that textmate_scopes.mjs has read with the grammars themselves. For each token type, shape and
word it keeps the scopes that give the right colour to the most characters, over many themes. The table `default`,
for types that no language has of its own, is written by hand and stays as it is.

    python scripts/derive_scopes.py scopes.json
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from generator.highlight.languages import load_languages
from generator.highlight.painter import find_next_character
from generator.highlight.scopes import Entry, TokenScopes, describe_shape, parse_entry
from generator.highlight.themes import Match, list_builtin_themes, load_builtin_theme
from generator.highlight.tokens import split_tokens

TABLE = Path(__file__).parent.parent / "generator" / "highlight" / "data" / "scopes.json"

# Enough of them to tell scopes apart, few enough to try each scope with.
SAMPLE_THEMES = (
    "ayu-dark",
    "catppuccin-mocha",
    "dracula",
    "github-dark",
    "github-light",
    "gruvbox-dark-medium",
    "material-theme-darker",
    "monokai",
    "nord",
    "one-dark-pro",
    "rose-pine",
    "solarized-light",
    "tokyo-night",
    "vitesse-dark",
)
CANDIDATES = 12
# An entry stays out of the table unless it colours so many characters of the samples better.
MIN_GAIN = 6.0
MIN_WORD_GAIN = 3.0
MIN_SAMPLES = 2
# What authors name themselves says little about the language; what many of them write does.
MIN_NAME_SAMPLES = 8

# Languages that add to the table of another, which has more samples.
MODELS = {
    "angular-html": "html",
    "angular-ts": "typescript",
    "astro": "html",
    "edge": "html",
    "erb": "html",
    "es-tag-css": "css",
    "es-tag-glsl": "glsl",
    "es-tag-html": "html",
    "es-tag-sql": "sql",
    "es-tag-xml": "xml",
    "glimmer-js": "javascript",
    "glimmer-ts": "typescript",
    "hack": "php",
    "hcl": "terraform",
    "html-derivative": "html",
    "jinja-html": "html",
    "jsonc": "json",
    "jsonl": "json",
    "jsx": "javascript",
    "less": "css",
    "mdc": "markdown",
    "mdx": "markdown",
    "objective-cpp": "objective-c",
    "postcss": "scss",
    "qss": "css",
    "sass": "scss",
    "shellsession": "shellscript",
    "soy": "html",
    "svelte": "html",
    "system-verilog": "verilog",
    "ts-tags": "typescript",
    "tsx": "typescript",
    "vue": "html",
    "vue-html": "html",
    "xsl": "xml",
}

Stack = tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """How many characters stood under each scope stack, and in which samples."""

    stacks: Counter[Stack] = field(default_factory=Counter)
    samples: set[int] = field(default_factory=set)

    def add(self, other: Tally) -> None:
        self.stacks.update(other.stacks)
        self.samples |= other.samples


Key = tuple[str, str, str]  # token type, shape, text


def read_samples(file: Path) -> dict[str, dict[Key, Tally]]:
    """Return, by language, the scope stacks of every token of the samples, without the one for the whole file."""
    languages = load_languages()
    found: dict[str, dict[Key, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for number, row in enumerate(json.loads(file.read_bytes())):
        lexer = languages[row["language"]].lexer
        tokens = split_tokens(row["code"], lexer) if lexer else None
        for key, stacks in _pair(tokens or [], _spread(row)):
            tally = found[row["language"]][key]
            tally.stacks.update(stacks)
            tally.samples.add(number)
    return found


def _spread(row: Mapping[str, Any]) -> list[Stack]:
    """Return the scope stack of each character of a sample."""
    stacks: list[Stack] = []
    for line, parts in zip(row["code"].split("\n"), row["lines"], strict=True):
        of_line: list[Stack] = [()] * (len(line) + 1)
        for start, end, scopes in parts:
            of_line[start:end] = [tuple(scopes.split()[1:])] * (end - start)
        stacks.extend(of_line)
    return stacks


def _pair(tokens: list[tuple[str, str]], stacks: list[Stack]) -> Iterator[tuple[Key, list[Stack]]]:
    start = 0
    for at, (kind, text) in enumerate(tokens):
        under = [stacks[start + i] for i, char in enumerate(text) if not char.isspace()]
        start += len(text)
        if under:
            before = tokens[at - 1][1][-1] if at else ""
            yield (kind, describe_shape(text, before, find_next_character(tokens, at)), text), under


@cache
def look(language_scope: str, stack: Stack) -> tuple[Match, ...]:
    """Return what each of the sample themes makes of a stack."""
    return tuple(_match(theme, (language_scope, *stack)) for theme in SAMPLE_THEMES)


@cache
def compare(language_scope: str, one: Stack, other: Stack) -> float:
    """Return how alike two stacks look, from 0 to 1: the colour above all, then the font, then the classes."""
    pairs = list(zip(look(language_scope, one), look(language_scope, other), strict=True))
    colours = sum(a.style.foreground == b.style.foreground for a, b in pairs)
    fonts = sum(a.style.font == b.style.font for a, b in pairs)
    classes = sum(a.targets == b.targets for a, b in pairs)
    return (0.75 * colours + 0.15 * fonts + 0.1 * classes) / len(pairs)


_load = cache(load_builtin_theme)


@cache
def _match(theme: str, stack: Stack) -> Match:
    return _load(theme).match(stack)


@dataclass(slots=True)
class Learner:
    """Learns the table of one language. scope: the language's own. others: tables to improve upon, nearest first."""

    scope: str
    others: Sequence[Mapping[str, Entry]]
    table: dict[str, Entry] = field(default_factory=dict)

    def learn(self, tallies: Mapping[Key, Tally]) -> Mapping[str, Entry]:
        """Return token type → entry for the types that the other tables colour worse."""
        by_kind: dict[str, dict[Key, Tally]] = defaultdict(dict)
        for key, tally in tallies.items():
            by_kind[key[0]][key] = tally
        # A type before those that refine it: these need no entry when it serves them.
        for kind in sorted(by_kind, key=lambda name: (name.count("."), name)):
            self._learn_kind(kind, by_kind[kind])
        return dict(sorted(self.table.items()))

    def _learn_kind(self, kind: str, tallies: Mapping[Key, Tally]) -> None:
        before = self._find(kind)
        scopes = self._choose_scopes(kind, tallies)
        gain = sum(self._gain(tally, _look_up(scopes, key), _look_up(before, key)) for key, tally in tallies.items())
        if gain >= MIN_GAIN:
            self.table[kind] = self._write(scopes)

    def _find(self, kind: str) -> TokenScopes:
        """Return what the tables, this one included, say of a type by now."""
        while kind:
            for table in (self.table, *self.others):
                if kind in table:
                    return parse_entry(table[kind])
            kind = kind.rpartition(".")[0]
        return TokenScopes(words={}, shapes={"": ()})

    def _choose_scopes(self, kind: str, tallies: Mapping[Key, Tally]) -> TokenScopes:
        everything = _sum(tallies.values())
        shapes = {"": self._choose(everything)}
        enough = min(MIN_SAMPLES, len(everything.samples))
        chosen = TokenScopes(words={}, shapes=shapes)
        for shape, tally in sorted(_group(tallies, 1).items(), key=lambda item: (len(item[0]), item[0])):
            if not shape or len(tally.samples) < enough:
                continue
            best = self._choose(tally)
            if self._gain(tally, best, _look_up(chosen, (kind, shape, ""))) >= MIN_GAIN:
                shapes[shape] = best
        return TokenScopes(words=self._choose_words(kind, tallies, chosen), shapes=shapes)

    def _choose_words(self, kind: str, tallies: Mapping[Key, Tally], usual: TokenScopes) -> dict[str, Stack]:
        words: dict[str, Stack] = {}
        for text, tally in sorted(_group(tallies, 2).items()):
            named = kind.startswith("Name") and not kind.startswith("Name.Builtin") and text.isidentifier()
            if _is_word(kind, text) and len(tally.samples) >= (MIN_NAME_SAMPLES if named else MIN_SAMPLES):
                best = self._choose(tally)
                own = ((key, value) for key, value in tallies.items() if key[2] == text)
                if sum(self._gain(value, best, _look_up(usual, key)) for key, value in own) >= MIN_WORD_GAIN:
                    words[text] = best
        return words

    def _choose(self, tally: Tally) -> Stack:
        candidates = [stack for stack, _ in tally.stacks.most_common(CANDIDATES)]
        return max(candidates, key=lambda stack: self._score(tally, stack))

    def _score(self, tally: Tally, stack: Stack) -> float:
        return sum(count * compare(self.scope, stack, other) for other, count in tally.stacks.items())

    def _gain(self, tally: Tally, new: Stack, old: Stack) -> float:
        return 0 if new == old else self._score(tally, new) - self._score(tally, old)

    def _write(self, scopes: TokenScopes) -> Entry:
        written: dict[str, Any] = {shape: self._shorten(stack) for shape, stack in scopes.shapes.items()}
        by_scopes: dict[str, list[str]] = defaultdict(list)
        for word, stack in scopes.words.items():
            by_scopes[self._shorten(stack)].append(word)
        if by_scopes:
            written["words"] = {names: " ".join(words) for names, words in sorted(by_scopes.items())}
        return written[""] if len(written) == 1 else written

    def _shorten(self, stack: Stack) -> str:
        """Return the inner scopes of a stack that look the same as the whole in every theme."""
        themes = list_builtin_themes()
        whole = [_match(theme, (self.scope, *stack)) for theme in themes]
        for start in range(len(stack), -1, -1):
            inner = stack[start:]
            if [_match(theme, (self.scope, *inner)) for theme in themes] == whole:
                return " ".join(inner)
        return " ".join(stack)


def _look_up(scopes: TokenScopes, key: Key) -> Stack:
    _, shape, text = key
    case = shape[-1:] if shape[-1:] in ("A", "C", "9") else ""
    around = shape.removesuffix(case)
    if text in scopes.words:
        return scopes.words[text]
    return next(scopes.shapes[name] for name in (shape, around, case, "") if name in scopes.shapes)


def _is_word(kind: str, text: str) -> bool:
    """Tell whether a text says of itself what it is: a keyword, a sign, a well-known name; not prose."""
    if any(char.isspace() for char in text):
        return False
    prose = kind.startswith(("Comment", "Literal.String", "Generic", "Text"))
    return not any(char.isalnum() for char in text) if prose else len(text) < 25


def _group(tallies: Mapping[Key, Tally], part: int) -> dict[str, Tally]:
    groups: dict[str, Tally] = defaultdict(Tally)
    for key, tally in tallies.items():
        groups[key[part]].add(tally)
    return groups


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


def main(samples: Path) -> None:
    found = read_samples(samples)
    tables: dict[str, Mapping[str, Entry]] = {"default": json.loads(TABLE.read_bytes())["default"]}
    for language in sorted(found, key=lambda name: (name in MODELS, name)):
        model = MODELS.get(language)
        others = [tables[name] for name in (model, "default") if name in tables]
        own = Learner(scope=load_languages()[language].scope, others=others).learn(found[language])
        like = {"like": model} if model in tables else {}
        if own or like:
            tables[language] = {**like, **own}
    lines = [_write_table(name, table) for name, table in sorted(tables.items())]
    TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def _write_table(name: str, table: Mapping[str, Any]) -> str:
    rows = ",\n".join(f" {json.dumps(kind)}: {json.dumps(entry, ensure_ascii=False)}" for kind, entry in table.items())
    return f"{json.dumps(name)}: {{\n{rows}\n}}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
