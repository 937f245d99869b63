"""Files are read and written through few doors; who opens one elsewhere is named here, with the reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "generator"
METHODS = frozenset(
    {"read_bytes", "read_text", "write_bytes", "write_text", "unlink", "rename", "rmtree", "copyfile", "copy2"}
)
FUNCTIONS = frozenset(
    {"os.open", "os.unlink", "os.remove", "os.rename", "os.replace", "os.link", "os.symlink", "os.rmdir"}
)

ALLOWED = {
    "files/*": "the door for reads, and the folder of hanji's own",
    "write/*": "the door for writes",
    "incremental/*": "hanji's own files in `.hanji/`, checked when they are read, and the output that it wrote",
    "tera/cache.py": "hanji's own files in `.hanji/`",
    "tera/engine.py": "for programs that use the engine alone",
    "tera/dates/locales.py": "tables of the package",
    "text/characters.py": "tables of the package",
    "highlight/*": "tables and themes of the package",
    "markdown/emoji.py": "a table of the package",
    "search/*": "tables and scripts of the package",
    "templating/functions/filters.py": "a table of the package",
    "serve/live_page.py": "a script of the package",
    "serve/application.py": "files of the snapshot, which it was looked up in",
    "assets/sass.py": "a temporary folder for the compiler",
    "assets/images.py": "Pillow opens images itself, after they were looked at",
    "commands/new.py": "the new page, never over another",
    "commands/init.py": "the new site, in a folder that has none",
    "commands/reproduce.py": "a temporary folder with two builds",
}


def find_accesses(tree: ast.AST) -> Iterator[int]:
    """Yield the lines at which files are opened, changed or removed."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in ("open", "FileIO"):
            yield node.lineno
        elif isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in METHODS or ast.unparse(node.func) in FUNCTIONS or ast.unparse(node.func).endswith("Image.open"):
                yield node.lineno


def is_allowed(path: str) -> bool:
    return any(fnmatch(path, pattern) for pattern in ALLOWED)


def test_no_file_is_opened_elsewhere() -> None:
    found = {
        f"{file.relative_to(PACKAGE)}:{line}"
        for file in PACKAGE.rglob("*.py")
        if not is_allowed(file.relative_to(PACKAGE).as_posix())
        for line in find_accesses(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert found == set()


def test_no_leave_is_given_that_nobody_uses() -> None:
    used = {
        pattern
        for file in PACKAGE.rglob("*.py")
        for pattern in ALLOWED
        if fnmatch(file.relative_to(PACKAGE).as_posix(), pattern)
        and any(find_accesses(ast.parse(file.read_text(encoding="utf-8"))))
    }
    assert used == ALLOWED.keys()


def test_the_check_sees_an_access() -> None:
    code = "open('a')\nPath('a').read_bytes()\nos.replace(a, b)\nshutil.rmtree(a)\nread_regular(a)\nImage.open(a)\n"
    assert list(find_accesses(ast.parse(code))) == [1, 2, 3, 4, 6]
