"""The Tera cases of the reference: the same text, or an error where one is due (of the parser: on the same line).

A case passes whatever it gives, so long as it is no crash, where the reference itself crashed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.tera import Tera, TeraError

FOLDER = Path(__file__).parent / "tera"
Case = Mapping[str, Any]


def load_cases() -> Mapping[str, list[Case]]:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in json.loads((FOLDER / "cases.json").read_text(encoding="utf-8")):
        groups[case["group"]].append(case)
    return groups


def load_realistic(folder: Path) -> Iterator[Case]:
    root = folder / "templates"
    templates = {
        file.relative_to(root).as_posix(): file.read_bytes().decode() for file in root.rglob("*") if file.is_file()
    }
    for render in json.loads((folder / "renders.json").read_text(encoding="utf-8")):
        named = folder / "expected" / (render["id"].split("/", 1)[-1] + Path(render["render"]).suffix)
        expected = named if named.exists() else folder / "expected" / Path(render["render"]).name
        yield {
            "id": render["id"],
            "templates": templates,
            "render": render["render"],
            "context": render["context"],
            "expect": {"ok": expected.read_bytes().decode()},
        }


def complaint(case: Case) -> str | None:
    """Say how a case fails; None if it passes."""
    expect = case["expect"]
    try:
        text = Tera(case["templates"]).render(case["render"], case["context"])
    except TeraError as error:
        if "ok" in expect:
            return f"{case['id']}: unexpected error: {error}"
        line = expect.get("line") if expect["kind"] == "parse" and not expect.get("panic") else None
        return f"{case['id']}: {error}, not on line {line}" if line not in (None, error.line) else None
    if "ok" in expect:
        return None if text == expect["ok"] else f"{case['id']}: {text!r} instead of {expect['ok']!r}"
    return None if expect.get("panic") else f"{case['id']}: {text!r} instead of an error"


CASES = load_cases()
REALISTIC = sorted(folder for folder in (FOLDER / "realistic").iterdir() if folder.is_dir())


@pytest.mark.parametrize("group", CASES)
def test_cases(group: str) -> None:
    assert [found for case in CASES[group] if (found := complaint(case))] == []


@pytest.mark.parametrize("folder", REALISTIC, ids=lambda folder: folder.name)
def test_realistic_templates(folder: Path) -> None:
    assert [found for case in load_realistic(folder) if (found := complaint(case))] == []
