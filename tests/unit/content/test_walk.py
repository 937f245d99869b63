"""Which files are documents, and which lie beside them."""

import os
import unicodedata
from pathlib import Path

import pytest

from generator.content.walk import walk
from generator.errors import SiteError
from generator.model.config import LanguageOptions, SecurityConfig, SiteConfig


def config_at(root: Path, *languages: str, ignored: tuple[str, ...] = (), follow: bool = False) -> SiteConfig:
    return SiteConfig(
        root=root,
        file=root / "config.toml",
        base_url="https://example.com",
        languages={code: LanguageOptions() for code in ("en", *languages)},
        ignored_content=ignored,
        security=SecurityConfig(follow_symlinks=follow),
    )


def write(root: Path, *names: str, text: str = "+++\n+++\n") -> None:
    for name in names:
        file = root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def paths(config: SiteConfig, *, drafts: bool = False) -> list[str]:
    return [source.relative_path for source in walk(config, drafts=drafts)]


def test_documents_come_by_path(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "_index.md", "a/index.md", "a/deep/x.md", "a/_index.md", ".hidden.md", "c.txt", ".d/e.md")
    assert paths(config_at(tmp_path)) == [".d/e.md", "_index.md", "a/_index.md", "a/deep/x.md", "a/index.md", "b.md"]


def test_index_files_of_unknown_languages_are_nothing(tmp_path: Path) -> None:
    write(tmp_path, "_index.md", "_index.ko.md", "_index.en.md", "_index.zz.md", "_index.md.md")
    assert paths(config_at(tmp_path, "ko")) == ["_index.ko.md", "_index.md"]
    assert paths(config_at(tmp_path)) == ["_index.md"]


def test_no_content_folder_is_an_empty_site(tmp_path: Path) -> None:
    assert walk(config_at(tmp_path)) == ()


def test_assets_of_pages_go_deep_and_those_of_sections_do_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        "p/index.md",
        "p/B.txt",
        "p/a.txt",
        "p/sub/c.png",
        "p/sub/other.md",
        "s/_index.md",
        "s/d.png",
        "s/t/e.png",
    )
    found = {source.relative_path: source for source in walk(config_at(tmp_path))}
    content = tmp_path / "content"
    assert found["p/index.md"].assets == (content / "p/a.txt", content / "p/B.txt", content / "p/sub/c.png")
    assert found["s/_index.md"].assets == (content / "s/d.png",)
    assert found["p/sub/other.md"].assets == ()


@pytest.mark.parametrize(
    "name",
    [
        "LICENSE",
        ".hidden",
        "a.swp",
        "a.tmp",
        "b.txt~",
        "c.txtbck",
        "#a.txt",
        ".#a.txt",
        "x.kate-swp",
        "y.jb_tmp___",
        "z.md",
    ],
)
def test_what_is_no_asset(tmp_path: Path, name: str) -> None:
    write(tmp_path, "p/index.md", f"p/{name}", "p/ok.txt")
    (index, *_) = walk(config_at(tmp_path))
    assert [asset.name for asset in index.assets] == ["ok.txt"]


def test_assets_belong_to_the_index_of_each_language(tmp_path: Path) -> None:
    write(tmp_path, "p/index.md", "p/index.ko.md", "p/index.en.md", "p/a.txt")
    found = {source.relative_path: len(source.assets) for source in walk(config_at(tmp_path, "ko"))}
    assert found == {"p/index.md": 1, "p/index.ko.md": 1, "p/index.en.md": 0}


def test_ignored_globs_match_absolute_paths_and_not_what_is_below(tmp_path: Path) -> None:
    write(tmp_path, "_index.md", "skip/_index.md", "skip/a.md", "b.ign.md", "p/index.md", "p/x.ign.txt", "p/y.txt")
    config = config_at(tmp_path, ignored=("**/skip", "*.ign.*", "b.md"))
    found = {source.relative_path: source for source in walk(config)}
    assert list(found) == ["_index.md", "p/index.md", "skip/a.md"]
    assert [asset.name for asset in found["p/index.md"].assets] == ["y.txt"]


def test_a_draft_section_hides_its_folder(tmp_path: Path) -> None:
    write(tmp_path, "_index.md", "d/a.md", "d/e/_index.md", "d/_index.ko.md")
    write(tmp_path, "d/_index.md", text="+++\ndraft = true\n+++\n")
    config = config_at(tmp_path, "ko")
    assert paths(config) == ["_index.md", "d/_index.ko.md"]
    assert len(paths(config, drafts=True)) == 5


def test_a_draft_section_that_cannot_be_read_is_left_to_the_parser(tmp_path: Path) -> None:
    write(tmp_path, "_index.md", text="+++\ndraft = \n+++\n")
    assert paths(config_at(tmp_path)) == ["_index.md"]


def test_names_are_composed(tmp_path: Path) -> None:
    write(tmp_path, unicodedata.normalize("NFD", "글/가.md"))
    assert paths(config_at(tmp_path)) == ["글/가.md"]


def test_two_spellings_of_one_name_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, unicodedata.normalize("NFD", "가.md"), "가.md")
    with pytest.raises(SiteError, match="two files whose names both read"):
        walk(config_at(tmp_path))


def test_a_name_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    with open(os.fsencode(tmp_path / "content") + b"/odd\xff.md", "w"):
        pass
    with pytest.raises(SiteError, match=r"odd\\xff\.md` is not valid UTF-8"):
        walk(config_at(tmp_path))


def test_pipes_dead_links_and_circles_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a/b.md")
    content = tmp_path / "content"
    os.mkfifo(content / "pipe.md")
    (content / "dead.md").symlink_to("nowhere")
    (content / "self.md").symlink_to("self.md")
    (content / "a" / "up").symlink_to("..")
    (content / "all").symlink_to("..")
    (content / "folder.md").mkdir()
    assert paths(config_at(tmp_path)) == ["a/b.md"]


def test_links_inside_the_site_are_followed(tmp_path: Path) -> None:
    write(tmp_path, "a/b.md")
    (tmp_path / "content" / "c").symlink_to("a")
    assert paths(config_at(tmp_path)) == ["a/b.md", "c/b.md"]


def test_links_out_of_the_site_are_refused_unless_allowed(tmp_path: Path) -> None:
    root = tmp_path / "site"
    write(root, "a.md")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "n.md").write_text("+++\n+++\n")
    (root / "content" / "notes").symlink_to("../../notes")
    with pytest.raises(SiteError, match="is a link that leads out of the site"):
        walk(config_at(root))
    assert paths(config_at(root, follow=True)) == ["a.md", "notes/n.md"]
