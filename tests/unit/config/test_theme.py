"""A theme's values below the site's own."""

from pathlib import Path

import pytest

from generator.config.load import load_config
from generator.config.theme import merge_extra
from generator.errors import SiteError
from generator.model.config import BuildConfig, SecurityConfig
from generator.model.options import BuildOptions


def site_with_theme(folder: Path, config: str, theme: str | None) -> BuildOptions:
    (folder / "config.toml").write_text('base_url = "/"\ntheme = "t"\n' + config)
    (folder / "themes" / "t" / "templates").mkdir(parents=True)
    if theme is not None:
        (folder / "themes" / "t" / "theme.toml").write_text(theme)
    return BuildOptions(root=folder)


def test_the_sites_values_win_table_by_table(tmp_path: Path) -> None:
    options = site_with_theme(
        tmp_path,
        "[extra]\na = 1\nc = [1]\n[extra.t]\nx = 1\n",
        "name = 't'\n[extra]\na = 2\nb = 2\nc = [2]\n[extra.t]\ny = 2\n",
    )
    config = load_config(options)
    assert config.extra == {"a": 1, "b": 2, "c": [1], "t": {"x": 1, "y": 2}}
    assert config.theme_dir == config.root / "themes" / "t"


def test_a_table_does_not_go_with_a_value() -> None:
    with pytest.raises(SiteError, match=r"Cannot merge .*`extra\.a\.b` is a table in one"):
        merge_extra({"a": {"b": 1}}, {"a": {"b": {}}}, "config.toml", "theme.toml")


def test_a_date_is_a_value_like_any_other(tmp_path: Path) -> None:
    config = load_config(
        site_with_theme(tmp_path, "[extra]\na = 2024-01-02\nb = 1\n", "extra = {a = 1, b = 2024-01-02}")
    )
    assert config.extra == {"a": {"$__toml_private_datetime": "2024-01-02"}, "b": 1}


def test_missing_and_broken_themes(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="Failed to load theme t"):
        load_config(site_with_theme(tmp_path, "", None))
    (tmp_path / "nameless.toml").write_text('base_url = "/"\ntheme = ""\n')
    with pytest.raises(SiteError, match="Failed to load theme"):
        load_config(BuildOptions(root=tmp_path, config_file=Path("nameless.toml")))
    (tmp_path / "themes" / "t" / "theme.toml").write_text("extra = [")
    with pytest.raises(SiteError, match=r"theme\.toml:1:10: This is not valid TOML"):
        load_config(BuildOptions(root=tmp_path))
    (tmp_path / "themes" / "t" / "templates").rmdir()
    with pytest.raises(SiteError, match="Theme `t` is missing a templates folder"):
        load_config(BuildOptions(root=tmp_path))


def test_a_theme_names_no_workers_and_gives_no_leave(tmp_path: Path) -> None:
    theme = "[build]\nexecutor = 'distributed'\n[security]\nplugins = ['a']\n"
    config = load_config(site_with_theme(tmp_path, "", theme))
    assert config.build == BuildConfig()
    assert config.security == SecurityConfig()
