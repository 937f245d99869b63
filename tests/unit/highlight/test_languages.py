"""What a fence may call a language, the site's own grammars included."""

import json
from pathlib import Path

import pygments.lexers
import pytest

from generator.errors import SiteError
from generator.highlight import lexers
from generator.highlight.languages import Language, load_languages


def grammar(folder: Path, **fields: object) -> Language:
    name = str(fields["name"])
    file = folder / f"{name}.json"
    file.write_text(json.dumps({"scopeName": "source.x", "patterns": [], **fields}))
    return load_languages([file])[name.lower()]


def test_every_lexer_exists() -> None:
    names = {language.lexer for language in load_languages().values() if language.lexer}
    assert [name for name in names if not (hasattr(lexers, name) or hasattr(pygments.lexers, name))] == []
    assert len(set(load_languages().values())) == 250


def test_a_grammar_borrows_the_lexer_of_its_nearest_relative(tmp_path: Path) -> None:
    by_name = grammar(tmp_path, name="Rust")
    assert (by_name.name, by_name.lexer, by_name.like) == ("Rust", "RustLexer", "rust")
    by_file = grammar(tmp_path, name="mine", fileTypes=[".zig"])
    assert by_file.lexer == "ZigLexer"
    by_scope = grammar(tmp_path, name="mine", scopeName="source.mine.yaml")
    assert by_scope.lexer == "YamlLexer"
    assert by_scope.warning == "Code in `mine`, a language of `extra_grammars`, is shown by the rules of `yaml`."


def test_a_grammar_without_relatives_is_plain_text(tmp_path: Path) -> None:
    language = grammar(tmp_path, name="mine", aliases=["my"])
    assert language.lexer is None
    assert language.warning == "Code in `mine`, a language of `extra_grammars`, is shown as plain text."


def test_file_types_are_names_where_they_are_free(tmp_path: Path) -> None:
    grammar(tmp_path, name="mine", fileTypes=["my", "py"])
    languages = load_languages([tmp_path / "mine.json"])
    assert languages["my"].name == "mine"
    assert languages["py"].name == "python"


@pytest.mark.parametrize(
    ("content", "message", "reason"),
    [
        (None, "Failed to read an extra grammar", "No such file or directory"),
        ('{"name": "x"}', "This file is not a TextMate grammar in JSON", "`scopeName` is missing"),
        ("name: x", "This file is not a TextMate grammar in JSON", "Expecting value: line 1 column 1 (char 0)"),
    ],
)
def test_a_grammar_that_cannot_be_read(tmp_path: Path, content: str | None, message: str, reason: str) -> None:
    file = tmp_path / "x.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(SiteError) as caught:
        load_languages([file])
    assert (caught.value.message, caught.value.reasons) == (message, (reason,))
