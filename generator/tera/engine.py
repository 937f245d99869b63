"""The engine: templates and what is registered for them, and the text that a template makes of a context."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from generator.errors import SiteError
from generator.tera.cache import BytecodeStore
from generator.tera.errors import CallError, TeraError
from generator.tera.facts import Facts
from generator.tera.filters import FILTERS, Filter
from generator.tera.functions import Function, builtin_functions
from generator.tera.library import Library
from generator.tera.limits import TeraLimits
from generator.tera.locating import located
from generator.tera.runtime.escaping import escaper_for
from generator.tera.runtime.rendering import Frame, Render, Rendering
from generator.tera.runtime.support import SUPPORT
from generator.tera.runtime.values import missing
from generator.tera.testers import TESTERS, Tester
from generator.tera.timing import TemplateTimer

DEFAULT_LIMITS = TeraLimits()


class CompiledTemplate:
    """A template's module, with the filters, functions and testers that it uses bound."""

    def __init__(
        self, name: str, parents: tuple[str, ...], namespace: dict[str, Any], timer: TemplateTimer | None
    ) -> None:
        self.name = name
        self.parents = parents
        self.root: Render = namespace["root"]
        self.blocks: Mapping[str, Render] = namespace["blocks"]
        self.macros: Mapping[str, Render] = namespace["macros"]
        if timer is not None:
            self.root = timer.timed(name, self.root)
            self.blocks, self.macros = timer.timed_all(name, self.blocks), timer.timed_all(name, self.macros)


