from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from generator.model.config import LanguageOptions, SiteConfig
from generator.model.output import OutputFile
from generator.templating.effects import Effects
from generator.templating.functions.arguments import Arguments
from generator.templating.functions.content import content_functions
from generator.templating.functions.files import FoundFile, SiteFiles
from generator.templating.functions.hashes import GetHash
from generator.templating.functions.i18n import Trans
from generator.templating.functions.urls import GetTaxonomyUrl, GetUrl
from generator.templating.site import Site
from generator.templating.views import Views
from generator.tera.errors import CallError

MakeConfig = Callable[..., SiteConfig]
LANGUAGES = {"en": LanguageOptions(), "fr": LanguageOptions()}


def put(root: Path, path: str, text: str = "x") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_arguments_are_taken_by_type() -> None:
    arguments = Arguments("f", {"text": "a", "flag": True, "number": 3, "texts": ["a"], "null": None, "extra": 1})
    assert arguments.text("text") == "a"
    assert arguments.text_or("other", None) is None
    assert arguments.flag("flag", False) is True
    assert arguments.number("number", 3) == 3
    assert arguments.number("other", 3) is None
    assert arguments.texts("texts") == ("a",)
    for ask in (
        lambda: arguments.text("null"),
        lambda: arguments.text_or("null", "a"),
        lambda: arguments.flag("number", True),
        lambda: arguments.number("flag", 3),
        lambda: arguments.number("number", 2),
        lambda: arguments.texts("text"),
    ):
        with pytest.raises(CallError, match="`f`: "):
            ask()


class TestFiles:
    def test_folders_are_searched_in_order(self, tmp_path: Path, make_config: MakeConfig) -> None:
        for path in ("themes/t/static/e", "content/c", "static/b", "a"):
            put(tmp_path, path)
        put(tmp_path, "static/a")
        put(tmp_path, "themes/t/static/d")
        files = SiteFiles(make_config(theme="t"), Effects(), [OutputFile(path="d", data=b"made")])
        found = [files.find(name) for name in "abcde"]
        assert [file and file.file.relative_to(tmp_path).as_posix() for file in found] == [
            "a",
            "static/b",
            "content/c",
            "public/d",
            "themes/t/static/e",
        ]

    def test_what_the_build_made_is_read_as_if_it_were_written(self, tmp_path: Path, make_config: MakeConfig) -> None:
        put(tmp_path, "public/a.css", "left by an earlier build")
        assert SiteFiles(make_config(), Effects()).find("a.css") is None
        files = SiteFiles(make_config(), Effects(), [OutputFile(path="a.css", data=b"made")])
        found = files.find("/a.css")
        assert found
        assert files.read(found) == b"made"
        assert files.digest(found, "sha256") == hashlib.sha256(b"made").digest()

    def test_an_asset_is_also_found_where_it_is_published(self, tmp_path: Path, make_site: Callable[..., Site]) -> None:
        site = make_site()
        page, section = site.library.pages["blog/a.md"], site.library.sections["blog/_index.md"]
        photo, icon = put(tmp_path, "content/blog/photo.jpg"), put(tmp_path, "content/blog/in/icon.svg")
        hidden = replace(page, path="/hidden/", meta=replace(page.meta, render=False), assets=(photo,))
        documents = [replace(page, assets=(icon,)), replace(section, path="/fr/blog/", assets=(photo,)), hidden]
        files = SiteFiles(site.config, Effects(), documents=documents)
        assert files.find("/fr/blog//photo.jpg") == FoundFile(photo, "fr/blog//photo.jpg")
        assert files.find("blog/a/in/icon.svg") == FoundFile(icon, "blog/a/in/icon.svg")
        assert files.find("hidden/photo.jpg") is None

    def test_a_name_is_the_argument_without_its_prefix(self, tmp_path: Path, make_config: MakeConfig) -> None:
        put(tmp_path, "content/c/x.txt")
        files = SiteFiles(make_config(), Effects())
        names = [found and found.name for found in map(files.find, ("@/c/x.txt", "//c/x.txt", "c/x.txt", "nothing"))]
        assert names == ["content/c/x.txt", "c/x.txt", "c/x.txt", None]

    @pytest.mark.parametrize("path", ["../secret", "static/../../secret", "@/../../secret", "away/secret", "leak"])
    def test_nothing_outside_of_the_site_is_found(self, tmp_path: Path, make_config: MakeConfig, path: str) -> None:
        root = tmp_path / "site"
        put(root, "static/in")
        put(root, "content/in")
        secret = put(tmp_path, "secret")
        (root / "static/away").symlink_to(tmp_path)
        (root / "leak").symlink_to(secret)
        with pytest.raises(CallError, match="not inside"):
            SiteFiles(make_config(root=root), Effects()).find(path)

    def test_a_folder_that_is_a_link_may_stand_elsewhere(self, tmp_path: Path, make_config: MakeConfig) -> None:
        put(tmp_path, "elsewhere/app.css")
        (tmp_path / "site").mkdir()
        (tmp_path / "site/static").symlink_to(tmp_path / "elsewhere")
        assert SiteFiles(make_config(root=tmp_path / "site"), Effects()).find("app.css")

    def test_a_folder_is_no_file_to_read(self, tmp_path: Path, make_config: MakeConfig) -> None:
        files = SiteFiles(make_config(), Effects())
        with pytest.raises(OSError, match="regular"):
            files.read(FoundFile(tmp_path, ""))

    def test_a_file_is_no_folder(self, tmp_path: Path, make_config: MakeConfig) -> None:
        put(tmp_path, "static/a", "")
        files = SiteFiles(make_config(), Effects())
        assert files.find("/a")
        assert files.find("a/") is None

    def test_a_name_too_long_is_not_found(self, make_config: MakeConfig) -> None:
        assert SiteFiles(make_config(), Effects()).find("x" * 5000) is None


