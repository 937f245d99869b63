"""The languages of a site: the default one out of the root's keys, and what both say."""

from pathlib import Path

import pytest

from generator.config.load import load_config
from generator.errors import SiteError
from generator.model.config import SiteConfig
from generator.model.options import BuildOptions


def load(folder: Path, text: str) -> SiteConfig:
    (folder / "config.toml").write_text('base_url = "https://example.com"\n' + text)
    return load_config(BuildOptions(root=folder))


def test_default_language_comes_first_with_the_roots_keys(tmp_path: Path) -> None:
    config = load(tmp_path, 'title = "T"\n[languages.ko]\ntitle = "제목"\n[languages.fr]\n')
    assert list(config.languages) == ["en", "ko", "fr"]
    assert config.other_languages == ("ko", "fr")
    assert [options.title for options in config.languages.values()] == ["T", "제목", None]


def test_a_table_of_the_default_language_stands_alone_when_the_root_says_nothing(tmp_path: Path) -> None:
    config = load(tmp_path, '[languages.en]\ntitle = "T"\ngenerate_feeds = true\n')
    assert config.languages["en"].title == "T"
    assert config.languages["en"].generate_feeds
    assert not config.generate_feeds
    assert config.title is None


def test_both_are_merged_where_they_differ(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        'title = "T"\nbuild_search_index = true\n[languages.en]\ndescription = "D"\n'
        'generate_feeds = true\n[languages.en.translations]\na = "b"\n[languages.en.search]\ninclude_path = true\n',
    )
    english = config.languages["en"]
    assert (english.title, english.description) == ("T", "D")
    assert english.generate_feeds
    assert english.build_search_index
    assert english.translations == {"a": "b"}
    assert english.search.include_path


@pytest.mark.parametrize(
    "text",
    [
        'feed_filenames = ["rss.xml"]\n[languages.en]\n',
        'taxonomies = [{name = "a"}]\n[languages.en]\ntaxonomies = [{name = "b"}]\n',
        '[translations]\na = "1"\n[languages.en.translations]\nb = "2"\n',
        "[search]\ninclude_path = true\n[languages.en.search]\ninclude_date = true\n",
    ],
)
def test_saying_a_thing_twice_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(SiteError, match="for default language is specified twice"):
        load(tmp_path, text)


@pytest.mark.parametrize("code", ["ko", "pt-BR", "zh_Hant_TW", "sr-Latn", "de-1996", "es-419", "und"])
def test_codes(tmp_path: Path, code: str) -> None:
    assert load(tmp_path, f"[languages.{code}]").other_languages == (code,)
