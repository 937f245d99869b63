"""Style sheets and search indexes: what is said of them, made now or kept."""

from __future__ import annotations


def test_what_a_style_sheet_warns_of_is_reported(site) -> None:
    site.write("config.toml", 'base_url = "https://example.com"\ncompile_sass = true\n')
    site.write("sass/main.scss", '@warn "old";\n.a { b: c }\n')
    assert site.build().report.warnings == ("sass/main.scss:1:1: old",)
