"""The benchmark's command line: what is measured, and in which order."""

from __future__ import annotations

import sys

import pytest

from bench.builds.__main__ import parse_arguments, plan


def planned(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[tuple[str, int]]:
    monkeypatch.setattr(sys, "argv", ["bench", *arguments])
    return list(plan(parse_arguments()))


def test_everything_is_measured_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = planned(monkeypatch)
    assert ("cold", 10_000) in everything
    assert [posts for work, posts in everything if work == "dense"] == [1_000, 2_000]
    assert 100_000 not in {posts for _, posts in everything}


def test_works_and_sizes_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert planned(monkeypatch, "--only", "edit,cold", "--sizes", "5,6") == [
        *[("edit", 5), ("edit", 6)],
        *[("cold", 5), ("cold", 6)],
    ]


def test_the_huge_blog_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    assert planned(monkeypatch, "--only", "cold", "--sizes", "5", "--huge") == [("cold", 5), ("cold", 100_000)]


def test_an_unknown_work_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        planned(monkeypatch, "--only", "cold,warm")
    assert "warm: not one of cold" in capsys.readouterr().err
