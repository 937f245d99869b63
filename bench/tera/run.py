"""Time this engine, plain Jinja2 and the real Tera (`pytera`, where installed) on the same templates; print a table.

    python bench/tera/run.py [--rounds N]

The sets are those of the conformance cases; `jinja/` holds the same templates as Jinja2 has them. The index is a
list of 1,000 posts. What the engines give is compared first, but for the way in which each escapes.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from statistics import geometric_mean
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SETS = ROOT / "tests" / "conformance" / "tera" / "realistic"
sys.path.insert(0, str(ROOT))

from jinja2 import ChainableUndefined, DictLoader, Environment, Undefined, select_autoescape  # noqa: E402

from generator.tera import Tera  # noqa: E402
from generator.tera.filters import FILTERS  # noqa: E402
from generator.tera.testers import TESTERS  # noqa: E402

POSTS = 1_000
OWN_FILTERS = ("upper", "lower", "trim", "length", "first", "last", "safe", "escape", "capitalize", "abs")
"""Filters that Jinja2 has and calls alike; of the others both engines use the same functions."""


@dataclass(frozen=True, kw_only=True)
class Render:
    """One template to render, as Tera and as Jinja2 have it."""

    name: str
    template: str
    tera: Mapping[str, str]
    jinja: Mapping[str, str]
    context: Mapping[str, Any]


def read_folder(folder: Path) -> dict[str, str]:
    return {f.relative_to(folder).as_posix(): f.read_bytes().decode() for f in folder.rglob("*") if f.is_file()}


def realistic_renders() -> Iterator[Render]:
    for folder in sorted(SETS.iterdir()):
        tera, jinja = read_folder(folder / "templates"), read_folder(HERE / "jinja" / folder.name)
        for each in json.loads((folder / "renders.json").read_text(encoding="utf-8")):
            yield Render(name=each["id"], template=each["render"], tera=tera, jinja=jinja, context=each["context"])


def index_render() -> Render:
    pages = [
        {
            "title": f"글 {number}: docker & <b>compose</b>",
            "permalink": f"https://example.com/posts/post-{number}/",
            "date": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "description": f"A post about containers, number {number}." if number % 3 else None,
            "word_count": 400 + number,
            "extra": {"cover": f"/img/{number}.png"} if number % 2 else {},
            "taxonomies": {"tags": ["docker", "linux", f"t{number % 7}"][: number % 4]},
        }
        for number in range(POSTS)
    ]
    context = {
        "config": {"title": "Blog", "base_url": "https://example.com"},
        "section": {"title": "글", "pages": pages},
    }
    tera, jinja = read_folder(HERE / "index"), read_folder(HERE / "jinja" / "index")
    return Render(name=f"index of {POSTS} posts", template="index.html", tera=tera, jinja=jinja, context=context)


def make_jinja(templates: Mapping[str, str]) -> Environment:
    escaped = select_autoescape(("html", "htm", "xml"), default=False)
    environment = Environment(
        loader=DictLoader(templates), autoescape=escaped, undefined=ChainableUndefined, keep_trailing_newline=True
    )
    environment.add_extension("jinja2.ext.loopcontrols")
    for name, function in FILTERS.items():
        if name not in OWN_FILTERS:
            environment.filters[name] = partial(_call_filter, function)
    environment.filters["default"] = _default
    for name, tester in TESTERS.items():
        if name not in environment.tests:
            environment.tests[name] = partial(_call_tester, tester)
    environment.globals["range"] = lambda end, start=0: range(start, end)
    return environment


def _call_filter(function: Callable[..., Any], _value: Any, **arguments: Any) -> Any:
    return function(_value, arguments)


def _default(found: Any, value: Any) -> Any:
    return value if found is None or isinstance(found, Undefined) else found


def _call_tester(tester: Callable[..., bool], value: Any, *arguments: Any) -> bool:
    return tester(value, arguments)


def same(left: str, right: str) -> bool:
    return plain_text(left) == plain_text(right)


def plain_text(text: str) -> str:
    for _ in range(3):
        text = html.unescape(text)
    return re.sub(r"\s+", "", re.sub(r"(\d)\.0(?!\d)", r"\1", text)).lower()


def best_us(renders: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Return the least CPU time of one call of each, in microseconds; they take turns, to see the same load."""
    calls = [_calls_in_10_ms(render) for render in renders]
    best = [float("inf")] * len(renders)
    for _ in range(rounds):
        for number, render in enumerate(renders):
            start = time.process_time()
            for _ in range(calls[number]):
                render()
            best[number] = min(best[number], (time.process_time() - start) / calls[number])
    return [seconds * 1e6 for seconds in best]


def _calls_in_10_ms(render: Callable[[], object]) -> int:
    render()
    start = time.process_time()
    render()
    return max(1, int(0.01 / (time.process_time() - start + 1e-9)))


def make_real(templates: Mapping[str, str]) -> Any:
    """Return the real Tera with these templates; None where it is not installed."""
    try:
        import pytera
    except ImportError:
        return None
    folder = Path(tempfile.mkdtemp(prefix="pytera-"))
    for name, source in templates.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source, encoding="utf-8")
    return pytera.PyTera(f"{folder}/**/*")


def compare(render: Render, rounds: int) -> list[float]:
    """Return the times of this engine, Jinja2 and, where it is installed, the real Tera."""
    engine, environment, real = Tera(render.tera), make_jinja(render.jinja), make_real(render.tera)
    template = environment.get_template(render.template)
    if not same(engine.render(render.template, render.context), template.render(render.context)):
        raise SystemExit(f"{render.name}: the outputs differ")
    renders: list[Callable[[], object]] = [
        lambda: engine.render(render.template, render.context),
        lambda: template.render(render.context),
    ]
    if real is not None:
        renders.append(lambda: real.render_template(render.template, **render.context))
    return best_us(renders, rounds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    print("| templates | renders | this engine, µs | Jinja2, µs | ratio | pytera, µs |")
    print("|---|---:|---:|---:|---:|---:|")
    ratios = []
    for name, renders in groupby([index_render(), *realistic_renders()], key=lambda render: render.name.split("/")[0]):
        times = [compare(render, arguments.rounds) for render in renders]
        ratios += [ours / jinja for ours, jinja, *_ in times]
        ours, jinja, *real = (sum(column) for column in zip(*times, strict=True))
        pytera = f"{real[0]:,.0f}" if real else "–"
        print(f"| {name} | {len(times)} | {ours:,.0f} | {jinja:,.0f} | {ours / jinja:.2f} | {pytera} |")
    print(f"| **all, geometric mean** | {len(ratios)} | | | **{geometric_mean(ratios):.2f}** | |")
    print(f"| **the slowest ratio** | | | | **{max(ratios):.2f}** | |")


if __name__ == "__main__":
    main()
