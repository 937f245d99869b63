"""Jinja2's environment with Tera's parser before its compiler and Tera's code generator in it."""

from __future__ import annotations

from types import CodeType

from jinja2 import nodes
from jinja2.environment import Environment

from generator.tera.code import FILENAME
from generator.tera.compiler.generator import TeraCodeGenerator
from generator.tera.facts import Facts
from generator.tera.syntax.parser import parse
from generator.tera.syntax.ties import find_facts


class TeraEnvironment(Environment):
    """Parses and compiles Tera's templates."""

    code_generator_class = TeraCodeGenerator

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return parse(name or "", source)


ENVIRONMENT = TeraEnvironment(optimized=False)


def parse_template(name: str, source: str) -> tuple[nodes.Template, Facts]:
    """Return a template's nodes and its ties to others. Raises: TeraError."""
    tree = ENVIRONMENT._parse(source, name, FILENAME)
    return tree, find_facts(name, source, tree)


def compile_template(tree: nodes.Template) -> CodeType:
    """Return the code of a template's module."""
    return ENVIRONMENT.compile(tree, None, FILENAME)
