"""A disk that refuses: the message names the file, the old output stays, and the next build needs no help."""

from __future__ import annotations

import errno
import os
import resource
import signal

import pytest

from generator.errors import SiteError


def _small_files_only() -> None:
    # As on a full disk: `write` fails, and not this process.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def test_a_file_that_is_too_large_for_the_disk(versions, hanji) -> None:
    versions.write("1")
    root = versions.site.root
    assert hanji(root, "build").status == 0
    versions.write("2")
    versions.site.write("static/huge.bin", b"x" * 300_000)
    answer = hanji(root, "build", preexec_fn=_small_files_only)
    assert answer.status == 1
    assert "public/huge.bin" in answer.said
    assert versions.standing() == {"1"}
    assert hanji(root, "build").status == 0
    assert versions.standing() == {"2"}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO])
def test_every_refusal_has_words(versions, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    versions.write("1")
    versions.site.publish()
    versions.write("2")

    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("generator.write.fill.os.write", refuse)
    with pytest.raises(SiteError, match=rf"public/posts/\d+/index.html: .* {os.strerror(number)}"):
        versions.site.publish()
    assert versions.standing() == {"1"}
    monkeypatch.undo()
    versions.site.publish()
    assert versions.standing() == {"2"}


def test_two_builds_at_once(versions, start, hanji) -> None:
    versions.write("1")
    root = versions.site.root
    with start(root, "build") as one, start(root, "build") as other:
        for build in (one, other):
            build.communicate(timeout=60)
    assert (one.returncode, other.returncode) == (0, 0)
    assert versions.standing() == {"1"}


def test_what_the_last_build_left_is_not_trusted(versions) -> None:
    """Whatever becomes of `.hanji/`: cut, filled with something else, or mixed up, the next build is right."""
    versions.write("1")
    versions.site.publish()
    damages = (lambda data: b"", lambda data: data[: len(data) // 2], lambda data: b"null", lambda data: data[::-1])
    for number, damage in enumerate(damages):
        for file in (versions.site.root / ".hanji").rglob("*"):
            if file.is_file() and not file.is_relative_to(versions.public) and "tree" not in file.parts:
                file.write_bytes(damage(file.read_bytes()))
        version = "2" if number % 2 == 0 else "1"
        versions.write(version)
        versions.site.publish()
        assert versions.standing() == {version}
