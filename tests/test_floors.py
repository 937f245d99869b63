"""The floors of docs/architecture.md: a file imports only from floors below its own, or from its own room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"

# Top to bottom. A room is a folder of the package, or a file directly in it.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"__main__"}),
    frozenset({"cli"}),
    frozenset({"commands"}),
    frozenset({"pipeline"}),
    frozenset({"incremental"}),
    frozenset({"render"}),
    frozenset({"templating"}),
    frozenset({"content", "graph", "markdown", "highlight", "assets", "search", "config", "links", "write"}),
    frozenset({"tera", "model"}),
    frozenset({"data", "engine", "http", "serve"}),
    frozenset({"files"}),
    frozenset({"text", "errors"}),
    frozenset({"__init__"}),
)
HEIGHT = {room: -floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_rooms(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, "(a relative import)"
        elif isinstance(node, ast.ImportFrom) and node.module == "generator":
            for alias in node.names:
                yield node.lineno, alias.name if alias.name in HEIGHT else "__init__"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator."):
            yield node.lineno, (node.module or "").split(".")[1]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "generator":
                    yield node.lineno, [*alias.name.split("."), "__init__"][1]


def test_every_room_has_a_floor() -> None:
    rooms = {room_of(file) for file in PACKAGE.rglob("*.py")}
    assert rooms - HEIGHT.keys() == set()


@pytest.mark.parametrize("room", sorted(HEIGHT))
def test_a_room_imports_only_from_floors_below(room: str) -> None:
    wrong = [
        f"{file.relative_to(PACKAGE.parent)}:{line} imports {imported}"
        for file in PACKAGE.rglob("*.py")
        if room_of(file) == room
        for line, imported in imported_rooms(file)
        if imported != room and HEIGHT.get(imported, 1) >= HEIGHT[room]
    ]
    assert wrong == []


def test_the_check_sees_a_wrong_import(tmp_path: Path) -> None:
    file = tmp_path / "wrong.py"
    file.write_text("from generator.cli import main\nimport generator.render.plan\nfrom . import model\n")
    assert list(imported_rooms(file)) == [(1, "cli"), (2, "render"), (3, "(a relative import)")]
