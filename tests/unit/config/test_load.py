"""A config file to settings: where it is found, what it may hold, what it says when it is wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.config.load import load_config
from generator.errors import SiteError
from generator.model.config import (
    BuildConfig,
    HighlightConfig,
    LanguageOptions,
    LimitsConfig,
    SecurityConfig,
    SiteConfig,
)
from generator.model.options import BuildOptions

BASE = 'base_url = "https://example.com"\n'

Load = Callable[..., SiteConfig]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def load_text(text: str = "", *, head: str = BASE, **options: Any) -> SiteConfig:
        (tmp_path / "config.toml").write_bytes((head + text).encode())
        return load_config(BuildOptions(root=tmp_path, **options))

    return load_text


def refusal(load: Load, text: str, **options: Any) -> tuple[SiteError, ...]:
    with pytest.raises(SiteError) as caught:
        load(text, **options)
    return caught.value.problems


def test_defaults(load: Load, tmp_path: Path) -> None:
    config = load()
    assert config.root == tmp_path.resolve()
    assert config.file == tmp_path.resolve() / "config.toml"
    assert config.languages == {"en": LanguageOptions()}
    assert config.markdown.external_links_external
    assert config.output_dir == "public"
    assert config.feed_filenames == ("atom.xml",)


def test_config_is_found_above(load: Load, tmp_path: Path) -> None:
    load()
    deep = tmp_path / "content" / "posts"
    deep.mkdir(parents=True)
    assert load_config(BuildOptions(root=deep)).root == tmp_path.resolve()


def test_zola_toml_far_above_beats_a_config_toml_near(tmp_path: Path) -> None:
    (tmp_path / "zola.toml").write_text(BASE)
    near = tmp_path / "near"
    near.mkdir()
    (near / "config.toml").write_text(BASE)
    assert load_config(BuildOptions(root=near)).file.name == "zola.toml"


def test_another_name_may_be_given(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "prod.toml").write_text(BASE + 'title = "prod"')
    config = load_config(BuildOptions(root=tmp_path, config_file=Path("conf/prod.toml")))
    assert (config.root, config.title) == (tmp_path.resolve(), "prod")


def test_missing_config_and_folder(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="not found in current directory or ancestors"):
        load_config(BuildOptions(root=tmp_path, config_file=Path("none.toml")))
    with pytest.raises(SiteError, match="There is no folder"):
        load_config(BuildOptions(root=tmp_path / "none"))


def test_command_line_wins(load: Load) -> None:
    config = load("[markdown.highlighting]\ntheme = 'x'", mode="check", base_url="http://127.0.0.1:1111", minify=True)
    assert (config.base_url, config.mode, config.minify_html) == ("http://127.0.0.1:1111", "check", True)
    assert config.markdown.highlighting is None


def test_taxonomies_get_their_slugs(load: Load) -> None:
    config = load('default_language = "ko"\ntaxonomies = [{ name = "분류", slug = "x", lang = "ko", feed = true }]')
    (taxonomy,) = config.languages["ko"].taxonomies
    assert (taxonomy.name, taxonomy.slug, taxonomy.feed) == ("분류", "bunryu", True)
    assert config.taxonomies == (taxonomy,)


def test_dates_of_extra_stay_tables_and_tables_come_sorted(load: Load) -> None:
    config = load("[extra]\nday = 2024-01-02\n[extra.b]\nz = 1\na = 2\n")
    assert config.extra == {"b": {"a": 2, "z": 1}, "day": {"$__toml_private_datetime": "2024-01-02"}}
    assert list(config.extra["b"]) == ["a", "z"]


def test_a_single_highlight_theme_wins_over_two(load: Load) -> None:
    config = load('[markdown.highlighting]\ntheme = "a"\nlight_theme = "b"\ndark_theme = "c"')
    assert config.markdown.highlighting == HighlightConfig(theme="a")


def test_what_is_hanjis_own_is_read(load: Load) -> None:
    security = "[security]\nfollow_symlinks = true\nurls = ['http://localhost:80/']\nenv = ['A*']"
    config = load(f"[limits]\ndepth = 5\n{security}")
    assert config.limits == LimitsConfig(depth=5)
    assert config.security == SecurityConfig(follow_symlinks=True, urls=("http://localhost:80/",), env=("A*",))


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("titel = 'x'", (2, 1), "`titel` is not a known key"),
        ("[limits]\nrange = 1", (3, 1), "`limits.range` is not a known key"),
        ("[limits]\ndata_depth = 500", (3, 14), "`limits.data_depth` must be from 1 to 200, but is 500"),
        ("[limits]\nhighlight_seconds = 0", (3, 21), "`limits.highlight_seconds` must be a number of seconds"),
        ("[limits]\nhighlight_seconds = inf", (3, 21), "`limits.highlight_seconds` must be a number of seconds"),
        ("[limits]\nhttp_seconds = 86401", (3, 16), "`limits.http_seconds` must be from 0 to 86400, but is 86401"),
        ("[limits]\nimage_formats = ['jpeg']", (3, 18), "`limits.image_formats[0]` can't be `jpeg`"),
        ("[limits]\nyaml_nodes = '1'", (3, 14), "`limits.yaml_nodes` is the text `1`, but must be a whole number"),
        ("[security]\nfollow_symlink = true", (3, 1), "`security.follow_symlink` is not a known key"),
        ("[security]\nurls = ['file:///etc']", (3, 9), "`security.urls[0]` can't be `file:///etc`"),
        ("[security]\nurls = ['http://[::1']", (3, 9), "`security.urls[0]` can't be `http://[::1`"),
        ("[security]\nurls = ['http://a:99999']", (3, 9), "`security.urls[0]` can't be `http://a:99999`"),
        ('output_dir = "a\\u0000"', (2, 14), "`output_dir` can't hold a NUL character"),
        ("theme = '../../x'", (2, 9), "`theme` leads out of `themes`: `../../x`"),
        ("theme = '/etc'", (2, 9), "`theme` leads out of `themes`: `/etc`"),
        ("title = 제목", (2, 9), "This is not valid TOML"),
        ("title = 1", (2, 9), "`title` is the number 1, but must be a text in quotes"),
        ("title = 2024-01-01", (2, 9), "`title` is the date 2024-01-01, but must be a text in quotes"),
        ("minify_html = 'yes'", (2, 15), "`minify_html` is the text `yes`, but must be `true` or `false`"),
        ("feed_limit = -1", (2, 14), "`feed_limit` is the number -1, but must be a whole number, 0 or more"),
        ("feed_limit = nan", (2, 14), "`feed_limit` is the number nan, but must be a whole number, 0 or more"),
        ("feed_limit = true", (2, 14), "`feed_limit` is `true`, but must be a whole number, 0 or more"),
        ("[markdown]\nhighlight_code = true", (3, 1), "`markdown.highlight_code` is not a known key"),
        ("[languages.ko]\nbase_url = ''", (3, 1), "`languages.ko.base_url` is not a known key"),
        ("[[taxonomies]]\nname='a'\n[[taxonomies]]\nname=1", (5, 6), "`taxonomies[1].name` is the number 1"),
        ("taxonomies = [{ feed = true }]", (2, 15), "`taxonomies[0]` has no name"),
        ("[slugify]\npaths = 'of'", (3, 9), "`slugify.paths` can't be `of`"),
        ("ignored_content = ['*.x',\n 'a[b']", (3, 2), "`ignored_content[1]` holds an invalid glob pattern, `a[b`"),
        ("[markdown]\nexternal_links_class = 'a\"b'", (3, 24), "`markdown.external_links_class` can't hold quotes"),
        ("[markdown.highlighting]\nstyle = 'class'", (2, 1), "`markdown.highlighting` has no theme"),
        ("[languages.'bad code']", (2, 1), "`languages.bad code` is not a valid Unicode Language Identifier"),
        ("default_language = 'english1'", (2, 20), "`default_language` is not a valid Unicode Language Identifier"),
        (
            "title = 'a'\n[languages.en]\ntitle = 'b'",
            (4, 9),
            "`languages.en.title` for default language is specified twice",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(load: Load, text: str, place: tuple[int, int], message: str) -> None:
    (problem,) = refusal(load, text)
    assert problem.message.startswith(message)
    assert problem.where is not None
    assert problem.where.file == "config.toml"
    assert (problem.where.line, problem.where.column) == place


def test_all_that_is_wrong_is_told_at_once(load: Load) -> None:
    problems = refusal(load, "titel = 1\nfeed_limit = 'x'\n[markdown]\nsmart_punctuation = 1")
    assert [problem.where and problem.where.line for problem in problems] == [2, 3, 5]
    assert problems[0].hint == "Did you mean `title`?"


def test_keys_of_older_versions_say_what_became_of_them(load: Load) -> None:
    problems = refusal(load, "generate_feed = true\n[markdown]\nhighlight_code = true\nx = 1")
    hints = [problem.hint or "" for problem in problems]
    assert hints[0] == "It is called `generate_feeds` now."
    assert "[markdown.highlighting]" in hints[1]
    assert hints[2].startswith("Known are `bottom_footnotes`")
    (problem,) = refusal(load, "my_own = 1")
    assert problem.hint == "Values of your own belong below `[extra]`."


ALLOWED = '[security]\nplugins = ["my.cluster"]\n'


@pytest.mark.parametrize(
    ("executor", "head"),
    [
        ("distributed", BASE),
        ("concurrent.futures:ThreadPoolExecutor", BASE),
        ("my.cluster:start", BASE + ALLOWED),
    ],
)
def test_the_config_names_an_executor(load: Load, executor: str, head: str) -> None:
    config = load(f'[build]\nexecutor = "{executor}"\nexecutor_options = {{ n = 2 }}', head=head)
    assert config.build == BuildConfig(executor=executor, executor_options={"n": 2})


def test_code_of_others_is_not_run_unless_it_is_allowed(load: Load) -> None:
    (problem,) = refusal(load, '[build]\nexecutor = "my.cluster:start"')
    assert problem.message == "`build.executor` names the module `my.cluster`, whose code is not allowed to run"
    assert problem.hint == 'To allow it, write `plugins = ["my.cluster"]` below `[security]`.'
    assert problem.where is not None
    assert problem.where.line == 3


@pytest.mark.parametrize("executor", ["", "dask", "my.cluster:", ":start", "my cluster:start", "a:b:c"])
def test_what_cannot_be_an_executor_is_refused(load: Load, executor: str) -> None:
    (problem,) = refusal(load, f'[build]\nexecutor = "{executor}"')
    assert problem.hint == 'Write `"distributed"`, or `"module:callable"`.'


@pytest.mark.parametrize("head", ["", 'base_url = ""\n', 'base_url = "http://a-website.com"\n'])
def test_base_url_is_required(load: Load, head: str) -> None:
    (problem,) = refusal(load, "title = 'x'", head=head)
    assert "`base_url` is required" in problem.message


def test_bytes_that_are_no_text_name_file_and_offset(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(BASE.encode() + b'title = "\xea\xb0"')
    with pytest.raises(SiteError, match=r"config\.toml` is not valid UTF-8: byte 42") as caught:
        load_config(BuildOptions(root=tmp_path))
    assert str(caught.value.where) == "config.toml:2:10"


def test_byte_order_mark_is_no_part_of_the_text(load: Load) -> None:
    assert load(head="\ufeff" + BASE).base_url == "https://example.com"