class Tera:
    """A set of templates, and what renders them.

    templates: sources by name, or a folder whose files they are. All are parsed here; code is generated when a
    template is first used, and kept in `cache`.

    Raises: TeraError; of several broken templates it holds all as `problems`.
    """

    def __init__(
        self,
        templates: Mapping[str, str] | Path,
        *,
        cache: BytecodeStore | None = None,
        limits: TeraLimits = DEFAULT_LIMITS,
    ) -> None:
        sources = load_folder(templates) if isinstance(templates, Path) else templates
        self._limits = limits
        self._library = Library(sources, cache)
        self._filters: dict[str, Filter] = dict(FILTERS)
        self._functions: dict[str, Function] = builtin_functions(limits)
        self._testers: dict[str, Tester] = dict(TESTERS)
        self._safe: set[tuple[str, str]] = set()
        self._timer: TemplateTimer | None = None
        self._compiled: dict[str, CompiledTemplate] = {}
        self._macros: dict[tuple[str, str, str], Render] = {}

    @property
    def names(self) -> frozenset[str]:
        """The names of all templates."""
        return self._library.names

    def has(self, name: str) -> bool:
        """Say whether there is a template of that name."""
        return self._library.has(name)

    def dependencies(self, name: str) -> frozenset[str]:
        """Return the names that rendering `name` may read, itself among them; also of templates that are not there."""
        return self._library.dependencies(name)

    def ties(self, name: str) -> Facts:
        """Return what a template itself extends, imports and includes. Raises: KeyError for none of that name."""
        return self._library.ties(name)

    # -- what templates can call

    def register_filter(self, name: str, fn: Filter, *, safe: bool = False) -> None:
        """Let templates use `x | name(…)` as `fn(x, arguments)`. What a safe one returns is not escaped."""
        self._filters[name] = fn
        self._mark("filter", name, safe)

    def register_function(self, name: str, fn: Function, *, safe: bool = False) -> None:
        """Let templates use `name(…)` as `fn(arguments)`. What a safe one returns is not escaped."""
        self._functions[name] = fn
        self._mark("function", name, safe)

    def register_tester(self, name: str, fn: Callable[[Any, Sequence[Any]], bool]) -> None:
        """Let templates use `x is name(…)` as `fn(x, arguments)`; `x` is always defined."""

        self._testers[name] = partial(_test_defined, name, fn)
        self._forget()

    def extended(
        self,
        *,
        filters: Mapping[str, Filter] | None = None,
        functions: Mapping[str, Function] | None = None,
        testers: Mapping[str, Callable[[Any, Sequence[Any]], bool]] | None = None,
        safe: Iterable[str] = (),
        timer: TemplateTimer | None = None,
    ) -> Tera:
        """Return an engine of the same templates with more to call; `safe` names those whose result is not escaped.

        timer: is told how long each template takes.
        """
        engine = Tera.__new__(Tera)
        engine._limits, engine._library = self._limits, self._library
        engine._filters, engine._functions = dict(self._filters), dict(self._functions)
        engine._testers, engine._safe = dict(self._testers), set(self._safe)
        engine._compiled, engine._macros, engine._timer = {}, {}, timer or self._timer
        names = frozenset(safe)
        for name, fn in (filters or {}).items():
            engine.register_filter(name, fn, safe=name in names)
        for name, function in (functions or {}).items():
            engine.register_function(name, function, safe=name in names)
        for name, tester in (testers or {}).items():
            engine.register_tester(name, tester)
        return engine

    def __getstate__(self) -> dict[str, Any]:
        """Go to another process without the modules, which cannot be sent: they are made there when they are used."""
        return {**self.__dict__, "_compiled": {}, "_macros": {}}

    # -- rendering

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Return what the template `name` makes of `context`.

        Values are those of JSON; objects and arrays may be subclasses of dict, list and tuple that compute what they
        hold when it is asked for. Raises: TeraError.
        """
        if not self.has(name):
            raise TeraError(f"Template `{name}` not found")
        try:
            return self._render(name, dict(context))
        except (CallError, SiteError, RecursionError) as error:
            raise located(error, name, self._library) from error

    def _render(self, name: str, context: dict[str, Any]) -> str:
        template = self.module(name)
        root = self.module(template.parents[-1]) if template.parents else template
        rendering = Rendering(self, template, context, self._limits)
        pieces: list[str] = []
        root.root(rendering, Frame(name, dict(context)), pieces.append, escaper_for(name))
        text = "".join(pieces)
        if len(text) > self._limits.output_size:
            raise CallError(f"The output is larger than {self._limits.output_size} (`limits.output_size`)")
        return text

    # -- what a rendering asks for

    def module(self, name: str) -> CompiledTemplate:
        """Return a compiled template. Raises: KeyError if there is none of that name."""
        found = self._compiled.get(name)
        if found is None:
            namespace = {**SUPPORT, "NAME": name}
            exec(self._library.code(name), namespace)
            for variable, kind, called in namespace["bound"]:
                namespace[variable] = self._find(kind, called)
                namespace[f"{variable}_safe"] = (kind, called) in self._safe
            found = CompiledTemplate(name, self._library.parents(name), namespace, self._timer)
            self._compiled[name] = found
        return found

    def macro(self, template: str, namespace: str, name: str) -> Render:
        """Return the macro that `namespace::name` is in `template`. Raises: CallError if it is none."""
        key = template, namespace, name
        found = self._macros.get(key)
        if found is None:
            file = self._library.macro_file(template, namespace)
            if file is None:
                raise CallError(f"Macro namespace `{namespace}` is not found in template `{template}`: is it imported?")
            macro = self.module(file).macros.get(name)
            if macro is None:
                raise CallError(f"Macro `{namespace}::{name}` is not found in template `{template}`")
            found = self._macros[key] = macro
        return found

    def _find(self, kind: str, name: str) -> Callable[..., Any]:
        tables: dict[str, Mapping[str, Callable[..., Any]]] = {
            "filter": self._filters,
            "function": self._functions,
            "tester": self._testers,
        }

        def unknown(*_: object) -> None:
            raise CallError(f"{'Test' if kind == 'tester' else kind.capitalize()} `{name}` is not found")

        return tables[kind].get(name, unknown)

    def _mark(self, kind: str, name: str, safe: bool) -> None:
        self._safe.discard((kind, name))
        if safe:
            self._safe.add((kind, name))
        self._forget()

    def _forget(self) -> None:
        """Drop the modules, which hold what was registered when they were made."""
        self._compiled.clear()
        self._macros.clear()


def _test_defined(name: str, fn: Callable[[Any, Sequence[Any]], bool], value: Any, args: Sequence[Any]) -> bool:
    if value is missing:
        raise CallError(f"The test `{name}` needs a variable that is defined")
    return bool(fn(value, args))


def load_folder(folder: Path) -> dict[str, str]:
    """Read the templates of a folder, named by their path in it."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}
