"""What cannot stand together among documents."""

from pathlib import Path

import pytest

from generator.content.checks import check_documents
from generator.content.parse import parse_document
from generator.content.walk import walk
from generator.model.config import LanguageOptions, SiteConfig


def problems(root: Path, files: dict[str, str], *, search: bool = False) -> list[str]:
    for name, fields in files.items():
        file = root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"+++\n{fields}\n+++\n")
    languages = {"en": LanguageOptions()}
    config = SiteConfig(
        root=root, file=root / "config.toml", base_url="/", languages=languages, build_search_index=search
    )
    documents = [parse_document(source, config) for source in walk(config)]
    return [str(problem) for problem in check_documents(documents, config)]


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({"a/_index.md": "", "a/index.md": ""}, 1),
        ({"index.md": ""}, 1),
        ({"index.md": 'path = "x"'}, 0),
        ({"a/_index.md": "", "a/index.md": 'slug = "b"'}, 0),
        ({"Sub Dir/_index.md": "", "Sub Dir/index.md": ""}, 0),
        ({"a/index.md": "", "b/_index.md": ""}, 0),
    ],
)
def test_index_pages_beside_index_sections(tmp_path: Path, files: dict[str, str], count: int) -> None:
    found = problems(tmp_path, files)
    assert len(found) == count
    assert all("We can't have a page called `index.md`" in problem for problem in found)


def test_a_root_that_leaves_itself_out_of_the_search_index(tmp_path: Path) -> None:
    files = {"_index.md": "title = 'x'\nin_search_index = false"}
    assert problems(tmp_path, files) == []
    (problem,) = problems(tmp_path, files, search=True)
    assert problem.startswith("content/_index.md:3:19: You have enabled search")
