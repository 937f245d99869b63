"""A seed and a number in, a made-up post out: Korean, with code, a table, a footnote and links; the same every time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

HANGUL = 0xAC00
"""The first syllable; every 28th ends in a vowel."""
FIRST_DAY = datetime.date(2012, 3, 1)
DAYS = 4_500
CATEGORIES = ("기록", "서버", "언어", "도구", "책", "생활")
TAG_WORDS = ("백업", "색인", "검색", "글꼴", "시험", "배포", "정렬", "문법", "지도", "사진", "달력", "편지")
TAGS = tuple(f"{word}{number}" for word in TAG_WORDS for number in range(1, 5))
DENSE_TERMS = 1_500
NOUNS = (
    *("서랍", "달력", "열쇠", "목록", "창고", "사전", "나침반", "지도", "편지", "시계", "저울", "선반", "등대", "기차"),
    *("색인", "거울", "우체통", "수첩", "계단", "다리", "악보", "온도계", "돋보기", "바퀴", "책갈피", "이정표", "나사"),
)
NAMES = ("sqlite", "rsync", "caddy", "ripgrep", "postgres", "tmux", "restic", "borg", "make", "ninja", "uv", "fzf")
ADVERBS = ("조용히", "한 번 더", "밤마다", "두 단계로", "손으로", "미리", "나중에", "한꺼번에")
SENTENCES = (
    "{a:이가} 없으면 {b:은는} 쓸모가 없다.",
    "**{t}**는 {a:을를} {v} 읽고, 남은 {b:은는} {c:과와} 함께 둔다.",
    "`{t} --{u}={n}` 한 줄이면 {a:을를} {v} 옮길 수 있다.",
    "[{a:과와} {b}](https://example.net/{n}/{m}) 이야기는 전에도 적었다.",
    "*Keep the {u} small, and the {t} will follow*: {a:이가} 작을수록 {b:은는} 빨라진다.",
    "처음에는 {a:을를} 의심했지만 {b:이가} 말썽이었다. ({t} {m}.{n})",
    "그래서 {a}마다 {b:을를} 하나씩 두고 {c:은는} {v} 비웠다.",
)
HEADINGS = ("{a:은는} 왜 {b:이가} 되었나", "{t}에서 {a} 꺼내기", "{a:과와} {b} 사이", "{v} 고치는 {a}", "{n}번째 {a}")
MORE = "<!-- more -->"
TABLE_ROW = "| {t} | {a} | {n} |"
CODE = (
    """
```python
import sqlite3


def {t}_rows(path: str, limit: int = {n}) -> list[tuple[str, int]]:
    # {a:과와} {b}
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name, size FROM {u} LIMIT ?", (limit,))
        return [(name.strip(), size // {m}) for name, size in rows if size > {n}]
```
""",
    """
```bash
set -euo pipefail
# {a:을를} {v}
for day in $(seq 1 {m}); do
  {t} --keep {n} "$HOME/{u}/$day" | sort -u > "/srv/{u}-$day.txt" || echo "missed $day"
done
```
""",
    """
```yaml
service: {t}
listen: {n}{m}
paths:
  - /srv/{u}
  - /var/lib/{t}
keep:
  daily: {m}
  weekly: {n} # {a}
enabled: true
```
""",
    """
```sql
SELECT a.name, count(*) AS {u}_count
FROM {t} AS a
JOIN {u} AS b ON b.id = a.{u}_id
WHERE b.size > {n} AND a.name LIKE '%{a}%'
GROUP BY a.name
ORDER BY 2 DESC -- {b}
LIMIT {m};
```
""",
    """
```rust
fn {u}_of(names: &[String], limit: usize) -> Option<&String> {{
    // {a:을를} {v}
    let own = names.iter().filter(|name| name.starts_with("{t}"));
    own.take(limit * {m}).max_by_key(|name| name.len() + {n})
}}
```
""",
)


class Word(str):
    """A Korean noun; as a format it takes a pair of particles, one for a final consonant and one without."""

    __slots__ = ()

    def __format__(self, particles: str) -> str:
        if not particles:
            return str(self)
        final, vowel = tuple(particles)
        return self + (final if (ord(self[-1]) - HANGUL) % 28 else vowel)


@dataclass(frozen=True, kw_only=True)
class Post:
    """One post as every generator is to get it; the body is written with the links that the generator understands."""

    number: int
    title: str
    day: datetime.date
    category: str
    tags: Sequence[str]
    write_body: Callable[[Callable[[int], str]], str]

    @property
    def slug(self) -> str:
        return f"note-{self.number:06d}"


def make_posts(count: int, *, seed: int, dense: bool = False) -> Iterator[Post]:
    """Make up `count` posts; dense ones have 40 more tags each.

    A generator, as 100,000 of them need not be in memory at once.
    """
    for number in range(count):
        yield _make_post(number, count, Random(f"{seed} {number}"), dense)


def _make_post(number: int, count: int, choose: Random, dense: bool) -> Post:
    tags = sorted(choose.sample(TAGS, 3))
    if dense:
        tags += [f"갈래{term}" for term in sorted(choose.sample(range(DENSE_TERMS), 40))]
    links = (choose.randrange(count), choose.randrange(count))
    body_seed = choose.getrandbits(64)
    return Post(
        number=number,
        title=f"{_fill('{a:과와} {t}, 그리고 {b}', choose)} {number}",
        day=FIRST_DAY + datetime.timedelta(days=number * DAYS // count),
        category=choose.choice(CATEGORIES),
        tags=tags,
        write_body=lambda link: "\n\n".join(_blocks(Random(body_seed), [link(n) for n in links])) + "\n",
    )


def _blocks(choose: Random, links: Sequence[str]) -> Iterator[str]:
    yield _paragraph(choose)
    yield MORE
    for level in (2, 3, 2, 3, 3, 2):
        yield f"{'#' * level} {_fill(choose.choice(HEADINGS), choose)}"
        yield _paragraph(choose)
        if level == 2:
            yield _fill(choose.choice(CODE), choose).strip()
        yield _paragraph(choose)
    yield "> " + _sentence(choose)
    yield "| 물건 | 쓰임 | 개수 |\n|:---|:---:|---:|\n" + "\n".join(_fill(TABLE_ROW, choose) for _ in range(4))
    yield _fill("{a:은는} 따로 적어 둔다[^1].\n\n[^1]: ", choose) + _sentence(choose)
    yield "## 세 줄로\n\n" + "\n".join(f"{line}. {_sentence(choose)}" for line in (1, 2, 3))
    yield "## 더 볼 것\n\n" + "\n".join(f"- [다른 글]({link})" for link in links)


def _paragraph(choose: Random) -> str:
    return "\n".join(_sentence(choose) for _ in range(choose.randint(4, 6)))


def _sentence(choose: Random) -> str:
    return _fill(choose.choice(SENTENCES), choose)


def _fill(text: str, choose: Random) -> str:
    a, b, c = (Word(noun) for noun in choose.sample(NOUNS, 3))
    t, u = choose.sample(NAMES, 2)
    n, m = choose.randint(2, 60), choose.randint(2, 30)
    return text.format(a=a, b=b, c=c, t=t, u=u, n=n, m=m, v=choose.choice(ADVERBS))
