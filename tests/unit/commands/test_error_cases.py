"""Broken sites, and what their authors read: the exact message, exit status 1, and an output folder left as it was.

A case of tests/cases/errors is one file: a sentence, `$` and the command, then files and the expected standard error,
each after a line `=== NAME`. What a case does not give (config, templates) is a site that builds.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

CASES = sorted((Path(__file__).parents[2] / "cases/errors").glob("*.txt"))
SOUND_SITE = {
    "config.toml": 'base_url = "https://example.com"\n',
    "templates/index.html": "{{ config.title }}\n",
    "templates/section.html": "{{ section.content | safe }}\n",
    "templates/page.html": "{{ page.content | safe }}\n",
}


@dataclass(frozen=True)
class Case:
    """arguments: after `hanji`. files: the site, None for one that must not be there. stderr: what is to be read."""

    arguments: tuple[str, ...]
    files: dict[str, str | None]
    stderr: str


def read_case(text: str) -> Case:
    head, *parts = text.split("\n=== ")
    command = next(line for line in head.split("\n") if line.startswith("$ hanji "))
    files: dict[str, str | None] = dict(SOUND_SITE)
    for part in parts:
        name, _, body = part.partition("\n")
        if name.endswith(" (none)"):
            files[name.removesuffix(" (none)")] = None
        else:
            files[name] = body.rstrip("\n") + "\n"
    stderr = files.pop("stderr")
    assert stderr is not None
    return Case(tuple(command.split()[2:]), files, stderr)


def state_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return what each file holds and when it was written; what hanji keeps for itself is left out."""
    files = [file for file in folder.rglob("*") if file.is_file() and ".hanji" not in file.parts]
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_broken_site(file: Path, hanji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = read_case(file.read_text(encoding="utf-8"))
    root = tmp_path / "site"
    published = {"public/index.html": "the last good build\n", "public/old/index.html": "old\n"}
    for name, text in {**case.files, **published}.items():
        if text is not None:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(root)
    before = state_of(root)
    answer = hanji(*case.arguments)
    assert answer.err.replace(str(root), "$ROOT") == case.stderr
    assert (answer.status, answer.out) == (1, "")
    assert state_of(root) == before
    assert sorted(os.listdir(tmp_path)) == ["site"]


def test_cases_are_found() -> None:
    assert len(CASES) > 20
