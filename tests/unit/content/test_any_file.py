"""Whatever a file holds: it is a document, or its problems name it."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.content.parse import parse_document
from generator.errors import SiteError
from generator.model.config import LanguageOptions, SiteConfig
from generator.model.content import Page, Section, SourceFile

TOKENS = [
    *(
        "+++",
        "---",
        "\n",
        "\r\n",
        " ",
        "title",
        "date",
        "slug",
        "path",
        "taxonomies",
        "extra",
        "tags",
        "draft",
        "weight",
    ),
    *(
        " = ",
        ": ",
        "'a'",
        '"b"',
        "[",
        "]",
        "{",
        "}",
        "- ",
        "1",
        "2024-01-01",
        "true",
        "..",
        "/",
        "가",
        "\ufeff",
        "\0",
        ".",
    ),
]
PIECES = st.lists(st.sampled_from(TOKENS), max_size=30).map("".join)
CONTENTS = st.binary(max_size=60) | PIECES.map(str.encode) | PIECES.map(lambda text: f"+++\n{text}\n+++\n".encode())


def parse(root: Path, name: str, content: bytes) -> Page | Section | SiteError:
    (root / name).write_bytes(content)
    source = SourceFile(file=root / name, relative_path=name, is_section=name.startswith("_"))
    languages = {"en": LanguageOptions()}
    config = SiteConfig(root=root, file=root / "config.toml", base_url="https://example.com", languages=languages)
    try:
        return parse_document(source, config)
    except SiteError as error:
        return error


@given(content=CONTENTS, name=st.sampled_from(["p.md", "_index.md"]))
def test_a_document_or_its_problems(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = parse(Path(folder), name, content)
    if isinstance(found, SiteError):
        assert {problem.where and problem.where.file for problem in found.problems} == {f"content/{name}"}
    else:
        assert (found.path[0], found.path[-1]) == ("/", "/")
        assert ".." not in found.components