class TestGetUrl:
    @pytest.fixture
    def get_url(self, tmp_path: Path, make_config: MakeConfig) -> Callable[..., str]:
        put(tmp_path, "static/app.css", "body{}")
        config = make_config(languages=LANGUAGES, base_url="https://e.com/b")
        permalinks = {"a.md": "https://e.com/b/a/", "a.fr.md": "https://e.com/b/fr/a/"}
        function = GetUrl(config=config, permalinks=permalinks, files=SiteFiles(config, Effects()), effects=Effects())
        return lambda **args: function(args)

    @pytest.mark.parametrize(
        ("args", "url"),
        [
            ({"path": "app.css"}, "https://e.com/b/app.css"),
            ({"path": "/app.css"}, "https://e.com/b/app.css"),
            ({"path": ""}, "https://e.com/b"),
            ({"path": "a/b/"}, "https://e.com/b/a/b"),
            ({"path": "a/b", "trailing_slash": True}, "https://e.com/b/a/b/"),
            ({"path": "a#b", "trailing_slash": True}, "https://e.com/b/a#b"),
            ({"path": "https://x.com/a"}, "https://e.com/b/https://x.com/a"),
            ({"path": "@/a.md"}, "https://e.com/b/a/"),
            ({"path": "@/%61.md#x"}, "https://e.com/b/a/#x"),
            ({"path": "@/a.md", "lang": "fr", "trailing_slash": False}, "https://e.com/b/fr/a/"),
            ({"path": "a", "lang": "fr"}, "https://e.com/b/fr/a"),
            ({"path": "/fr/a", "lang": "fr"}, "https://e.com/b/fr/a"),
            ({"path": "fr/a", "lang": "fr"}, "https://e.com/b/fr/fr/a"),
            ({"path": "", "lang": "zz"}, "https://e.com/b/zz"),
        ],
    )
    def test_paths(self, get_url: Callable[..., str], args: dict[str, Any], url: str) -> None:
        assert get_url(**args) == url

    def test_a_hash_tells_what_the_file_holds(self, get_url: Callable[..., str]) -> None:
        digest = hashlib.sha256(b"body{}").hexdigest()[:20]
        assert get_url(path="app.css", cachebust=True) == f"https://e.com/b/app.css?h={digest}"
        assert get_url(path="@/a.md", cachebust=True) == "https://e.com/b/a/"

    @pytest.mark.parametrize(
        ("args", "problem"),
        [
            ({}, "requires a `path`"),
            ({"path": 1}, "requires a `path`"),
            ({"path": "@/b.md"}, "`@/b.md` not found"),
            ({"path": "@/a.md", "lang": "zz"}, "`zz` is not an authorized language"),
            ({"path": "none.css", "cachebust": True}, "Could not find or open file none.css"),
            ({"path": "static", "cachebust": True}, "not a regular file"),
        ],
    )
    def test_mistakes(self, get_url: Callable[..., str], args: dict[str, Any], problem: str) -> None:
        with pytest.raises(CallError, match=problem):
            get_url(**args)


