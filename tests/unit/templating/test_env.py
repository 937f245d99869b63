"""Of the environment, templates read what the site's config allows."""

from __future__ import annotations

import pytest

from generator.templating.functions.env import GetEnv
from generator.tera.errors import CallError


def test_allowed_names_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLOG_STAGE", "test")
    get_env = GetEnv(("CI", "BLOG_*"))
    assert get_env({"name": "BLOG_STAGE"}) == "test"
    assert get_env({"name": "BLOG_NONE", "default": "x"}) == "x"


def test_others_are_refused_also_with_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLOG_TOKEN", "secret")
    with pytest.raises(CallError, match=r'write `env = \["BLOG_TOKEN"\]` below `\[security\]`'):
        GetEnv(("CI",))({"name": "BLOG_TOKEN", "default": ""})


def test_what_is_not_set_is_as_ever() -> None:
    assert GetEnv(())({"name": "BLOG_NONE", "default": "x"}) == "x"
    with pytest.raises(CallError, match="finds no variable `BLOG_NONE`"):
        GetEnv(())({"name": "BLOG_NONE"})
