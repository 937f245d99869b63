"""What drafts hide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.errors import SiteError
from generator.graph.drafts import without_drafts
from generator.model.content import Page, Section, SourceFile


def source(key: str) -> SourceFile:
    name = key.rpartition("/")[2]
    return SourceFile(file=Path("/site/content") / key, relative_path=key, is_section=name.startswith("_index."))


def test_a_draft_section_hides_its_folder(page: Callable[..., Page], section: Callable[..., Section]) -> None:
    documents = [
        section("_index.md"),
        section("blog/_index.md", draft=True),
        section("blog/_index.ko.md"),
        section("blog/deep/_index.md"),
        page("blog/a.md"),
        page("blog/deep/b.md"),
        page("bloggers/c.md"),
        page("draft.md", draft=True),
    ]
    kept = without_drafts((source(document.key), document) for document in documents)
    assert [item[0].relative_path for item in kept] == ["_index.md", "blog/_index.ko.md", "bloggers/c.md"]


def test_broken_files_below_a_draft_section_do_not_count(section: Callable[..., Section]) -> None:
    broken = SiteError("broken")
    parsed = [
        (source("blog/_index.md"), section("blog/_index.md", draft=True)),
        (source("blog/a.md"), broken),
        (source("b.md"), broken),
    ]
    assert [item[0].relative_path for item in without_drafts(parsed)] == ["b.md"]