def test_a_terms_url_is_found_by_its_slug(make_site: Callable[..., Site]) -> None:
    site = make_site()
    get_taxonomy_url = GetTaxonomyUrl(config=site.config, taxonomies=site.library.taxonomies, effects=Effects())
    assert get_taxonomy_url({"kind": "tags", "name": "x Y"}) == "https://example.com/tags/x-y/"
    assert get_taxonomy_url({"kind": "nope", "name": "x", "required": False}) is None
    with pytest.raises(CallError, match="couldn't find `z`"):
        get_taxonomy_url({"kind": "tags", "name": "z", "required": False})
    with pytest.raises(CallError, match="unknown taxonomy"):
        get_taxonomy_url({"kind": "tags", "name": "x y", "lang": "fr"})


class TestContent:
    @pytest.fixture
    def call(self, views: Views) -> Callable[..., Any]:
        functions = content_functions(views)
        return lambda name, **args: functions[name](args)

    def test_pages_are_found_by_path_or_file(self, call: Callable[..., Any], views: Views) -> None:
        assert call("get_page", path="blog/b.md")["lower"]["title"] == "A"
        assert call("get_page", path="./blog//b.md")["title"] == "B"
        assert call("get_page", path=f"{views.site.config.content_dir}/blog/b.md")["title"] == "B"
        with pytest.raises(CallError, match=r"Page `b.md` not found\."):
            call("get_page", path="b.md")
        with pytest.raises(CallError, match="not found for language `fr`"):
            call("get_page", path="blog/b.md", lang="fr")

    def test_a_section_comes_with_pages_or_metadata_alone(self, call: Callable[..., Any]) -> None:
        assert len(call("get_section", path="blog/_index.md")["pages"]) == 3
        assert call("get_section", path="blog/_index.md", metadata_only=True)["pages"] == []
        assert len(call("get_section", path="blog/_index.md", metadata_only="yes")["pages"]) == 3
        with pytest.raises(CallError, match="Section `blog` not found"):
            call("get_section", path="blog")

    def test_a_taxonomy_has_all_its_terms(self, call: Callable[..., Any]) -> None:
        taxonomy = call("get_taxonomy", kind="tags")
        assert (taxonomy["kind"]["name"], taxonomy["lang"]) == ("tags", "en")
        assert [term["page_count"] for term in taxonomy["items"]] == [3]
        assert call("get_taxonomy", kind="x", required=False) is None
        with pytest.raises(CallError, match="unknown taxonomy as kind: x"):
            call("get_taxonomy", kind="x")

    def test_a_term_is_found_by_its_name_alone(self, call: Callable[..., Any]) -> None:
        assert len(call("get_taxonomy_term", kind="tags", term="X y")["pages"]) == 3
        assert call("get_taxonomy_term", kind="tags", term="X y", include_pages=False)["pages"] == []
        assert call("get_taxonomy_term", kind="tags", term="x-y", required=False) is None
        with pytest.raises(CallError, match="unknown term: x-y"):
            call("get_taxonomy_term", kind="tags", term="x-y")


class TestGetHash:
    @pytest.fixture
    def get_hash(self, tmp_path: Path, make_config: MakeConfig) -> Callable[..., str]:
        put(tmp_path, "static/a.js", "1")
        function = GetHash(files=SiteFiles(make_config(), Effects()))
        return lambda **args: function(args)

    def test_it_is_sha_384_in_base64_unless_asked_otherwise(self, get_hash: Callable[..., str]) -> None:
        assert get_hash(path="a.js") == base64.b64encode(hashlib.sha384(b"1").digest()).decode()
        assert get_hash(literal="한", sha_type=256, base64=False) == hashlib.sha256("한".encode()).hexdigest()

    @pytest.mark.parametrize(
        ("args", "problem"),
        [
            ({}, "at least one"),
            ({"path": "a.js", "literal": "1"}, "only one"),
            ({"literal": "1", "sha_type": 1}, "256, 384 or 512"),
            ({"path": "b.js"}, "Cannot find file: b.js"),
            ({"path": "static"}, "could not be read"),
        ],
    )
    def test_mistakes(self, get_hash: Callable[..., str], args: dict[str, Any], problem: str) -> None:
        with pytest.raises(CallError, match=problem):
            get_hash(**args)


def test_words_are_taken_from_the_sites_translations(make_config: MakeConfig) -> None:
    languages = {
        "en": LanguageOptions(translations={"hi": "Hello"}),
        "fr": LanguageOptions(translations={"hi": "Salut"}),
    }
    trans = Trans(config=make_config(languages=languages))
    assert (trans({"key": "hi"}), trans({"key": "hi", "lang": "fr"})) == ("Hello", "Salut")
    with pytest.raises(CallError, match="Translation key 'bye' for language 'en' is missing"):
        trans({"key": "bye"})
    with pytest.raises(CallError, match="Language 'de' not found"):
        trans({"key": "hi", "lang": "de"})
