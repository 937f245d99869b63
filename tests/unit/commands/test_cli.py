"""The command line as a whole: exit statuses, options before the command, help."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator import __version__
from generator.cli import cli
from generator.errors import SiteError


def test_version(hanji) -> None:
    for option in ("-V", "--version"):
        answer = hanji(option)
        assert (answer.status, answer.out) == (0, f"hanji {__version__}\n")


def test_no_arguments_show_the_help_as_wrong_usage(hanji) -> None:
    answer = hanji()
    assert answer.status == 2
    assert "Usage: hanji [OPTIONS] COMMAND [ARGS]..." in answer.out + answer.err


@pytest.mark.parametrize(
    "arguments", [("nope",), ("--nope",), ("build", "--nope"), ("build", "-r", "x"), ("help", "x")]
)
def test_wrong_usage_exits_2_and_names_the_help(hanji, arguments) -> None:
    answer = hanji(*arguments)
    assert answer.status == 2
    assert "--help" in answer.err
    assert "Error: No such" in answer.err


def test_help_lists_every_command_with_what_it_does(hanji) -> None:
    answer = hanji("--help")
    assert answer.status == 0
    for name in cli.list_commands(None):
        line = next(line for line in answer.out.split("\n") if line.startswith(f"  {name} "))
        assert len(line.split()) > 3, line


def test_help_of_a_command_is_its_own_help(hanji) -> None:
    assert hanji("help").out == hanji("--help").out
    assert hanji("help", "build").out == hanji("build", "--help").out


def test_every_help_text_keeps_to_eighty_columns(hanji) -> None:
    for name in cli.list_commands(None):
        for line in hanji("help", name).out.split("\n"):
            assert len(line) <= 100, line


def test_problem_of_the_site_exits_1_without_traceback(hanji, pipeline) -> None:
    pipeline.failure = SiteError("Something is wrong", hint="mend it")
    answer = hanji("--root", "site", "build")
    assert answer.status == 1
    assert answer.err.endswith("error: Something is wrong\n  = hint: mend it\n")
    assert not answer.out


def test_bug_exits_70_says_where_to_report_it_and_keeps_the_traceback(
    hanji, pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pipeline.failure = ZeroDivisionError("by zero")
    answer = hanji("--root", "site", "build")
    assert answer.status == 70
    assert "This is a bug in hanji: ZeroDivisionError: by zero" in answer.err
    assert "Please report this" in answer.err
    assert "Traceback" not in answer.err
    saved = next(tmp_path.glob("hanji-bug-*.txt"))
    assert str(saved) in answer.err
    assert "Traceback" in saved.read_text()
    assert "hanji --root site build" in saved.read_text()


def test_too_little_memory_is_no_bug(hanji, pipeline) -> None:
    pipeline.failure = MemoryError()
    answer = hanji("--root", "site", "build")
    assert answer.status == 1
    assert "There is not enough memory" in answer.err
    assert "--jobs 1" in answer.err


def test_interruption_exits_130(hanji, pipeline) -> None:
    pipeline.failure = KeyboardInterrupt()
    answer = hanji("--root", "site", "build")
    assert answer.status == 130
    assert "error" not in answer.err


def test_root_and_config_reach_the_pipeline(hanji, pipeline) -> None:
    hanji("-r", "site", "-c", "other.toml", "check")
    assert pipeline.options[0].root == Path("site")
    assert pipeline.options[0].config_file == Path("other.toml")


def test_colours_only_where_the_environment_allows(hanji, pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.failure = SiteError("no")
    assert "\x1b[" not in hanji("-r", "site", "build").err
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    assert "\x1b[" in hanji("-r", "site", "build").err
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in hanji("-r", "site", "build").err


def test_version_imports_no_command_and_no_pipeline() -> None:
    code = (
        "import sys\n"
        "from generator.cli import run\n"
        "run(['--version'])\n"
        "print(sorted(m for m in sys.modules if m.startswith('generator.')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[1] == str(
        [
            "generator.cli",
            "generator.commands",
            "generator.commands.messages",
            "generator.commands.site",
            "generator.commands.terminal",
            "generator.errors",
        ]
    )


def test_process_ends_with_the_status_and_all_that_was_said(tmp_path: Path) -> None:
    hanji = [sys.executable, "-m", "generator"]
    done = subprocess.run([*hanji, "completion", "zsh"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.rstrip().split("\n")[-1]) == (0, "fi")
    done = subprocess.run([*hanji, "--root", str(tmp_path), "build"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.startswith("Building site...\nerror: ")) == (1, True)


def test_reader_that_goes_early_is_no_problem() -> None:
    hanji = [sys.executable, "-m", "generator", "completion", "bash"]
    with subprocess.Popen(hanji, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
