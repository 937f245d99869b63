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


def test_a_known_document_that_is_not_doubtful_is_not_looked_at(noted) -> None:
    preview, options = Preview(), BuildOptions(root=noted.root, jobs=1, cache=True)
    before = read_output(preview.build(options))
    noted.page("b.md", "다른 본문").page("c.md", "새 글")
    hasty = read_output(preview.build(options, doubtful=frozenset()))
    assert hasty["b/index.html"] == before["b/index.html"]
    assert "c/index.html" in hasty
    assert read_output(preview.build(options)) == read_output(Preview().build(options))
