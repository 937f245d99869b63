"""A machine that gives little or breaks off: what may not be read, long paths, few open files, little memory."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.errors import SiteError
from generator.model.options import BuildOptions
from generator.pipeline import check_site


@pytest.fixture
def forbid(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Take away the right to read a file or folder; from root, who keeps it, by what the system would answer."""

    def take(path: Path) -> None:
        path.chmod(0)
        if os.geteuid() == 0:
            for name in ("open", "scandir"):
                monkeypatch.setattr(os, name, partial(refuse, getattr(os, name), path))

    def refuse(call: Callable[..., Any], path: Path, wanted: Any, *rest: Any, **more: Any) -> Any:
        if isinstance(wanted, str | Path) and Path(wanted) == path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return call(wanted, *rest, **more)

    return take


@pytest.mark.parametrize(
    "path",
    [
        *("config.toml", "content/p.md", "content/posts/_index.md", "templates/page.html", "themes/t/theme.toml"),
        *("static/a.txt", "data.json", "i.png", "content/posts", "templates/shortcodes"),
    ],
)
def test_what_may_not_be_read_is_named_with_the_reason(site, forbid, path: str) -> None:
    site.write("config.toml", 'base_url = "https://example.com"\ntheme = "t"\n')
    site.page("p.md").page("posts/_index.md").write("templates/shortcodes/s.html", "").write("static/a.txt", "a")
    site.write("themes/t/theme.toml", "").write("themes/t/templates/keep.html", "").write("data.json", "{}")
    site.write("templates/page.html", "{{ load_data(path='data.json') }}{{ get_image_metadata(path='i.png') }}")
    Image.new("L", (1, 1)).save(site.root / "i.png")
    before = site.publish()
    site.page("q.md").write("static/a.txt", "changed")
    forbid(site.root / path)
    with pytest.raises(SiteError) as caught:
        site.publish()
    assert path in str(caught.value)
    assert "Permission denied" in str(caught.value)
    public = site.root / "public"
    assert {file for file in before if not (public / file).exists()} == set()
    assert not (public / "q").exists()


def test_a_static_folder_that_may_not_be_read_is_left_out_with_a_warning(site, forbid) -> None:
    site.write("static/closed/a.txt", "a").write("static/b.txt", "b")
    forbid(site.root / "static/closed")
    built = site.build()
    assert "b.txt" in built.files
    assert built.report.warnings == ("static/closed is not published: it may not be read",)


@pytest.mark.parametrize("path", ["a/" * 2_200, "b" * 300, "한" * 100], ids=["deep", "long", "bytes"])
def test_a_path_too_long_for_the_disk_is_told_and_the_old_output_stays(site, path: str) -> None:
    before = site.page("p.md").publish()
    site.write("content/q.md", f'+++\npath = "{path}"\n+++\n')
    with pytest.raises(SiteError, match="is too long for a disk") as caught:
        site.publish()
    assert path[:10] in str(caught.value)
    assert len(str(caught.value)) < 500
    assert {path: (site.root / "public" / path).read_bytes() for path in before} == before
    site.remove("content/q.md")
    assert site.publish() == before


def test_sections_as_deep_as_the_disk_allows(site) -> None:
    here = Path("content")
    for _ in range(120):
        here /= "s"
        site.write(f"{here}/_index.md", "+++\n+++\n")
    site.page(str((here / "p.md").relative_to("content")), "deep")
    assert "deep" in site.build().text(f"{'s/' * 120}p/index.html")


@pytest.mark.parametrize("folder", ["content", "templates", "sass"])
def test_folders_too_deep_in_each_other_are_told(site, folder: str) -> None:
    site.page("p.md").write("config.toml", 'base_url = "https://example.com"\ncompile_sass = true\n')
    site.write("sass/a.scss", "a { b: c }").write(f"{folder}/{'d/' * 300}a.scss", "")
    with pytest.raises(SiteError, match="Folders lie more than 250 deep") as caught:
        site.build()
    assert f"{folder}/d/d" in str(caught.value)


def test_after_a_power_cut_the_next_build_makes_good(site) -> None:
    """Names are there, as the last build gave them, but their bytes never reached the disk."""
    for number in range(6):
        site.page(f"p{number}.md", f"text {number}").write(f"static/{number}.txt", f"file {number}")
    whole = site.publish()
    for number, file in enumerate(sorted(file for file in site.root.rglob("*") if file.is_file())):
        below = file.relative_to(site.root).parts[0]
        if below in ("public", ".hanji") and number % 2:
            state = file.stat()
            os.truncate(file, 0 if number % 3 else state.st_size // 2)
            os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert site.publish() == whole


def _few_files() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def test_few_files_may_be_open(versions, hanji) -> None:
    versions.write("1")
    for number in range(200):
        versions.site.page(f"posts/more-{number}.md").write(f"static/more/{number}.txt", "")
    answer = hanji(versions.site.root, "build", "--jobs", "2", preexec_fn=_few_files)
    assert answer.status == 0, answer.said
    assert versions.standing() == {"1"}


def _memory(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def test_a_large_file_is_copied_piece_by_piece(versions, hanji) -> None:
    versions.write("1")
    with open(versions.site.root / "static/large.bin", "wb") as file:
        file.truncate(300_000_000)
    answer = hanji(versions.site.root, "build", "--jobs", "1", preexec_fn=partial(_memory, 250_000_000))
    assert answer.status == 0, answer.said
    assert (versions.public / "large.bin").stat().st_size == 300_000_000


def test_too_little_memory_is_told_and_the_old_output_stays(versions, hanji) -> None:
    versions.write("1")
    root = versions.site.root
    assert hanji(root, "build").status == 0
    versions.write("2")
    versions.site.write("templates/page.html", "{% set s = range(end=1000000) | join(sep='-') %}" + "{{ s }}" * 20)
    versions.site.write("config.toml", 'base_url = "https://example.com"\n[limits]\noutput_size = 2000000000\n')
    answer = hanji(root, "build", "--jobs", "1", preexec_fn=partial(_memory, 100_000_000))
    assert answer.status == 1, answer.said
    assert "memory" in answer.said
    assert "--jobs 1" in answer.said
    assert "Traceback" not in answer.said
    assert versions.standing() == {"1"}


def test_names_that_windows_cannot_have_are_told_by_a_check(site) -> None:
    site.page("what?.md").page("fine.md").page("aux/index.md").write("content/aux/a:b.txt", "").write("static/CON", "")
    warnings = check_site(BuildOptions(root=site.root, mode="check", jobs=1, skip_external_links=True)).warnings
    told = {warning.split("`")[1] for warning in warnings if "Windows" in warning}
    assert told == {"content/what?.md", "content/aux", "content/aux/a:b.txt", "aux", "static/CON"}
