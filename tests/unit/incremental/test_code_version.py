"""What is kept holds for one program with one set of libraries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.incremental import memory


def find_version() -> bytes:
    memory._code_version.cache_clear()
    return memory._code_version()


@pytest.fixture(autouse=True)
def _forgotten_afterwards() -> Iterator[None]:
    yield
    memory._code_version.cache_clear()


def test_the_version_is_the_same_each_time() -> None:
    assert find_version() == find_version()


@pytest.mark.parametrize("name", ["Pygments-9.0.dist-info", "markdown_it_py-9.0.dist-info", "jinja2-9.0.egg-info"])
def test_another_library_is_another_version(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    before = find_version()
    (tmp_path / name).mkdir()
    assert find_version() != before


def test_libraries_that_make_no_bytes_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    before = find_version()
    (tmp_path / "types_pygments-9.0.dist-info").mkdir()
    (tmp_path / "click-9.0.dist-info").mkdir()
    assert find_version() == before


def test_another_program_is_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "incremental" / "memory.py"
    file.parent.mkdir()
    monkeypatch.setattr(memory, "__file__", str(file))
    file.write_text("a = 1\n", encoding="utf-8")
    before = find_version()
    file.write_text("a = 2\n", encoding="utf-8")
    changed = find_version()
    file.rename(file.with_name("other.py"))
    assert len({before, changed, find_version()}) == 3
