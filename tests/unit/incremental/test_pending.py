"""Files that a preview leaves pending are what an eager build makes, made once, and kept by the next build."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from laws.living_blog import picture, read_output

from generator.errors import SiteError
from generator.model.options import BuildOptions
from generator.model.output import OutputFile, SiteOutput
from generator.pipeline import Preview
from generator.render.jobs import Job
from generator.render.output import OutputStage, render_job


def options(site) -> BuildOptions:
    return BuildOptions(root=site.root, jobs=1, cache=True)


def contents(output: SiteOutput) -> dict[str, bytes]:
    return {**read_output(output), **{path: file.read() for path, file in output.pending.items()}}


def make_all(preview: Preview) -> None:
    while preview.make_next():
        pass


@pytest.fixture
def blog(site):
    site.write("templates/page.html", "{{ page.title }} {{ page.content | safe }}")
    return site.page("a.md", "하나").page("b.md", "둘")


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of what has been rendered since it was last cleared."""
    paths: list[str] = []

    def render(job: Job, stage: OutputStage) -> OutputFile:
        paths.append(job.path)
        return render_job(job, stage)

    monkeypatch.setattr("generator.incremental.outputs.render_job", render)
    return paths


def test_what_is_pending_is_what_a_build_makes(blog) -> None:
    output = Preview(patience_s=0).build(options(blog))
    assert "a/index.html" in output.pending
    assert contents(output) == contents(Preview().build(options(blog)))


def test_a_file_is_made_once(blog, rendered: list[str]) -> None:
    preview = Preview(patience_s=0)
    output = preview.build(options(blog))
    assert rendered == []
    assert output.pending["a/index.html"].read() is output.pending["a/index.html"].read()
    make_all(preview)
    assert sorted(rendered) == sorted(output.pending)


def test_the_next_build_keeps_what_was_made(blog, rendered: list[str]) -> None:
    preview = Preview(patience_s=0)
    preview.build(options(blog)).pending["a/index.html"].read()
    blog.page("b.md", "셋")
    after = preview.build(options(blog))
    assert "a/index.html" in after.files
    assert "b/index.html" in after.pending
    assert contents(after) == contents(Preview().build(options(blog)))


def test_what_is_made_late_is_kept_although_tables_are_cleared(
    blog, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.incremental.fact_table._SLACK", 0)
    preview = Preview(patience_s=0)
    for version in range(3):
        preview.build(options(blog))
        make_all(preview)
        rendered.clear()
        blog.page("b.md", f"글 {version}")
    preview.build(options(blog))
    make_all(preview)
    assert rendered == ["b/index.html"]


def test_what_is_quick_is_not_pending(blog) -> None:
    assert not Preview(patience_s=60).build(options(blog)).pending


def test_a_failure_comes_when_the_file_is_asked_for(blog) -> None:
    blog.write("templates/page.html", "{{ page.nothing.there }}")
    preview = Preview(patience_s=0)
    output = preview.build(options(blog))
    with pytest.raises(SiteError, match="nothing"):
        output.pending["a/index.html"].read()
    with pytest.raises(SiteError, match="nothing"):
        make_all(preview)
    blog.write("templates/page.html", "mended")
    assert contents(preview.build(options(blog)))["a/index.html"] == b"mended"


def test_images_are_found_once_a_file_has_asked_for_them(blog) -> None:
    blog.write("static/p.png", picture(9))
    resized = '{% set image = resize_image(path="p.png", width=1, height=1, op="fill") %}{{ image.url | safe }}'
    blog.write("templates/page.html", resized)
    preview = Preview(patience_s=0)
    output = preview.build(options(blog))
    url = output.pending["a/index.html"].read().decode()
    path = url.removeprefix("https://example.com/")
    image = output.find_image(path)
    assert image is not None
    assert image.startswith(b"\x89PNG")
    assert output.find_image("processed_images/other.png") is None
    blog.page("c.md", "새 글")
    again = preview.build(options(blog))
    assert again.pending["b/index.html"].read().decode() == url
    assert again.files[path].data == image


def test_a_build_does_not_wait_for_what_is_being_made(blog, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = Preview(patience_s=0)
    output = preview.build(options(blog))
    going_on, may_end = threading.Event(), threading.Event()

    def render(job: Job, stage: OutputStage) -> OutputFile:
        going_on.set()
        assert may_end.wait(60)
        return render_job(job, stage)

    monkeypatch.setattr("generator.incremental.outputs.render_job", render)
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(output.pending["a/index.html"].read)
        assert going_on.wait(60)
        blog.page("b.md", "셋")
        after = preview.build(options(blog))
        may_end.set()
        assert "하나" in asked.result().decode()
    assert contents(after) == contents(Preview().build(options(blog)))
    assert contents(preview.build(options(blog))) == contents(after)


def test_what_is_made_after_a_failed_build_is_kept(blog, rendered: list[str]) -> None:
    preview = Preview(patience_s=0)
    preview.build(options(blog))
    blog.page("b.md", "[c](@/none.md)")
    with pytest.raises(SiteError):
        preview.build(options(blog))
    make_all(preview)
    rendered.clear()
    blog.page("b.md", "셋")
    preview.build(options(blog))
    make_all(preview)
    assert rendered == ["b/index.html"]


def test_what_takes_long_is_known_to(blog) -> None:
    preview = Preview(patience_s=0)
    preview.build(options(blog))
    make_all(preview)
    assert preview.next_seconds() == 0
    for body in ("셋", "넷"):
        blog.page("b.md", body)
        preview.build(options(blog))
        assert 0 < preview.next_seconds() < 60
