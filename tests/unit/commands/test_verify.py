"""`hanji build --verify`: what is published, held against a build from nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    for name, text in {
        "config.toml": 'base_url = "https://example.com"\n',
        "templates/index.html": "{% for page in section.pages %}{{ page.title }}{% endfor %}",
        "templates/page.html": "<h1>{{ page.title }}</h1>\n{{ page.content | safe }}",
        "content/a.md": '+++\ntitle = "a"\n+++\n\n가나다\n',
        "static/b.txt": "b",
    }.items():
        _write(tmp_path / "site" / name, text)
    return tmp_path / "site"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _change_unseen(file: Path, text: str) -> None:
    """Write a file so that nothing but its bytes tells of it."""
    before = file.stat()
    with open(file, "r+", encoding="utf-8") as stream:
        stream.write(text)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_site_that_is_as_it_should_be(hanji, blog: Path) -> None:
    for _ in range(2):
        answer = hanji("--root", blog, "build", "--verify")
        assert (answer.status, answer.out) == (0, "")
        assert "-> Verified: 6 files as a build from nothing makes them\n" in answer.err


def test_a_file_that_differs_is_shown_with_its_place_and_what_to_do(hanji, blog: Path) -> None:
    hanji("--root", blog, "build")
    _change_unseen(blog / "public/a/index.html", "<h1>a</h1>\n<p>가나바</p>\n")
    answer = hanji("--root", blog, "build", "--verify")
    assert answer.status == 1
    assert "makes this file otherwise, from byte 22 on" in answer.err
    assert "--> public/a/index.html:2:6" in answer.err
    assert "2 | <p>가나바</p>" in answer.err
    assert "there, it makes `<p>가나다</p>`" in answer.err
    assert "Delete `.hanji/`" in answer.err


def test_files_that_are_not_text_are_told_by_their_byte(hanji, blog: Path) -> None:
    (blog / "static/b.bin").write_bytes(b"\xff\0a")
    hanji("--root", blog, "build")
    file = blog / "public/b.bin"
    before = file.stat()
    file.write_bytes(b"\xff\0b")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    answer = hanji("--root", blog, "build", "--verify", "--format", "json")
    assert answer.status == 1
    assert (
        '"message": "A build from nothing makes this file otherwise, from byte 3 on", "file": "public/b.bin"'
        in answer.out
    )


def test_what_no_two_builds_make_alike_is_a_warning(hanji, blog: Path) -> None:
    _write(blog / "templates/page.html", "{{ get_random(end=1000000000000) }}")
    answer = hanji("--root", blog, "build", "--verify")
    assert answer.status == 0
    assert "warning: a/index.html comes out differently at every build, and cannot be verified" in answer.err
    assert "-> Verified: 5 files" in answer.err


def test_many_that_no_two_builds_make_alike_are_counted(hanji, blog: Path) -> None:
    _write(blog / "templates/page.html", "{{ get_random(end=1000000000000) }}")
    for number in range(12):
        _write(blog / f"content/n{number}.md", "+++\n+++\n")
    answer = hanji("--root", blog, "build", "--verify")
    assert answer.status == 0
    assert answer.err.count("cannot be verified") == 10
    assert "warning: 3 more come out differently at every build\n" in answer.err


def test_missing_and_surplus_files(blog: Path, hanji) -> None:
    from generator.commands.verify import verify
    from generator.errors import SiteErrors
    from generator.model.options import BuildOptions

    hanji("--root", blog, "build")
    (blog / "public/b.txt").unlink()
    (blog / "public/more.txt").touch()
    with pytest.raises(SiteErrors) as found:
        verify(BuildOptions(root=blog, jobs=1), blog, blog / "public")
    assert [(str(problem.where), problem.message) for problem in found.value.problems] == [
        ("public/b.txt", "A build from nothing makes this file; it is missing"),
        ("public/more.txt", "A build from nothing does not make this file"),
    ]


def test_dotfiles_that_are_to_stay_are_no_surplus(blog: Path, hanji) -> None:
    _write(blog / "config.toml", 'base_url = "https://example.com"\npreserve_dotfiles_in_output = true\n')
    hanji("--root", blog, "build")
    (blog / "public/.well-known").mkdir()
    (blog / "public/.well-known/x").touch()
    assert hanji("--root", blog, "build", "--verify").status == 0


def test_it_needs_a_published_site(hanji, blog: Path) -> None:
    answer = hanji("--root", blog, "build", "--verify", "--check-reproducible")
    assert answer.status == 2
    assert "--check-reproducible publishes nothing that --verify could look at." in answer.err
