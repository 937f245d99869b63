"""The benchmark's command line: what is measured, and in which order."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.builds.__main__ import parse_arguments, plan
from bench.builds.blogs import OWN
from bench.builds.generators import own_generator
from bench.builds.works import Session


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


@pytest.mark.parametrize(("rounds", "expected"), [(None, [5, 3, 1, 3, 1]), (2, [2, 2, 2, 2, 2])])
def test_large_blogs_and_those_with_many_terms_are_built_less_often(
    rounds: int | None, expected: list[int], tmp_path: Path
) -> None:
    session = Session(
        blogs=OWN, folder=tmp_path, own=own_generator(None), peers=(), rounds=rounds, record=lambda *_: None
    )
    usual = [session.rounds_of(posts) for posts in (1_000, 10_000, 100_000)]
    assert [*usual, *(session.dense_rounds_of(posts) for posts in (1_000, 2_000))] == expected
