"""`hanji serve` and an author who edits: what an open page does, seen in a real browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from selenium import webdriver
from selenium.common.exceptions import JavascriptException, StaleElementReferenceException
from selenium.webdriver.support.ui import WebDriverWait

REPOSITORY = Path(__file__).resolve().parents[2]
DEADLINE_S = 60.0
FILES = {
    "config.toml": 'base_url = "https://example.com"\n[slugify]\npaths = "safe"\n',
    "static/site.css": "h1 { color: rgb(1, 1, 1) }\n",
    "templates/base.html": (
        '<!doctype html><html><head><link rel="stylesheet" href="/site.css"></head>'
        "<body>{% block content %}{% endblock content %}</body></html>\n"
    ),
    "templates/index.html": (
        '{% extends "base.html" %}{% block content %}<h1>Posts</h1>'
        "{% for page in section.pages %}<p class=post>{{ page.title }}</p>{% endfor %}{% endblock content %}\n"
    ),
    "templates/page.html": (
        '{% extends "base.html" %}{% block content %}<h1>{{ page.title }}</h1>{{ page.content | safe }}'
        '<div style="height: 9000px"></div>{% endblock content %}\n'
    ),
    "content/한글-글.md": '+++\ntitle = "한글 글"\n+++\n첫 번째\n',
    "content/other.md": '+++\ntitle = "Other"\n+++\nother\n',
}


class Server:
    """A `hanji serve` of a site that shows drafts; its output goes to a file."""

    def __init__(self, root: Path, log: Path) -> None:
        self.root = root
        self.url = ""
        self._log = log
        self._process: subprocess.Popen[bytes]

    def start(self) -> None:
        """Start it, where it was before if it was."""
        port = self.url.rpartition(":")[2] or "0"
        command = [sys.executable, "-m", "generator", "--root", str(self.root), "serve", "--drafts", "--port", port]
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}
        with self._log.open("wb") as stream:
            self._process = subprocess.Popen(command, stdout=stream, stderr=stream, env=environment)
        deadline = time.monotonic() + DEADLINE_S
        while not (found := re.search(r"available at (\S+)", self._log.read_text())):
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline
            time.sleep(0.02)
        self.url = found[1]

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


@dataclass(frozen=True)
class Author:
    """A browser that looks at a served site, and the site's folder."""

    browser: webdriver.Chrome
    server: Server

    @property
    def root(self) -> Path:
        return self.server.root

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def open(self, path: str) -> None:
        """Open a page and leave a mark in it that a reload would wipe away."""
        self.browser.get(self.server.url + path)
        self.browser.execute_script("window.mark = true")

    def run(self, script: str) -> object:
        return self.browser.execute_script(f"return {script}")

    @property
    def text(self) -> str:
        return str(self.run("document.body.innerText"))

    @property
    def was_reloaded(self) -> bool:
        return self.run("window.mark") is not True

    def wait_until(self, condition: Callable[[], object]) -> None:
        wait = WebDriverWait(
            self.browser,
            DEADLINE_S,
            poll_frequency=0.02,
            ignored_exceptions=(JavascriptException, StaleElementReferenceException),
        )
        wait.until(lambda _: condition())


@pytest.fixture
def author(chromium: webdriver.Chrome, tmp_path: Path) -> Iterator[Author]:
    server = Server(tmp_path / "site", tmp_path / "log")
    author = Author(chromium, server)
    for path, text in FILES.items():
        author.write(path, text)
    try:
        server.start()
        yield author
    finally:
        # Away from the page, so that its next try to find a server is not another test's.
        chromium.get("about:blank")
        server.stop()


def test_edit_reloads_its_page_where_it_is_scrolled_to(author: Author) -> None:
    author.open("/" + quote("한글-글") + "/")
    assert "첫 번째" in author.text
    author.run("window.scrollTo(0, 4000)")
    author.write("content/한글-글.md", '+++\ntitle = "한글 글"\n+++\n두 번째\n')
    author.wait_until(lambda: "두 번째" in author.text)
    assert author.was_reloaded
    author.wait_until(lambda: author.run("window.scrollY") == 4000)


def test_style_is_swapped_without_a_reload(author: Author) -> None:
    author.open("/other/")
    colour = "getComputedStyle(document.querySelector('h1')).color"
    for value in ("rgb(2, 2, 2)", "rgb(3, 3, 3)"):
        author.write("static/site.css", f"h1 {{ color: {value} }}\n")
        author.wait_until(lambda value=value: author.run(colour) == value)
    assert not author.was_reloaded
    author.wait_until(lambda: author.run("document.querySelectorAll('link[rel=stylesheet]').length") == 1)


