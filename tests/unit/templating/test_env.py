"""Of the environment, templates read what the site's config allows."""

from __future__ import annotations

import pickle

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


def test_a_worker_elsewhere_knows_what_may_be_read_and_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLOG_STAGE", "test")
    monkeypatch.setenv("BLOG_TOKEN", "secret")
    sent = pickle.dumps(GetEnv(("BLOG_STAGE",)))
    monkeypatch.delenv("BLOG_STAGE")
    assert b"secret" not in sent
    get_env = pickle.loads(sent)
    assert get_env({"name": "BLOG_STAGE"}) == "test"
    with pytest.raises(CallError, match="may not read `BLOG_TOKEN`"):
        get_env({"name": "BLOG_TOKEN"})


def test_what_is_not_set_is_as_ever() -> None:
    assert GetEnv(())({"name": "BLOG_NONE", "default": "x"}) == "x"
    with pytest.raises(CallError, match="finds no variable `BLOG_NONE`"):
        GetEnv(())({"name": "BLOG_NONE"})
