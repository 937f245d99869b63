"""`hanji completion`: a script for each shell, and the candidates that the scripts ask for."""

from __future__ import annotations

import json

import pytest

from generator.cli import run


@pytest.mark.parametrize("shell", ["bash", "elvish", "fish", "powershell", "zsh"])
def test_each_shell_has_a_script_that_asks_hanji(hanji, shell: str) -> None:
    answer = hanji("completion", shell)
    assert answer.status == 0
    assert not answer.err
    assert "_HANJI_COMPLETE" in answer.out
    assert f"{shell}_complete" in answer.out


def test_other_shells_are_wrong_usage(hanji) -> None:
    answer = hanji("completion", "tcsh")
    assert answer.status == 2
    assert "'tcsh' is not one of 'bash', 'elvish', 'fish', 'powershell', 'zsh'" in answer.err


def candidates(monkeypatch, capfd, shell: str, words: str, position: int) -> list[str]:
    monkeypatch.setenv("_HANJI_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(position))
    with pytest.raises(SystemExit) as ended:
        run([])
    assert ended.value.code == 0
    return capfd.readouterr().out.rstrip("\n").split("\n")


def test_elvish_gets_kind_value_and_help(monkeypatch, capfd) -> None:
    words = json.dumps(["hanji", "--root", "my blog", "build", "--ba"])
    (line,) = candidates(monkeypatch, capfd, "elvish", words, 0)
    kind, value, help_text = line.split("\t")
    assert (kind, value) == ("plain", "--base-url")
    assert "Address" in help_text


def test_elvish_is_told_where_a_path_stands(monkeypatch, capfd) -> None:
    (line,) = candidates(monkeypatch, capfd, "elvish", json.dumps(["hanji", "--root", ""]), 0)
    assert line.split("\t")[0] in ("file", "dir")


def test_powershell_and_bash_get_commands(monkeypatch, capfd) -> None:
    assert candidates(monkeypatch, capfd, "powershell", "hanji chec", 1)[:2] == ["plain", "check"]
    assert candidates(monkeypatch, capfd, "bash", "hanji chec", 1) == ["plain,check"]


def test_what_is_to_be_explained_is_completed_as_a_file(monkeypatch, capfd) -> None:
    assert candidates(monkeypatch, capfd, "bash", "hanji explain pub", 2) == ["file,pub"]
