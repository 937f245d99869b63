"""Whatever becomes of `.hanji/`, the next build makes the same bytes, and what it leaves is whole again."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from laws.living_blog import Blog

from generator.write.lock import build_lock

Damage = Callable[[bytes], bytes]

DAMAGES: dict[str, Damage] = {
    "empty": lambda data: b"",
    "halved": lambda data: data[: len(data) // 2],
    "longer": lambda data: data + b"\0",
    "garbage": lambda data: b"\x00\xff garbage" * 9,
    "one bit": lambda data: data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
    "zeros within": lambda data: data[: len(data) // 2] + bytes(len(data) // 4) + data[len(data) * 3 // 4 :],
    "backwards": lambda data: data[::-1],
}
KINDS = ("state-*", "glance-*", "texts*", "templates/*", "output-*/tree/**/*")


def kept_files(blog: Blog, kind: str = "**/*") -> list[Path]:
    """Return what the last build left; files of the output as files of their own, not as links to those."""
    found = [file for file in sorted((blog.root / ".hanji").glob(kind)) if file.is_file()]
    for file in found:
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(data)
    return found


def check(blog: Blog) -> None:
    """Build as it is, and after an edit: all is right, and after that nothing is left to do."""
    assert blog.warm() == blog.cold()
    blog.write("content/posts/b.md", "+++\ntitle = 'b'\ndate = 2024-05-05\n+++\n새 글.\n")
    assert blog.warm() == blog.cold()
    assert blog.publish().timings() == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("names", [("empty", "halved", "longer", "garbage"), ("one bit", "zeros within", "backwards")])
def test_damaged_files(blog: Blog, kind: str, names: tuple[str, ...]) -> None:
    for number, name in enumerate(names):
        blog.publish()
        files = kept_files(blog, kind)
        assert files
        for file in files:
            file.write_bytes(DAMAGES[name](file.read_bytes()))
        blog.write("content/posts/a.md", f"+++\ntitle = 'a'\n+++\n다른 글 {number}.\n")
        check(blog)


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_in_the_place_of_a_file(blog: Blog, kind: str) -> None:
    blog.publish()
    for file in kept_files(blog, kind):
        file.unlink()
        (file / "x").mkdir(parents=True)
    assert blog.warm() == blog.cold()


def test_a_file_in_the_place_of_the_folder(blog: Blog) -> None:
    blog.write(".hanji", "not a folder")
    assert blog.warm() == blog.cold()
    assert blog.warm() == blog.cold()


def test_everything_at_once(blog: Blog) -> None:
    blog.publish()
    for file in kept_files(blog):
        file.write_bytes(b"\xff" + file.read_bytes()[1:])
    check(blog)


def test_the_memory_of_another_site(blog: Blog, tmp_path: Path) -> None:
    other = Blog(tmp_path / "other")
    for page in ("posts/a.md", "posts/c.md"):
        other.write(f"content/{page}", "+++\ntitle = '남의 글'\n+++\n남의 글.\n")
    other.write("templates/page.html", "남의 틀")
    other.publish()
    shutil.copytree(other.root / ".hanji", blog.root / ".hanji")
    check(blog)


def test_the_memory_of_an_older_state_of_this_site(blog: Blog, tmp_path: Path) -> None:
    blog.publish()
    shutil.copytree(blog.root / ".hanji", tmp_path / "old")
    blog.write("content/posts/a.md", "+++\ntitle = 'a'\n+++\n다른 글.\n")
    blog.write("templates/part.html", "다른 틀")
    blog.publish()
    shutil.rmtree(blog.root / ".hanji")
    shutil.copytree(tmp_path / "old", blog.root / ".hanji")
    check(blog)


@pytest.mark.parametrize("newer", ["state-*", "glance-*", "texts*", "output-*"])
def test_files_of_two_builds_mixed_up(blog: Blog, tmp_path: Path, newer: str) -> None:
    blog.publish()
    shutil.copytree(blog.root / ".hanji", tmp_path / "old")
    blog.write("content/posts/a.md", "+++\ntitle = 'a'\n+++\n다른 글.\n")
    blog.publish()
    for file in (blog.root / ".hanji").glob(newer):
        old = tmp_path / "old" / file.name
        if file.is_dir():
            shutil.rmtree(old, ignore_errors=True)
            shutil.copytree(file, old)
        else:
            shutil.copyfile(file, old)
    shutil.rmtree(blog.root / ".hanji")
    (tmp_path / "old").rename(blog.root / ".hanji")
    check(blog)


@pytest.fixture
def open_blog() -> Iterator[Blog]:
    """A published blog in a folder that every user may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    blog = Blog(folder / "blog")
    blog.publish()
    blog.write("content/posts/a.md", "+++\ntitle = 'a'\n+++\n다른 글.\n")
    blog.cold()  # loads all modules, which another user may perhaps not read
    yield blog
    for path in sorted(folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def as_no_superuser(folder: Path) -> Iterator[None]:
    """Be somebody who may not read and write all there is; the folder is theirs."""
    if os.geteuid():
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 65534, 65534, follow_symlinks=False)
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.mark.parametrize(("of_folders", "of_files"), [(0o555, 0o444), (0o755, 0o000), (0o000, 0o000), (0o111, 0o444)])
def test_a_memory_that_may_not_be_written_to_or_read(open_blog: Blog, of_folders: int, of_files: int) -> None:
    own = open_blog.root / ".hanji"
    with as_no_superuser(open_blog.root.parent):
        for path in sorted([own, *own.rglob("*")], reverse=True):
            path.chmod(of_folders if path.is_dir() else of_files)
        for _ in range(2):
            with build_lock(open_blog.root):
                assert open_blog.warm() == open_blog.cold()
