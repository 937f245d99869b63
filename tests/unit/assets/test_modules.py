from __future__ import annotations

from generator.assets.modules import mark_modules, merge_modules

SOURCES = {
    "sass/main.scss": '@use "tokens/colours";\n@import "blog", "plain";',
    "sass/_blog.scss": '@use "sass:math";\n@use "tokens/colours" as *;\na { b: c }',
    "sass/_plain.scss": "d { e: f }",
    "sass/tokens/_colours.scss": '@forward "../shades" show g;\n:root { --h: i }',
    "sass/shades/_index.scss": "$g: 1;",
}


def test_what_is_only_used_is_marked_behind_what_it_loads() -> None:
    marked = mark_modules(SOURCES)
    assert {path for path in SOURCES if marked[path] != SOURCES[path]} == {
        "sass/tokens/_colours.scss",
        "sass/shades/_index.scss",
    }
    assert marked["sass/tokens/_colours.scss"] == (
        '@forward "../shades" show g;/*!hanji-module-3*/\n:root { --h: i }/*!hanji-module-end-3*/'
    )


def test_without_an_imported_file_that_uses_others_nothing_is_marked() -> None:
    sources = {**SOURCES, "sass/_blog.scss": "a { b: c }"}
    assert mark_modules(sources) == sources


def test_a_module_is_kept_where_it_stands_first() -> None:
    css = (
        "/*!hanji-module-1*/a{b:c}/*!hanji-module-2*/d{e:f}/*!hanji-module-end-2*//*!hanji-module-end-1*/g{h:i}"
        "/*!hanji-module-2*/d{e:f}/*!hanji-module-end-2*//*!hanji-module-1*/a{b:c}/*!hanji-module-end-1*/j{k:l}"
    )
    assert merge_modules(css) == "a{b:c}d{e:f}g{h:i}j{k:l}"
