"""Code blocks as Zola's highlighter prints them, in each of its modes."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from generator.data.problems import FieldError
from generator.errors import SiteError
from generator.highlight import Highlighter, load_highlighter
from generator.model.code import Fence
from generator.model.config import HighlightConfig

INLINE = '<pre class="giallo" style="color: #E1E4E8; background-color: #24292E;">'


def highlighter(**options: object) -> Highlighter:
    options = options or {"theme": "github-dark"}
    return load_highlighter(HighlightConfig(**options), Path("."))  # type: ignore[arg-type]


def html(code: str, language: str | None = None, fence: Fence | None = None, **options: object) -> str:
    return highlighter(**options).highlight(code, fence or Fence(language=language)).html


def test_plain_text_has_a_span_for_each_line_and_none_for_the_last_line_feed() -> None:
    assert html("가 <b> & \"q\" 'a'\n\n  나\n") == (
        f'{INLINE}<code data-lang="plain">'
        '<span class="giallo-l"><span>가 &lt;b&gt; &amp; &quot;q&quot; &#39;a&#39;</span></span>\n'
        '<span class="giallo-l"></span>\n'
        '<span class="giallo-l"><span>  나</span></span></code></pre>'
    )


@pytest.mark.parametrize("code", ["", "\n"])
def test_a_block_without_lines_or_with_an_empty_one(code: str) -> None:
    line = '<span class="giallo-l"></span>' if code else ""
    assert html(code) == f'{INLINE}<code data-lang="plain">{line}</code></pre>'


def test_inline_colours_put_spaces_before_the_next_token_and_join_equal_neighbours() -> None:
    assert html("fn a() {}\n", "rs") == (
        f'{INLINE}<code data-lang="rust"><span class="giallo-l">'
        '<span style="color: #F97583;">fn</span><span style="color: #B392F0;"> a</span><span>() {}</span>'
        "</span></code></pre>"
    )


def test_two_themes_share_a_style_and_join_nothing() -> None:
    got = html("# a\n", "python", light_theme="github-light", dark_theme="github-dark")
    assert got == (
        '<pre class="giallo" style="color-scheme: light dark; color: light-dark(#24292E, #E1E4E8); '
        'background-color: light-dark(#FFFFFF, #24292E);"><code data-lang="python"><span class="giallo-l">'
        '<span style="color: light-dark(#6A737D, #6A737D);">#</span>'
        '<span style="color: light-dark(#6A737D, #6A737D);"> a</span></span></code></pre>'
    )


def test_classes_name_the_selectors_of_the_theme() -> None:
    got = html("fn a() {}\n", "rust", theme="github-dark", style="class")
    assert got == (
        '<pre class="giallo z-code"><code data-lang="rust"><span class="giallo-l">'
        '<span class="z-keyword">fn</span><span class="z-entity z-name"> a</span><span>() {}</span>'
        "</span></code></pre>"
    )


def test_line_numbers_count_hidden_lines_and_stand_right() -> None:
    fence = Fence(line_numbers=True, first_line=9, hidden=((2, 2),), marked=((3, 3),))
    number = '<span aria-hidden="true" class="giallo-ln" style="color: #444D56;">'
    assert html("a\nb\nc\n", fence=fence) == (
        f'{INLINE}<code data-lang="plain"><span class="giallo-l">{number} 9</span><span>a</span></span>\n'
        f'<span class="giallo-l" style="background-color: #2B3036;">{number}11</span><span>c</span></span></code></pre>'
    )


def test_marked_lines_and_numbers_in_class_mode_have_no_style() -> None:
    fence = Fence(line_numbers=True, marked=((1, 1),))
    assert html("a\n", fence=fence, theme="github-dark", style="class") == (
        '<pre class="giallo z-code"><code data-lang="plain"><span class="giallo-l z-hl">'
        '<span aria-hidden="true" class="giallo-ln">1</span><span>a</span></span></code></pre>'
    )


def test_other_attributes_become_data_attributes() -> None:
    fence = Fence(language="txt", attributes=(("Na_me", "mod.rs"), ("z", 'a"b')))
    assert '<code data-lang="plain" data-na-me="mod.rs" data-z="a"b">' in html("a\n", fence=fence)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("bash", "shellscript"),
        ("console", "shellsession"),
        ("PY", "python"),
        ("c++", "cpp"),
        ("yml", "yaml"),
        ("dockerfile", "docker"),
        ("text", "plain"),
        ("mermaid", "mermaid"),
        ("문서", None),
        ("", None),
    ],
)
def test_languages_go_by_their_canonical_names(typed: str, canonical: str | None) -> None:
    block = highlighter().highlight("a\n", Fence(language=typed))
    assert block.known is (canonical is not None)
    assert f'data-lang="{canonical or "plain"}"' in block.html
    assert block.warning is None


def test_theme_names_are_found_in_any_case_of_letters() -> None:
    assert html("a\n", theme="GitHub-Dark") == html("a\n")


def test_an_unknown_theme_is_an_error_with_names_that_are_near() -> None:
    with pytest.raises(FieldError, match="a theme that does not exist: `material-dark`") as caught:
        highlighter(theme="material-dark")
    assert caught.value.hint == "Did you mean `material-theme-darker`, `min-dark` or `material-theme`?"


def test_part_of_a_theme_name_brings_up_the_whole_ones() -> None:
    with pytest.raises(FieldError) as caught:
        highlighter(theme="one")
    assert caught.value.hint == "Did you mean `one-dark-pro` or `one-light`?"


def test_a_block_that_takes_too_long_is_plain_text_with_a_warning() -> None:
    hasty = load_highlighter(HighlightConfig(theme="github-dark"), Path("."), limit_s=0.05)
    block = hasty.highlight("a<" * 9_000, Fence(language="java"))
    limit = "0.05 s (`limits.highlight_seconds`)"
    assert block.warning == f"Code in `java` took longer than {limit} to highlight and is shown as plain text."
    assert f"<span>{'a&lt;' * 9_000}</span>" in block.html
    assert block.known


def test_windows_line_ends_are_line_ends() -> None:
    assert html("a\r\nb\r\n") == html("a\nb\n")


def test_a_highlighter_goes_to_a_worker() -> None:
    sent = pickle.loads(pickle.dumps(highlighter()))
    assert sent.highlight("a = 1\n", Fence(language="py")).html == html("a = 1\n", "py")


def test_extra_themes_and_grammars_come_from_the_sites_own_files(tmp_path: Path) -> None:
    theme = {
        "name": "Mine",
        "colors": {"editor.foreground": "#abc", "editor.background": "black"},
        "tokenColors": [{"scope": "keyword, storage", "settings": {"foreground": "#11223380", "fontStyle": "bold"}}],
    }
    grammar = {"name": "Pi", "scopeName": "source.pi", "fileTypes": ["pie", "py"], "patterns": []}
    (tmp_path / "mine.json").write_text(json.dumps(theme))
    (tmp_path / "pi.json").write_text(json.dumps(grammar))
    config = HighlightConfig(theme="mine", extra_themes=("mine.json",), extra_grammars=("pi.json",))
    block = load_highlighter(config, tmp_path).highlight("while\n", Fence(language="pie"))
    assert block.html == (
        '<pre class="giallo" style="color: #AABBCC; background-color: #000000;"><code data-lang="Pi">'
        '<span class="giallo-l"><span style="color: #11223380;font-weight: bold;">while</span></span></code></pre>'
    )
    assert block.warning == "Code in `Pi`, a language of `extra_grammars`, is shown by the rules of `python`."


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), ("{", "Expecting property name"), ("{}", "`colors` is missing"), ("[]", "")],
)
def test_an_extra_theme_that_cannot_be_read_is_an_error(tmp_path: Path, content: str | None, reason: str) -> None:
    if content is not None:
        (tmp_path / "t.json").write_text(content)
    with pytest.raises(SiteError) as caught:
        load_highlighter(HighlightConfig(theme="x", extra_themes=("t.json",)), tmp_path)
    assert reason in caught.value.reasons[0]
    assert caught.value.where is not None
    assert caught.value.where.file.endswith("t.json")


def test_a_site_without_code_imports_no_pygments() -> None:
    script = (
        "import sys; from pathlib import Path; from generator.highlight import load_highlighter;"
        "from generator.model.config import HighlightConfig;"
        "h = load_highlighter(HighlightConfig(theme='nord'), Path('.')); h.stylesheets();"
        "sys.exit('pygments' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
