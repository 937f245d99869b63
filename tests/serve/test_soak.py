"""An author who edits on and on: after each edit the right page, now and then the whole site, and no growing memory.

HANJI_SOAK sets the number of edits (40 unless given); `-s` shows the memory: HANJI_SOAK=500 pytest -s …/test_soak.py
"""

from __future__ import annotations

import http.client
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from generator.model.options import BuildOptions
from generator.model.output import KeptFile, OutputFile
from generator.pipeline import build_site

REPOSITORY = Path(__file__).parents[2]
EDITS = int(os.environ.get("HANJI_SOAK", "40"))
DEADLINE_S = 60.0
# The first edits fill what is kept on purpose: compiled templates, parsed patterns.
WARM_EDITS = 100
MOST_GROWTH_KB = 16 * 1024
INJECTED = re.compile(rb'(<div id="hanji-badge".*?</div>)?<script src="[^"]*/_hanji/[^"]*"></script>', re.DOTALL)

FILES = {
    "templates/macros.html": "{% macro entry(p) %}<a href='{{ p.permalink }}'>{{ p.title }}</a>{% endmacro %}",
    "templates/base.html": (
        "{% import 'macros.html' as m %}<!doctype html><html><head>"
        "<link rel=stylesheet href=\"{{ get_url(path='app.css', cachebust=true) | safe }}\">"
        "<title>{{ config.title }}</title></head><body>{% block body %}{% endblock %}"
        "<i>{{ load_data(path='data/menu.json') | join(sep=',') }}</i></body></html>"
    ),
    "templates/page.html": (
        "{% extends 'base.html' %}{% block body %}<h1>{{ page.title }}</h1>{{ page.content | safe }}"
        "{% if page.lower %}{{ page.lower.title }}{% endif %}{% endblock %}"
    ),
    "templates/index.html": (
        "{% extends 'base.html' %}{% block body %}{% set s = get_section(path='posts/_index.md') %}"
        "{% for p in s.pages %}{{ m::entry(p=p) }}{% endfor %}{% endblock %}"
    ),
    "templates/section.html": (
        "{% extends 'base.html' %}{% block body %}{% for p in paginator.pages %}{{ m::entry(p=p) }}{% endfor %}"
        "{% endblock %}"
    ),
    "templates/taxonomy_list.html": "<body>{% for t in terms %}{{ t.name }} {{ t.page_count }}{% endfor %}</body>",
    "templates/taxonomy_single.html": "<body>{% for p in term.pages %}{{ p.title }}{% endfor %}</body>",
    "templates/shortcodes/note.html": "<b>{{ body }}</b>",
    "content/posts/_index.md": '+++\nsort_by = "date"\npaginate_by = 5\n+++\n',
    "content/posts/묶음/index.md": '+++\ntitle = "묶음"\ndate = 2024-01-01\n+++\n![](그림.png)\n',
    "content/posts/묶음/그림.png": "0",
    "static/app.css": "a{}",
    "sass/look.scss": "$n: 0; b { order: $n }",
    "data/menu.json": "[0]",
}
CONFIG = (
    'base_url = "https://example.com"\ntitle = "{title}"\ndefault_language = "ko"\ngenerate_feeds = true\n'
    'compile_sass = true\nbuild_search_index = true\ntaxonomies = [{{ name = "tags" }}]\n[slugify]\npaths = "safe"\n'
)

# What an edit leads to: a path of the site, and whether its answer (status, text) is right.
Seen = tuple[str, Callable[[int, str], bool]]


