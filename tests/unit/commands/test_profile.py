"""`hanji build --profile`: what took how long, as tables for people and as one line for programs."""

from __future__ import annotations

import json

from generator.commands.profile import StageClock, format_profile, make_profile
from generator.engine.watch import UNWATCHED
from generator.model.output import Timing

STAGES = [("reading pages", 0.5), ("rendering templates", 1.5)]
TIMINGS = [
    Timing(work="Markdown", name="content/a.md", source="content/a.md", seconds=0.010),
    Timing(
        work="template",
        name="a/index.html",
        source="content/a.md",
        seconds=0.002,
        parts=(("page.html", 0.0015), ("base.html", 0.0005)),
    ),
    Timing(work="template", name="b/index.html", source="content/b.md", seconds=0.004, parts=(("page.html", 0.004),)),
    Timing(work="template", name="index.html", source="content/_index.md", seconds=1.25, parts=(("index.html", 1.25),)),
    Timing(work="image", name="processed_images/a.png", seconds=0.3),
]


def test_tables_have_the_most_costly_first() -> None:
    assert format_profile(make_profile(STAGES, TIMINGS)) == [
        "",
        "     ms  share  stage",
        "  500.0    25%  reading pages",
        "1,500.0    75%  rendering templates",
        "",
        "     ms     mean  slowest  files  template",
        "1,250.0  1,250.0  1,250.0      1  index.html",
        "    5.5      2.8      4.0      2  page.html",
        "    0.5      0.5      0.5      1  base.html",
        "",
        "     ms  Markdown  templates  page",
        "1,250.0       0.0    1,250.0  content/_index.md",
        "   12.0      10.0        2.0  content/a.md",
        "    4.0       0.0        4.0  content/b.md",
        "",
        "   ms  image",
        "300.0  processed_images/a.png",
        "",
        "Milliseconds; those of templates, pages and images add up over all processes.",
        "A template's are its own, without those that it extends, includes or imports from.",
    ]


def test_only_the_slowest_are_listed_and_the_others_counted() -> None:
    many = [Timing(work="image", name=f"{number}.png", seconds=number / 1000) for number in range(30)]
    lines = format_profile(make_profile(STAGES, many))
    assert "… and 10 more" in lines
    assert next(line for line in lines if line.endswith(".png")) == "29.0  29.png"
    assert "10.0  10.png" in lines
    assert " 9.0  9.png" not in lines


def test_a_build_that_rendered_nothing_says_so() -> None:
    assert (
        format_profile(make_profile(STAGES, []))[-1]
        == "No page was rendered: all of them were kept from the last build."
    )


def test_a_clock_times_the_stages_and_hands_on_what_it_is_told() -> None:
    told: list[object] = []

    class Noted(type(UNWATCHED)):  # type: ignore[misc]
        def begin(self, stage: str) -> None:
            told.append(stage)

        def advance(self, done: int, total: int) -> None:
            told.append((done, total))

    clock = StageClock(Noted(), "starting", 0.0)
    clock.begin("reading pages")
    clock.advance(1, 2)
    stages = clock.stop()
    assert [name for name, _ in stages] == ["starting", "reading pages"]
    assert all(seconds >= 0 for _, seconds in stages)
    assert told == ["reading pages", (1, 2)]


def test_a_build_shows_its_profile_before_its_last_line(hanji, site) -> None:
    site.page("a.md", "text")
    answer = hanji("--root", site.root, "build", "--profile", "--jobs", "1")
    assert answer.status == 0
    assert not answer.out
    table, _, last = answer.err.rpartition("\nDone in ")
    assert last
    for name in ("rendering Markdown", "writing files", "page.html", "content/a.md"):
        assert any(line.endswith(f"  {name}") for line in table.splitlines())


def test_parents_includes_macros_and_shortcodes_have_their_own_rows(hanji, site) -> None:
    site.write("templates/base.html", "{% block body %}{% endblock %}{% include 'foot.html' %}")
    site.write("templates/foot.html", "foot").write("templates/shortcodes/note.html", "{{ text }}")
    site.write("templates/macros.html", "{% macro show(text) %}{{ text | safe }}{% endmacro %}")
    site.write(
        "templates/page.html",
        "{% extends 'base.html' %}{% import 'macros.html' as m %}"
        "{% block body %}{{ m::show(text=page.content) }}{% endblock %}",
    )
    site.page("a.md", '{{ note(text="x") }}').page("b.md")
    answer = hanji("--root", site.root, "build", "--profile", "--format", "json", "--jobs", "1")
    files = {row["template"]: row["files"] for row in json.loads(answer.out)["templates"]}
    assert (files["page.html"], files["base.html"], files["foot.html"], files["macros.html"]) == (2, 2, 2, 2)
    assert files["shortcodes/note.html"] == 1


def test_workers_send_their_times_back(hanji, site) -> None:
    for number in range(250):
        site.page(f"{number}.md", "text")
    answer = hanji("--root", site.root, "build", "--profile", "--jobs", "2", "--format", "json")
    profile = json.loads(answer.out)
    assert profile["level"] == "profile"
    assert {row["template"]: row["files"] for row in profile["templates"]}["page.html"] == 250
    pages = {row["page"]: row for row in profile["pages"]}
    assert {f"content/{number}.md" for number in range(250)} <= pages.keys()
    assert sum(row["Markdown"] for row in pages.values()) > 0
    assert {row["stage"] for row in profile["stages"]} >= {"starting", "rendering templates"}


def test_images_have_their_rows(hanji, site) -> None:
    from PIL import Image

    image = site.root / "static/a.png"
    image.parent.mkdir()
    Image.new("RGB", (8, 8)).save(image)
    site.write("templates/index.html", '{{ resize_image(path="a.png", width=4, height=4, op="fill") | json_encode }}')
    answer = hanji("--root", site.root, "build", "--profile", "--format", "json")
    (row,) = json.loads(answer.out)["images"]
    assert row["image"].startswith("processed_images/a.")
    assert row["ms"] > 0
