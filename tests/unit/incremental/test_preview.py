"""A preview builds again and again; what it leaves behind is right for the next one, whatever became of the site."""

from __future__ import annotations

import pytest
from laws.living_blog import Files, read_output
from msgspec.structs import replace

from generator.model.content import Rendered
from generator.model.options import BuildOptions
from generator.pipeline import Preview
from generator.render.bodies import BodyStage, render_body


def shown(preview: Preview, site) -> Files:
    return read_output(preview.build(BuildOptions(root=site.root, jobs=1, cache=True)))


@pytest.fixture
def noted(site):
    site.write("templates/shortcodes/note.html", "one")
    return site.page("a.md", "{{ note() }}").page("b.md", "본문")


def test_an_edit_that_was_taken_back_leaves_nothing(noted) -> None:
    preview = Preview()
    before = shown(preview, noted)
    noted.write("templates/shortcodes/note.html", "two").page("b.md", "다른 본문")
    assert shown(preview, noted) != before
    noted.write("templates/shortcodes/note.html", "one").page("b.md", "본문")
    assert shown(Preview(), noted) == before


def test_lost_texts_are_made_again(noted) -> None:
    before = shown(Preview(), noted)
    for file in (noted.root / ".hanji").glob("texts*"):
        file.unlink()
    noted.write("templates/page.html", "{{ page.content | safe }}!")
    assert shown(Preview(), noted)["b/index.html"] == before["b/index.html"] + b"!"


def test_texts_are_kept_for_another_address(site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("templates/shortcodes/note.html", "{{ config.base_url }}")
    site.write("templates/page.html", "{{ page.toc }}{{ page.content | safe }}")
    for name, body in {
        "a": "# 제목\n\n[b](@/b.md#c)",
        "b": "# c\n\n<https://example.com/x>",
        "c": "{{ note() }}",
    }.items():
        site.page(f"{name}.md", body)
    site.publish()
    rendered: list[str] = []

    def render(key: str, stage: BodyStage) -> Rendered:
        rendered.append(key)
        return render_body(key, stage)

    monkeypatch.setattr("generator.incremental.bodies.render_body", render)
    options = BuildOptions(root=site.root, jobs=1, mode="serve", base_url="http://127.0.0.1:1111")
    warm = Preview().build(replace(options, cache=True))
    assert rendered == ["b.md", "c.md"]
    assert read_output(warm) == read_output(Preview().build(options))


def test_zero_characters_of_a_text_are_no_address(site) -> None:
    site.page("a.md", "# 제\0목\n\n본\0문").write(
        "templates/page.html", "{{ page.toc.0.title }}{{ page.content | safe }}"
    )
    page = shown(Preview(), site)["a/index.html"].decode()
    assert page.startswith("제\0목<h1")
    assert "본\0문" in page


def build_after(preview: Preview, site, *changed: str) -> Files:
    """Build when the content is known to have changed at these paths alone."""
    options = BuildOptions(root=site.root, jobs=1, cache=True)
    return read_output(preview.build(options, doubtful=frozenset(site.root / path for path in changed)))


def test_content_that_is_not_doubtful_is_not_looked_at(noted) -> None:
    preview = Preview()
    before = shown(preview, noted)
    noted.page("a.md", "글").page("b.md", "다른 본문").page("c.md", "새 글")
    hasty = build_after(preview, noted, "content/a.md")
    assert hasty["a/index.html"] != before["a/index.html"]
    assert hasty["b/index.html"] == before["b/index.html"]
    assert "c/index.html" not in hasty
    assert shown(preview, noted) == shown(Preview(), noted)


def test_what_is_doubtful_may_be_anything(noted) -> None:
    preview = Preview()
    noted.write("content/folder/_index.md", "+++\n+++\n").page("folder/d.md", "글").page("bundle/index.md", "글")
    shown(preview, noted)
    noted.page("b.md", "다른 본문").page("c.md", "새 글")
    assert build_after(preview, noted, "content/c.md", "content/b.md") == shown(Preview(), noted)
    noted.write("content/bundle/a.txt", "1")
    assert build_after(preview, noted, "content/bundle/a.txt") == shown(Preview(), noted)
    noted.write("content/bundle/a.txt", "2")
    assert build_after(preview, noted, "content/bundle/a.txt") == shown(Preview(), noted)
    noted.write("content/folder/_index.md", "+++\ndraft = true\n+++\n")
    assert build_after(preview, noted, "content/folder/_index.md") == shown(Preview(), noted)
    (noted.root / "content/b.md").unlink()
    assert build_after(preview, noted, "content/b.md") == shown(Preview(), noted)
    (noted.root / "content/b.md").mkdir()
    assert build_after(preview, noted, "content/b.md") == shown(Preview(), noted)
    noted.page("b.md/e.md", "글")
    assert build_after(preview, noted, "content") == shown(Preview(), noted)
    noted.page("b.md/e.md", "다른 글").write("templates/page.html", "{{ page.content | safe }}!")
    assert build_after(preview, noted, "templates/page.html", "content/b.md/e.md") == shown(Preview(), noted)
    noted.page("b.md/e.md", "글")
    assert build_after(preview, noted, ".") == shown(Preview(), noted)
