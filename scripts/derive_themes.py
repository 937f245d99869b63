"""Derive generator/highlight/data from the npm packages tm-themes and tm-grammars: themes and language names.

Fetch and unpack both beside each other, then run this with their folders:

    npm pack tm-themes@1.10.16 tm-grammars@1.29.0
    python scripts/derive_themes.py tm-themes/package tm-grammars/package

These versions are the ones whose names, rules and order are those of Zola 0.22.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

DATA_DIR = Path(__file__).parent.parent / "generator" / "highlight" / "data"

COLOUR_KEYS = (
    "foreground",
    "editor.foreground",
    "background",
    "editor.background",
    "editor.lineHighlightBackground",
    "editorLineNumber.foreground",
)
SETTINGS = ("foreground", "background", "fontStyle")

PLAIN = {"aliases": ["text", "txt"]}

# Languages whose lexer does not follow from their name: another name for it, or the nearest relative.
NEAREST_LEXERS: Mapping[str, str] = {
    "actionscript-3": "ActionScript3Lexer",
    "angular-html": "Angular2HtmlLexer",
    "angular-ts": "TypeScriptLexer",
    "apex": "JavaLexer",
    "ara": "RustLexer",
    "asm": "NasmLexer",
    "astro": "HtmlLexer",
    "ballerina": "JavaLexer",
    "bicep": "TerraformLexer",
    "blade": "PhpLexer",
    "c3": "CLexer",
    "cadence": "SwiftLexer",
    "cairo": "RustLexer",
    "clarity": "SchemeLexer",
    "cpp-macro": "CppLexer",
    "cue": "GoLexer",
    "docker": "DockerLexer",
    "dotenv": "IniLexer",
    "dream-maker": "CLexer",
    "edge": "HtmlLexer",
    "erb": "RhtmlLexer",
    "es-tag-css": "CssLexer",
    "es-tag-glsl": "GLShaderLexer",
    "es-tag-html": "HtmlLexer",
    "es-tag-sql": "SqlLexer",
    "es-tag-xml": "XmlLexer",
    "fortran-fixed-form": "FortranFixedLexer",
    "gdresource": "IniLexer",
    "gdshader": "GLShaderLexer",
    "genie": "ValaLexer",
    "glimmer-js": "JavascriptLexer",
    "glimmer-ts": "TypeScriptLexer",
    "gn": "PythonLexer",
    "hack": "PhpLexer",
    "handlebars": "HandlebarsHtmlLexer",
    "hjson": "Json5Lexer",
    "html-derivative": "HtmlLexer",
    "hurl": "HttpLexer",
    "imba": "CoffeeScriptLexer",
    "jinja-html": "HtmlDjangoLexer",
    "jison": "JavascriptLexer",
    "jsonc": "JsonLexer",
    "jsonl": "JsonLexer",
    "jssm": "JavascriptLexer",
    "lean": "Lean4Lexer",
    "markdown": "MarkdownLexer",
    "markdown-nix": "MarkdownLexer",
    "markdown-vue": "MarkdownLexer",
    "marko": "HtmlLexer",
    "mdc": "MarkdownLexer",
    "mdx": "MarkdownLexer",
    "moonbit": "RustLexer",
    "move": "RustLexer",
    "nextflow": "GroovyLexer",
    "nushell": "BashLexer",
    "objective-cpp": "ObjectiveCppLexer",
    "pkl": "KotlinLexer",
    "plsql": "PlPgsqlLexer",
    "postcss": "ScssLexer",
    "prisma": "GraphQLLexer",
    "qmldir": "IniLexer",
    "qss": "CssLexer",
    "razor": "CSharpAspxLexer",
    "reg": "RegeditLexer",
    "riscv": "GasLexer",
    "shaderlab": "HLSLShaderLexer",
    "shellscript": "ShellLexer",
    "shellsession": "ShellSessionLexer",
    "soy": "HtmlLexer",
    "ssh-config": "ApacheConfLexer",
    "stylus": "SassLexer",
    "surrealql": "SqlLexer",
    "svelte": "HtmlLexer",
    "system-verilog": "SystemVerilogLexer",
    "talonscript": "YamlLexer",
    "tasl": "RustLexer",
    "templ": "GoLexer",
    "ts-tags": "TypeScriptLexer",
    "twig": "TwigHtmlLexer",
    "typespec": "TypeScriptLexer",
    "v": "GoLexer",
    "vb": "VbNetLexer",
    "vue-html": "HtmlLexer",
    "vue-vine": "TypeScriptLexer",
    "wasm": "WatLexer",
    "wit": "RustLexer",
    "xsl": "XsltLexer",
    "zenscript": "JavaLexer",
}

_ENTRY = re.compile(r"^  \{\n(.*?)^  \}", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"^    name: '([^']+)'", re.MULTILINE)
_ALIASES = re.compile(r"^    aliases: \[\n(.*?)^    \]", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"'([^']+)'")


# Not under a permissive licence; the file of that name is written by hand, with the theme's main colours alone.
OWN_THEMES = frozenset({"aurora-x"})


def cut_theme(theme: Mapping[str, Any]) -> dict[str, Any]:
    """Return what colouring reads of a TextMate theme, in its order."""
    return {
        "name": theme["name"],
        "colors": {key: value for key, value in theme["colors"].items() if key in COLOUR_KEYS},
        "tokenColors": [_cut_rule(rule) for rule in theme["tokenColors"]],
    }


def _cut_rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    settings = {key: rule["settings"][key] for key in SETTINGS if key in rule.get("settings", {})}
    scope = {"scope": rule["scope"]} if "scope" in rule else {}
    return {**scope, "settings": settings}


def write_themes(package: Path) -> None:
    """Write one file for each theme of tm-themes, and the notices of all."""
    target = DATA_DIR / "themes"
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted((package / "themes").glob("*.json")):
        if file.stem in OWN_THEMES:
            continue
        write_json(target / file.name, cut_theme(json.loads(file.read_bytes())))
    (target / "NOTICE").write_text(_read_notice(package))


def parse_aliases(index: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each grammar of tm-grammars' index.js with its aliases."""
    for entry in _ENTRY.findall(index):
        name, aliases = _NAME.search(entry), _ALIASES.search(entry)
        if name:
            yield name[1], _QUOTED.findall(aliases[1]) if aliases else []


