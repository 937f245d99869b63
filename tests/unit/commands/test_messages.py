"""Problems and warnings for programs: one line each, on standard output."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from generator.errors import Location, SiteError, SiteErrors

PROBLEMS = SiteErrors(
    [
        SiteError("It is 100% broken", where=Location(file="a,b.md", line=3, column=7), hint="Mend it."),
        SiteError("It is\ngone", reasons=["because"]),
    ]
)


@pytest.mark.parametrize("command", ["build", "check"])
def test_json(hanji, pipeline, command: str) -> None:
    pipeline.failure = PROBLEMS
    said = hanji("--root", pipeline.root, command, "--format", "json")
    assert said.status == 1
    assert [json.loads(line) for line in said.out.splitlines()] == [
        {"level": "error", "message": "It is\ngone", "reasons": ["because"]},
        {
            "level": "error",
            "message": "It is 100% broken",
            "file": "a,b.md",
            "line": 3,
            "column": 7,
            "hint": "Mend it.",
        },
    ]


def test_github(hanji, pipeline) -> None:
    pipeline.failure = PROBLEMS
    assert hanji("--root", pipeline.root, "check", "--format", "github").out.splitlines() == [
        "::error::It is%0Agone%0AReason: because",
        "::error file=a%2Cb.md,line=3,col=7::It is 100%25 broken%0AHint: Mend it.",
    ]


def test_warnings_too_and_the_next_call_is_for_people_again(hanji, pipeline) -> None:
    pipeline.report = replace(pipeline.report, warnings=("look here",))
    said = hanji("--root", pipeline.root, "check", "--format", "json")
    assert json.loads(said.out) == {"level": "warning", "message": "look here"}
    assert "warning: look here" in hanji("--root", pipeline.root, "check").err
