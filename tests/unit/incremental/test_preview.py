"""A preview builds again and again; what it leaves behind is right for the next one, whatever became of the site."""

from __future__ import annotations

import pytest

from generator.model.options import BuildOptions
from generator.model.output import OutputFile
from generator.pipeline import Preview


def shown(preview: Preview, site) -> dict[str, bytes]:
    output = preview.build(BuildOptions(root=site.root, jobs=1, cache=True))
    return {path: file.data for path, file in output.files.items() if isinstance(file, OutputFile)}


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
    for file in (noted.root / ".hanji").glob("texts-*"):
        file.unlink()
    noted.write("templates/page.html", "{{ page.content | safe }}!")
    assert shown(Preview(), noted)["b/index.html"] == before["b/index.html"] + b"!"
