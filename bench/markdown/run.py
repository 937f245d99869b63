"""Time `render_markdown` and bare markdown-it-py on the same posts; print both, and where the time goes on request.

    python bench/markdown/run.py [FOLDER] [--posts N] [--rounds N] [--profile N]

FOLDER holds Markdown files with front matter; without it, posts like a Korean developer's are made up. The other side
is `MarkdownIt("commonmark")` with tables and strikethrough. No code is coloured.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from markdown_it import MarkdownIt

from generator.markdown.blocks import parse_blocks
from generator.markdown.context import Document, MarkdownSettings
from generator.markdown.render import render_markdown
from generator.markdown.words import count_words
from generator.model.config import MarkdownConfig
from generator.text.slug import slugify

FRONT_MATTER = re.compile(r"\A(\+\+\+|---)\n.*?\n\1[ \t]*\n", re.DOTALL)
NOUNS = [
    "도커",
    "이미지",
    "컨테이너",
    "노드",
    "서버",
    "배포",
    "설정",
    "캐시",
    "네트워크",
    "레이어",
    "볼륨",
    "커널",
    "로그",
    "문서",
    "파이프라인",
]
TOOLS = ["dockerd", "buildkit", "containerd", "podman", "runc", "colima", "nerdctl", "kubelet"]
SENTENCES = (
    "그러니까 {a}는 {b}이고, {c} {a}인 것이다. (참고: {t} {n}.{m})",
    "**{t}**는 {a}에서 {b}를 천천히 만든다.",
    "_{t} starts a {u} virtual machine_ 라고 되어있는데 {a}가 설명한다.",
    "[{a} {b}](https://example.com/{n}{m}) 문서를 보면 {c}를 빠르게 찾는다.",
    "{a}와 {b}의 차이를 `{t} --{u}` 명령어로 확인한다.",
)
CODE = (
    '```bash\ndocker run -d --name {t} -p {n}{m}:80 \\\n  -e MODE="{u}" {t}:{n}\n'
    "for i in $(seq 1 {m}); do sleep $i; done\n```"
)
TABLE = "| 이름 | 종류 | 점수 |\n| :--- | :---: | ---: |\n" + "| {t} | {a} | {n} |\n" * 4
ENDING = "{a}에 대한 각주[^1]도 있다.\n\n[^1]: _{t} starts a {u} virtual machine_ 라고 한다.\n"


class Author:
    """Makes up posts."""

    def __init__(self, seed: int) -> None:
        self._choose = random.Random(seed)

    def write_post(self) -> str:
        parts = [self._paragraph(), "<!-- more -->"]
        for _ in range(6):
            parts += [self._fill("## {a}란 {t} {b}일까?"), self._paragraph(), self._paragraph()]
            parts.append(self._fill(self._choose.choice((CODE, TABLE, ENDING, "> {a}는 {b}다."))))
        parts.append("\n".join("* " + self._sentence() for _ in range(4)))
        return "\n\n".join(parts) + "\n"

    def _paragraph(self) -> str:
        return "  \n".join(self._sentence() for _ in range(self._choose.randint(3, 5)))

    def _sentence(self) -> str:
        return self._fill(self._choose.choice(SENTENCES))

    def _fill(self, text: str) -> str:
        a, b, c = self._choose.sample(NOUNS, 3)
        t, u = self._choose.sample(TOOLS, 2)
        n, m = self._choose.randint(1, 99), self._choose.randint(1, 99)
        return text.format(a=a, b=b, c=c, t=t, u=u, n=n, m=m)


def read_posts(folder: Path) -> list[str]:
    files = sorted(folder.rglob("*.md"))
    return [FRONT_MATTER.sub("", file.read_text(encoding="utf-8")) for file in files]


def make_settings() -> MarkdownSettings:
    return MarkdownSettings(
        markdown=MarkdownConfig(),
        slugify_anchors=slugify,
        permalinks={},
        render_template=lambda name, values: "",
        internal_level="warn",
    )


def measure(work: Callable[[str], object], texts: Sequence[str], rounds: int) -> float:
    """Return the CPU seconds that the quickest round took."""
    return min(measure_once(work, texts) for _ in range(rounds))


def measure_once(work: Callable[[str], object], texts: Sequence[str]) -> float:
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--posts", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", type=int, metavar="N", help="show the N functions that take longest")
    options = parser.parse_args()
    author = Author(seed=1)
    texts = read_posts(options.folder) if options.folder else [author.write_post() for _ in range(options.posts)]
    render = partial(render_markdown, document=Document(permalink="https://example.com/a/"), settings=make_settings())
    bare = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    if options.profile:
        with cProfile.Profile() as profile:
            measure_once(render, texts)
        pstats.Stats(profile).sort_stats("tottime").print_stats(options.profile)
        return
    base = measure(bare.render, texts, options.rounds)
    print(f"{len(texts)} posts, {sum(map(len, texts)) / len(texts):.0f} characters each; CPU ms a post, and of bare")
    works = {
        "bare markdown-it-py": bare.render,
        "render_markdown": render,
        "its blocks": parse_blocks,
        "count_words": count_words,
    }
    for name, work in works.items():
        seconds = base if work == bare.render else measure(work, texts, options.rounds)
        print(f"{name:20} {1000 * seconds / len(texts):7.3f} {seconds / base:7.2f}")


if __name__ == "__main__":
    main()