def find_lexer(name: str, aliases: list[str]) -> str | None:
    """Return the name of the Pygments lexer class that colours the language best, None where none comes near."""
    if name in NEAREST_LEXERS:
        return NEAREST_LEXERS[name]
    for alias in (name, *aliases):
        try:
            return find_lexer_class_by_name(alias).__name__
        except ClassNotFound:
            continue
    return None


def derive_languages(package: Path) -> dict[str, dict[str, Any]]:
    """Return the languages by their canonical names: aliases, TextMate scope, Pygments lexer."""
    aliases = dict(parse_aliases((package / "index.js").read_text()))
    languages: dict[str, dict[str, Any]] = {"plain": dict(PLAIN)}
    for file in sorted((package / "grammars").glob("*.json")):
        grammar = json.loads(file.read_bytes())
        name = grammar["name"]
        entry = {"aliases": sorted(aliases.get(name, [])), "scope": grammar["scopeName"], "lexer": None}
        entry["lexer"] = find_lexer(name, aliases.get(name, []))
        languages[name] = {key: value for key, value in entry.items() if value}
    return dict(sorted(languages.items()))


def write_json(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def _read_notice(package: Path) -> str:
    parts = re.split(r"(?m)^={20,}\n", (package / "NOTICE").read_text())
    kept = [part for part in parts if not any(part.startswith(f"Files:   {name}.json") for name in OWN_THEMES)]
    return f"{(package / 'LICENSE').read_text()}\n{('=' * 105 + chr(10)).join(kept)}"


def main(themes: Path, grammars: Path) -> None:
    write_themes(themes)
    languages = derive_languages(grammars)
    rows = (f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}" for name, entry in languages.items())
    (DATA_DIR / "languages.json").write_text("{\n" + ",\n".join(rows) + "\n}\n")
    (DATA_DIR / "NOTICE").write_text(
        "languages.json: names and aliases of the grammars in tm-grammars, under this licence.\n\n"
        + (grammars / "LICENSE").read_text()
    )


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:3]))
