"""What a build of the site at the repository's root must hold, and what a post dropped into it becomes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.cli import run
from generator.model.options import BuildOptions
from generator.model.output import OutputFile
from generator.pipeline import build_site

ROOT = Path(__file__).resolve().parents[3]
BASE = "https://hanji.example"
FIRST_POST = "posts/docker-dockerd-containerd/index.html"
POSTS = (
    "container-networking",
    "debugging-containers",
    "docker-compose-in-practice",
    "docker-dockerd-containerd",
    "hangul-in-the-terminal",
    "multi-stage-dockerfile",
    "volumes-and-permissions",
)
DROPPED = Path(__file__).with_name("podman-buildah.md")


class BuiltSite:
    """The files of one build, read as text or as HTML."""

    def __init__(self, root: Path) -> None:
        output = build_site(BuildOptions(root=root, jobs=1))
        self.files: Mapping[str, bytes] = {
            path: file.data if isinstance(file, OutputFile) else file.file.read_bytes()
            for path, file in output.files.items()
        }

    def text(self, path: str) -> str:
        return self.files[path].decode()

    def html(self, path: str) -> LexborHTMLParser:
        return LexborHTMLParser(self.text(path))


def copy_site(folder: Path) -> Path:
    shutil.copy(ROOT / "config.toml", folder)
    for part in ("archetypes", "content", "templates", "static"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return BuiltSite(copy_site(tmp_path_factory.mktemp("root-site")))


@pytest.fixture(scope="module")
def with_dropped_post(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    root = copy_site(tmp_path_factory.mktemp("dropped"))
    shutil.copy(DROPPED, root / "content/posts")
    return BuiltSite(root)


def one(page: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = page.css(selector)
    assert len(found) == 1, (selector, len(found))
    return found[0]


def hrefs(page: LexborHTMLParser | LexborNode, selector: str) -> list[str | None]:
    return [node.attributes.get("href") for node in page.css(selector)]


def test_every_kind_of_file_is_there(built: BuiltSite) -> None:
    expected = {
        "index.html",
        "404.html",
        "about/index.html",
        "en/index.html",
        "en/about/index.html",
        "posts/index.html",
        "categories/index.html",
        "categories/post/index.html",
        "tags/index.html",
        "tags/docker/index.html",
        "tags/docker/atom.xml",
        "atom.xml",
        "sitemap.xml",
        "robots.txt",
        "search_index.ko.js",
        "elasticlunr.min.js",
        "site.css",
        "site.js",
        "search.js",
        "favicon.svg",
        "posts/container-networking/bridge.svg",
        *(f"posts/{post}/index.html" for post in POSTS),
    }
    assert expected - set(built.files) == set()


def test_pages_name_their_language_title_and_address(built: BuiltSite) -> None:
    for path in built.files:
        if not path.endswith(".html") or path == "posts/page/1/index.html":
            continue
        page = built.html(path)
        assert one(page, "html").attributes["lang"] == ("en" if path.startswith("en/") else "ko"), path
        assert one(page, "head title").text(), path
        assert len(page.css("main")) == len(page.css("main h1")), path
        if path != "404.html":
            assert hrefs(page, 'link[rel="canonical"]') == [f"{BASE}/{path.removesuffix('index.html')}"], path


def test_links_between_pages_lead_somewhere(built: BuiltSite) -> None:
    missing = []
    for path in built.files:
        if not path.endswith(".html"):
            continue
        for href in hrefs(built.html(path), "a[href]"):
            assert href is not None
            address, _, anchor = href.partition("#")
            if not address.startswith((BASE, "/")):
                continue
            target = address.removeprefix(BASE).lstrip("/")
            target = f"{target}index.html" if target == "" or target.endswith("/") else target
            target = target if target in built.files else f"{target}/index.html"
            if target not in built.files or (anchor and f'id="{anchor}"' not in built.text(target)):
                missing.append((path, href))
    assert missing == []


@pytest.mark.parametrize("post", POSTS)
def test_posts_have_what_a_reader_needs(built: BuiltSite, post: str) -> None:
    page = built.html(f"posts/{post}/index.html")

    contents = hrefs(page, ".toc a")
    assert len(contents) >= 5
    assert contents == [f"#{h.attributes['id']}" for h in page.css(".prose > h3")]
    assert len(page.css("#\\33jul-yoyag + ol > li")) == 3
    assert len(page.css("#camgo + ul a")) >= 4
    assert page.css('#camgo + ul a[rel="external"]')
    assert page.css(f'#camgo + ul a[href^="{BASE}/posts/"]')
    assert page.css(".tags a")
    assert page.css(".siblings a")
    assert one(page, 'meta[name="description"]').attributes["content"]


def test_posts_use_together_what_a_blog_needs(built: BuiltSite) -> None:
    posts = [built.html(f"posts/{post}/index.html") for post in POSTS]

    languages = {code.attributes["data-lang"] for page in posts for code in page.css("pre code[data-lang]")}
    assert {"shellscript", "shellsession", "docker", "yaml", "python", "json"} <= languages
    for selector in ("table", ".footnotes li", ".note", "figure img", "#continue-reading", ".backlinks a"):
        assert any(page.css(selector) for page in posts), selector


def test_code_is_coloured_for_both_schemes(built: BuiltSite) -> None:
    blocks = built.html(FIRST_POST).css("pre.giallo")

    assert len(blocks) >= 4
    assert all("light-dark(" in (block.attributes["style"] or "") for block in blocks)
    colours = set(re.findall(r"color: light-dark\(#\w+, #\w+\)", blocks[2].html or ""))
    assert len(colours) >= 3


def test_figure_knows_its_size(built: BuiltSite) -> None:
    image = one(built.html("posts/container-networking/index.html"), "figure img")

    assert image.attributes["src"] == "/posts/container-networking/bridge.svg"
    assert (image.attributes["width"], image.attributes["height"]) == ("420", "420")
    assert image.attributes["alt"]


def test_index_lists_recent_posts_newest_first(built: BuiltSite) -> None:
    index = built.html("index.html")

    dates = [time.attributes["datetime"] or "" for time in index.css(".entry time")]
    assert len(dates) == 5
    assert dates == sorted(dates, reverse=True)
    assert all(entry.css_first("p:not(.entry-date)").text(strip=True) for entry in index.css(".entry"))


def test_languages_point_at_each_other(built: BuiltSite) -> None:
    assert "/en/about/" in hrefs(built.html("about/index.html"), ".site-foot a")
    assert "/about/" in hrefs(built.html("en/about/index.html"), ".site-foot a")
    # A page without a translation leads to the other language's front page.
    assert "/en/" in hrefs(built.html(FIRST_POST), ".site-foot a")


def test_search_index_knows_korean_words(built: BuiltSite) -> None:
    script = built.text("search_index.ko.js")
    index = json.loads(script[script.index("{") :].rstrip(";"))

    assert index["pipeline"] == ["trimmer-ko", "stopWordFilter-ko", "stemmer-ko"]
    node = index["index"]["body"]["root"]
    for character in "네트워크":
        node = node[character]
    assert f"{BASE}/posts/container-networking/" in node["docs"]


def test_dropped_post_gets_its_headings_and_bold(with_dropped_post: BuiltSite) -> None:
    text = with_dropped_post.text("posts/podman-buildah/index.html")
    page = LexborHTMLParser(text)

    assert '<h3 id="dokeoranmueosinga">도커란무엇인가?</h3>' in text
    assert "<strong>dockerd</strong>는" in text
    assert one(page, "#dokeoranmueosinga + p").css("br")
    assert one(page, 'meta[name="description"]').attributes["content"].startswith("도커 없이 컨테이너를")
    assert one(page, ".post-head h1").text() == "Podman? Buildah? Skopeo?"


def test_dropped_post_keeps_its_references_as_a_list(with_dropped_post: BuiltSite) -> None:
    page = with_dropped_post.html("posts/podman-buildah/index.html")

    items = [item.text(strip=True) for item in page.css("#camgo + ul > li")]
    assert items == ["https://podman.io/docs", "https://buildah.io/", "OCI", "첫 글"]


def test_dropped_post_stands_in_its_lists(with_dropped_post: BuiltSite) -> None:
    link = "/posts/podman-buildah/"

    for path in ("categories/post/index.html", "tags/docker/index.html", "tags/podman/index.html", "posts/index.html"):
        assert link in hrefs(with_dropped_post.html(path), ".rows a"), path
    for feed in ("atom.xml", "tags/docker/atom.xml", "tags/podman/atom.xml"):
        assert f"<id>{BASE}{link}</id>" in with_dropped_post.text(feed), feed
    assert f"<loc>{BASE}{link}</loc>" in with_dropped_post.text("sitemap.xml")


def test_dropped_post_joins_its_neighbours(with_dropped_post: BuiltSite) -> None:
    page = with_dropped_post.html("posts/podman-buildah/index.html")

    assert hrefs(page, '.siblings a[rel="prev"]') == ["/posts/docker-dockerd-containerd/"]
    assert hrefs(page, '.siblings a[rel="next"]') == ["/posts/docker-compose-in-practice/"]
    first = with_dropped_post.html(FIRST_POST)
    assert "/posts/podman-buildah/" in hrefs(first, ".backlinks a")


def test_new_post_begins_in_the_form_of_this_blog(tmp_path: Path) -> None:
    root = copy_site(tmp_path)

    status = run(["--root", str(root), "new", "볼륨이 뭐지?", "-t", "docker", "--date", "2026-04-05"])

    assert status == 0
    site = BuiltSite(root)
    page = site.html("posts/bolryumi-mweoji/index.html")
    assert one(page, ".post-head h1").text() == "볼륨이 뭐지?"
    assert [heading.attributes["id"] for heading in page.css(".prose > h3")][-2:] == ["3jul-yoyag", "camgo"]
    for path in ("categories/post/index.html", "tags/docker/index.html"):
        assert "/posts/bolryumi-mweoji/" in hrefs(site.html(path), ".rows a"), path
