"""A build tells its watch what it is at."""

from __future__ import annotations

from generator.engine.watch import Watch
from generator.model.options import BuildOptions
from generator.pipeline import build_site

WHOLE = [
    "looking for changes",
    "loading hanji",
    "reading pages",
    "ordering pages",
    "reading templates",
    "rendering Markdown",
    "checking links",
    "planning",
    "making style sheets",
    "making search indexes",
    "rendering templates",
    "processing images",
    "gathering files",
]


class Noted(Watch):
    def __init__(self) -> None:
        self.told: list[str] = []

    def begin(self, stage: str) -> None:
        self.told.append(stage)

    def advance(self, done: int, total: int) -> None:
        self.told.append(f"{done} of {total}")


def test_stages_come_in_order_with_their_steps(site) -> None:
    site.page("a.md").page("b.md")
    watch = Noted()
    build_site(BuildOptions(root=site.root, jobs=1), watch)
    assert [stage for stage in watch.told if " of " not in stage] == WHOLE
    markdown = watch.told.index("rendering Markdown")
    assert watch.told[markdown + 1 : markdown + 4] == ["1 of 3", "2 of 3", "3 of 3"]


def test_a_build_with_nothing_to_do_has_one_stage(site) -> None:
    site.publish()
    watch = Noted()
    build_site(BuildOptions(root=site.root, jobs=1, cache=True), watch)
    assert watch.told == WHOLE[:1]
