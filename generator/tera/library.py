"""The templates of an engine: parsed, checked against each other, compiled when first used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import CodeType
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.errors import Location, locate
from generator.tera.cache import BytecodeStore, Entry, entry_key, pack, unpack
from generator.tera.errors import CallError, TeraError, raise_together
from generator.tera.facts import Facts, Reference

if TYPE_CHECKING:
    from jinja2 import nodes


class Loaded(Struct):
    """A template: its source and ties, and its nodes or code, as far as they are needed so far."""

    source: str
    facts: Facts
    tree: nodes.Template | None = None
    code: CodeType | None = None

    def __reduce__(self) -> tuple[type[Loaded], tuple[str, Facts]]:
        """Go to another process without nodes and code, which are made there, or found in the store."""
        return Loaded, (self.source, self.facts)


class Library:
    """All templates, by name.

    Raises, when made: TeraError for every template that cannot be parsed; else for every missing parent or import.
    """

    def __init__(self, templates: Mapping[str, str], store: BytecodeStore | None) -> None:
        self._store = store
        self._loaded: dict[str, Loaded] = {}
        self._namespaces: dict[str, Mapping[str, str]] = {}
        problems: list[TeraError] = []
        for name, source in templates.items():
            try:
                self._loaded[name] = self._load(name, source)
            except TeraError as problem:
                problems.append(problem)
        raise_together(problems)
        raise_together(list(self._broken_ties()))
        self._parents = {name: self._chain(name) for name in self._loaded}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._loaded)

    def has(self, name: str) -> bool:
        return name in self._loaded

    def source(self, name: str) -> str:
        return self._loaded[name].source

    def ties(self, name: str) -> Facts:
        """Return a template's ties to others."""
        return self._loaded[name].facts

    def parents(self, name: str) -> tuple[str, ...]:
        """Return the templates that `name` extends, the nearest first."""
        return self._parents[name]

    def code(self, name: str) -> CodeType:
        """Return a template's code."""
        loaded = self._loaded[name]
        if loaded.code is None:
            loaded.code, loaded.tree = _compile(name, loaded), None
            if self._store is not None:
                self._store.put(entry_key(loaded.source), pack(Entry(loaded.facts, loaded.code)))
        return loaded.code

    def macro_file(self, template: str, namespace: str) -> str | None:
        """Return the template that `namespace` stands for in `template`; None if for none."""
        return self._namespaces_of(template).get(namespace)

    def dependencies(self, name: str) -> frozenset[str]:
        """Return the names that rendering `name` may read, itself among them; also of templates that are not there."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in found:
                continue
            found.add(current)
            if current in self._loaded:
                facts = self._loaded[current].facts
                waiting += [*facts.includes, *(reference.template for reference in _references(facts))]
        return frozenset(found)

    def _load(self, name: str, source: str) -> Loaded:
        key = entry_key(source) if self._store is not None else ""
        if self._store is not None and (data := self._store.get(key)) and (entry := unpack(data)):
            return Loaded(source, entry.facts, code=entry.code)
        tree, facts = _parse(name, source)
        if self._store is not None:
            self._store.put(key, pack(Entry(facts, None)))
        return Loaded(source, facts, tree)

    def _broken_ties(self) -> Iterator[TeraError]:
        for name, loaded in self._loaded.items():
            parent = loaded.facts.extends
            if parent is not None and not self.has(parent.template):
                yield self._error(name, parent, f"Template `{parent.template}`, which this one extends, does not exist")
            elif parent is not None and self._extends_itself(name):
                yield self._error(name, parent, f"Template `{name}` extends itself, through its parents")
            for macros in loaded.facts.imports:
                if not self.has(macros.template):
                    message = f"Template `{macros.template}`, whose macros this one imports, does not exist"
                    yield self._error(name, macros, message)

    def _error(self, name: str, tie: Reference, message: str) -> TeraError:
        return TeraError(message, where=locate(name, self.source(name), tie.at))

    def _extends_itself(self, name: str) -> bool:
        seen: set[str] = set()
        parent = self._loaded[name].facts.extends
        while parent is not None and parent.template not in seen and self.has(parent.template):
            seen.add(parent.template)
            parent = self._loaded[parent.template].facts.extends
        return name in seen

    def _chain(self, name: str) -> tuple[str, ...]:
        chain: list[str] = []
        parent = self._loaded[name].facts.extends
        while parent is not None:
            chain.append(parent.template)
            parent = self._loaded[parent.template].facts.extends
        return tuple(chain)

    def _namespaces_of(self, name: str, importers: tuple[str, ...] = ()) -> Mapping[str, str]:
        """Return the template of each namespace that `name` sees: its own, what its imports see, then its parents.

        importers: those who import each other, from the first one to `name`.
        """
        if name in self._namespaces:
            return self._namespaces[name]
        if name in importers:
            raise CallError(f"The templates {', '.join(f'`{each}`' for each in importers)} import each other's macros")
        facts = self._loaded[name].facts
        found = {"self": name} if facts.macros else {}
        for macros in facts.imports:
            found[macros.namespace] = macros.template
            found = {**self._namespaces_of(macros.template, (*importers, name)), **found}
        return self._add_parents(name, found)

    def _add_parents(self, name: str, found: Mapping[str, str]) -> Mapping[str, str]:
        # A macro file may extend the very template that imports it, which finds what is there so far.
        self._namespaces[name] = found
        try:
            for parent in self.parents(name):
                found = {**self._namespaces_of(parent), **found}
        except CallError:
            del self._namespaces[name]
            raise
        self._namespaces[name] = found
        return found


def _parse(name: str, source: str) -> tuple[nodes.Template, Facts]:
    # Jinja2 and the compiler take a while to load: a run that finds all its templates in the store does without.
    from generator.tera.compiler.environment import parse_template

    return parse_template(name, source)


def _compile(name: str, loaded: Loaded) -> CodeType:
    from generator.tera.compiler.environment import compile_template
    from generator.tera.syntax.rules import SyntaxProblem

    tree = loaded.tree if loaded.tree is not None else _parse(name, loaded.source)[0]
    try:
        return compile_template(tree)
    except SyntaxProblem as problem:
        message, where = problem.message, locate(name, loaded.source, problem.at)
    except (SyntaxError, RecursionError):
        message, where = "The template is nested too deep for Python to compile", Location(file=name)
    raise TeraError(message, where=where)


def _references(facts: Facts) -> list[Reference]:
    return [*([facts.extends] if facts.extends else []), *facts.imports]