@dataclass
class Writer:
    """Edits a site at random; each edit returns where it is to be seen."""

    root: Path
    dice: random.Random
    posts: list[str] = field(default_factory=list)
    number: int = 0

    def begin(self) -> None:
        for path, text in FILES.items():
            self.write(path, text)
        self.write("config.toml", CONFIG.format(title="처음"))
        for _ in range(20):
            self.add()

    def edit(self) -> tuple[str, Seen]:
        """Edit once; return the edit's name and where it is seen."""
        kinds = (self.body, self.title, self.add, self.delete, self.rename, self.draft, self.template, self.macro)
        more = (self.shortcode, self.sass, self.style, self.config, self.data, self.asset, self.atomic, self.checkout)
        act = self.dice.choice((*kinds, *more, self.broken, self.folder))
        if act in (self.delete, self.rename) and len(self.posts) < 10:
            act = self.add
        return act.__name__, act()

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def post(self, name: str, *, title: str = "", draft: bool = False) -> str:
        """Return the text of a post that is unlike any before."""
        self.number += 1
        meta = f'title = "{title or name}"\ndate = 2024-02-{self.number % 28 + 1:02}\ndraft = {str(draft).lower()}\n'
        tags = f'[taxonomies]\ntags = ["t{self.number % 3}", "도커"]\n'
        return f"+++\n{meta}{tags}+++\n## 제목\n\n{{% note() %}}글 {self.number}{{% end %}}\n\n```sh\nls\n```\n"

    def some(self) -> str:
        return self.dice.choice(self.posts)

    def body(self) -> Seen:
        name = self.some()
        self.write(f"content/posts/{name}.md", self.post(name))
        return f"posts/{name}/", shows(f"글 {self.number}<")

    def title(self) -> Seen:
        name = self.some()
        self.write(f"content/posts/{name}.md", self.post(name, title=f"이름 {self.number}"))
        return "", shows(f">이름 {self.number - 1}<")

    def add(self) -> Seen:
        name = f"글-{self.number}"
        self.posts.append(name)
        self.write(f"content/posts/{name}.md", self.post(name))
        return "", shows(f">{name}<")

    def delete(self) -> Seen:
        name = self.some()
        self.posts.remove(name)
        (self.root / f"content/posts/{name}.md").unlink()
        return f"posts/{name}/", is_gone

    def rename(self) -> Seen:
        old, new = self.some(), f"new-{self.number}"
        self.number += 1
        self.posts[self.posts.index(old)] = new
        os.rename(self.root / f"content/posts/{old}.md", self.root / f"content/posts/{new}.md")
        return f"posts/{new}/", shows("<h1>")

    def draft(self) -> Seen:
        name = self.some()
        draft = self.dice.random() < 0.5
        self.write(f"content/posts/{name}.md", self.post(name, draft=draft))
        number = f"글 {self.number}<"
        return f"posts/{name}/", lambda _, text: number in text and ("hanji-badge" in text) == draft

    def template(self) -> Seen:
        self.number += 1
        self.write("templates/page.html", f"{FILES['templates/page.html']}{{# #}}{{% block x %}}{{% endblock %}}")
        self.write("templates/base.html", FILES["templates/base.html"].replace("<i>", f"<i>판 {self.number} "))
        return f"posts/{self.some()}/", shows(f"<i>판 {self.number} ")

    def macro(self) -> Seen:
        self.number += 1
        text = FILES["templates/macros.html"].replace("<a ", f"<a id=m{self.number} ")
        self.write("templates/macros.html", text)
        return "posts/", shows(f"id=m{self.number} ")

    def shortcode(self) -> Seen:
        self.number += 1
        self.write("templates/shortcodes/note.html", f"<b>{{{{ body }}}}</b><u>{self.number}</u>")
        return f"posts/{self.some()}/", shows(f"<u>{self.number}</u>")

    def sass(self) -> Seen:
        self.number += 1
        self.write("sass/look.scss", f"$n: {self.number}; b {{ order: $n }}")
        return "look.css", shows(f"order:{self.number}")

    def style(self) -> Seen:
        self.number += 1
        self.write("static/app.css", f"a{{order:{self.number}}}")
        return "app.css", shows(f"order:{self.number}")

    def config(self) -> Seen:
        self.number += 1
        self.write("config.toml", CONFIG.format(title=f"이름 {self.number}"))
        return "", shows(f"<title>이름 {self.number}</title>")

    def data(self) -> Seen:
        self.number += 1
        self.write("data/menu.json", f"[{self.number}, 1]")
        return "", shows(f"{self.number},1</i>")

    def asset(self) -> Seen:
        self.number += 1
        self.write("content/posts/묶음/그림.png", str(self.number))
        return "posts/묶음/그림.png", shows(str(self.number))

    def atomic(self) -> Seen:
        name = self.some()
        temporary = self.root / f"content/posts/.{name}.md.swp"
        temporary.write_text(self.post(name), encoding="utf-8")
        os.replace(temporary, self.root / f"content/posts/{name}.md")
        return f"posts/{name}/", shows(f"글 {self.number}<")

    def checkout(self) -> Seen:
        """Another branch: posts come, go and change, and so does a template."""
        for name in self.dice.sample(self.posts, 5):
            self.posts.remove(name)
            (self.root / f"content/posts/{name}.md").unlink()
        for name in self.posts:
            self.write(f"content/posts/{name}.md", self.post(name))
        for _ in range(5):
            self.add()
        return self.template()

    def broken(self) -> Seen:
        self.number += 1
        self.write("templates/macros.html", f"{{% macro entry(p) %}}{{{{ nope{self.number} }}{{% endmacro %}}")
        return "posts/", shows("hanji-overlay")

    def folder(self) -> Seen:
        """A section that comes, or goes as a whole."""
        self.number += 1
        home = self.root / "content/부록"
        if home.exists():
            shutil.rmtree(home)
            return "부록/하나/", is_gone
        self.write("content/부록/_index.md", "+++\npaginate_by = 5\n+++\n")
        self.write("content/부록/하나.md", self.post("하나"))
        return "부록/하나/", shows(f"글 {self.number}<")