def test_sheet_that_is_linked_by_its_hash_is_swapped_too(author: Author) -> None:
    link = '<link rel="stylesheet" href="{{ get_url(path=\'site.css\', cachebust=true) | safe }}">'
    base = FILES["templates/base.html"]
    author.write("templates/base.html", base.replace('<link rel="stylesheet" href="/site.css">', link))
    author.open("/other/")
    author.wait_until(lambda: "?h=" in author.browser.page_source)
    author.browser.execute_script("window.mark = true")
    colour = "getComputedStyle(document.querySelector('h1')).color"
    for value in ("rgb(2, 2, 2)", "rgb(3, 3, 3)"):
        author.write("static/site.css", f"h1 {{ color: {value} }}\n")
        author.wait_until(lambda value=value: author.run(colour) == value)
    assert not author.was_reloaded


def test_style_of_sass_is_swapped_without_a_reload(author: Author) -> None:
    author.write("config.toml", FILES["config.toml"].replace("\n", "\ncompile_sass = true\n", 1))
    author.write("sass/look.scss", "$c: rgb(2, 2, 2); h1 { background-color: $c }")
    base = FILES["templates/base.html"]
    author.write("templates/base.html", base.replace("</head>", '<link rel="stylesheet" href="/look.css"></head>'))
    author.open("/other/")
    colour = "getComputedStyle(document.querySelector('h1')).backgroundColor"
    author.wait_until(lambda: author.run(colour) == "rgb(2, 2, 2)")
    author.browser.execute_script("window.mark = true")
    author.write("sass/look.scss", "$c: rgb(3, 3, 3); h1 { background-color: $c }")
    author.wait_until(lambda: author.run(colour) == "rgb(3, 3, 3)")
    assert not author.was_reloaded


def test_drafts_and_dates_ahead_wear_a_badge_until_they_are_ready(author: Author) -> None:
    author.write("content/early.md", '+++\ntitle = "Early"\ndate = 9999-01-02\ndraft = true\n+++\n')
    author.open("/early/")
    author.wait_until(lambda: "초안 · Draft / 앞선 날짜 · Future date: 9999-01-02" in author.text)
    author.write("content/early.md", '+++\ntitle = "Early"\ndraft = true\n+++\n')
    author.wait_until(lambda: "Future date" not in author.text)
    assert "초안 · Draft" in author.text
    author.write("content/early.md", '+++\ntitle = "Early"\n+++\n')
    author.wait_until(lambda: "Draft" not in author.text)
    assert "Early" in author.text


def test_title_template_and_deletion_reach_open_pages(author: Author) -> None:
    author.open("/")
    author.write("content/other.md", '+++\ntitle = "Renamed"\n+++\nother\n')
    author.wait_until(lambda: "Renamed" in author.text)
    author.write("templates/index.html", FILES["templates/index.html"].replace("Posts", "All posts"))
    author.wait_until(lambda: "All posts" in author.text)
    author.open("/other/")
    (author.root / "content/other.md").unlink()
    author.wait_until(lambda: "404" in author.text)


def test_page_finds_the_server_that_is_started_again(author: Author) -> None:
    author.open("/other/")
    author.server.stop()
    author.server.start()
    author.wait_until(lambda: author.was_reloaded)
    author.write("content/other.md", '+++\ntitle = "Other"\n+++\nafter the restart\n')
    author.wait_until(lambda: "after the restart" in author.text)


def test_other_pages_edits_leave_a_page_alone(author: Author) -> None:
    author.open("/other/")
    author.write("content/한글-글.md", '+++\ntitle = "한글 글"\n+++\n두 번째\n')
    author.write("static/site.css", "h1 { color: rgb(4, 4, 4) }\n")
    author.wait_until(lambda: author.run("getComputedStyle(document.querySelector('h1')).color") == "rgb(4, 4, 4)")
    assert not author.was_reloaded


def test_broken_edit_lies_over_the_page_until_it_is_mended(author: Author) -> None:
    author.open("/other/")
    author.write("templates/page.html", "{% if <script>window.evil = true</script> %}\n")
    author.wait_until(lambda: "The site could not be built" in author.text)
    assert "--> templates/page.html:1:" in author.text
    assert "<script>window.evil = true</script>" in author.text
    assert not author.was_reloaded
    author.browser.refresh()
    assert "The site could not be built" in author.text
    assert author.run("window.evil") is None
    author.browser.execute_script("window.mark = true")
    author.write("templates/page.html", FILES["templates/page.html"])
    author.wait_until(lambda: "The site could not be built" not in author.text)
    assert not author.was_reloaded


def test_posts_come_and_go_in_the_index(author: Author) -> None:
    author.open("/")
    author.write("content/new.md", '+++\ntitle = "Brand new"\n+++\n')
    author.wait_until(lambda: "Brand new" in author.text)
    (author.root / "content/new.md").unlink()
    author.wait_until(lambda: "Brand new" not in author.text)
    assert "Other" in author.text


def test_page_that_was_missing_appears(author: Author) -> None:
    author.open("/later/")
    assert "Other" not in author.text
    author.write("content/later.md", '+++\ntitle = "Later"\n+++\nhere it is\n')
    author.wait_until(lambda: "here it is" in author.text)