def shows(text: str) -> Callable[[int, str], bool]:
    return lambda _, answer: text in answer


def is_gone(status: int, _text: str) -> bool:
    return status == 404


@dataclass(frozen=True)
class Serving:
    process: subprocess.Popen[bytes]
    url: str

    def ask(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=DEADLINE_S)
        connection.request("GET", "/" + quote(path))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    def wait_until(self, path: str, is_right: Callable[[int, str], bool], edit: str) -> None:
        deadline = time.monotonic() + DEADLINE_S
        while True:
            status, body = self.ask(path)
            if is_right(status, body.decode("utf-8", "replace")):
                return
            assert time.monotonic() < deadline, f"{edit} does not show at {path}: {status} {body!r}"
            time.sleep(0.005)

    def memory_kb(self) -> int:
        """Return how much memory the server holds; 0 where the system does not say."""
        file = Path(f"/proc/{self.process.pid}/status")
        return int(re.findall(r"VmRSS:\s+(\d+)", file.read_text())[0]) if file.exists() else 0


@contextmanager
def serving(root: Path) -> Iterator[Serving]:
    log = root.parent / "log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", "--root", str(root), "serve", "--port", "0", "--drafts"],
            stdout=stream,
            stderr=stream,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"},
        )
    try:
        deadline = time.monotonic() + DEADLINE_S
        while not (found := re.search(r"available at (\S+)", log.read_text())):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.01)
        yield Serving(process, found[1])
    finally:
        process.kill()
        process.wait()


def check_whole_site(server: Serving, root: Path, known: set[str]) -> None:
    """Compare all that is served with a build from nothing; what once was there and is not must be gone."""
    options = BuildOptions(root=root, mode="serve", base_url=server.url, drafts=True, jobs=1)
    fresh = {
        path: file.data if isinstance(file, OutputFile) else file.file.read_bytes()
        for path, file in build_site(options).files.items()
        if not isinstance(file, KeptFile)
    }
    for path, expected in fresh.items():
        server.wait_until(path, lambda _, text, expected=expected: is_page(text, expected), "what a fresh build has")
    for path in known - fresh.keys():
        server.wait_until(path, is_gone, "a deletion")
    known |= fresh.keys()


def is_page(text: str, expected: bytes) -> bool:
    return INJECTED.sub(b"", text.encode()) == expected


def test_edits_on_and_on(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "site", random.Random(8))
    writer.begin()
    memory: dict[int, int] = {}
    known: set[str] = set()
    started = time.monotonic()
    with serving(writer.root) as server:
        for number in range(1, EDITS + 1):
            name, (path, is_right) = writer.edit()
            server.wait_until(path, is_right, name)
            if name == "broken":
                server.wait_until(*writer.macro(), name)
            if number % 50 == 0 or number == EDITS:
                check_whole_site(server, writer.root, known)
                memory[number] = server.memory_kb()
    print(f"\n{EDITS} edits in {time.monotonic() - started:.0f} s; memory in MB after so many edits:")
    print(", ".join(f"{number}: {size / 1024:.0f}" for number, size in memory.items()))
    warm = [size for number, size in memory.items() if number >= WARM_EDITS]
    assert not warm or max(warm) - warm[0] < MOST_GROWTH_KB
