from __future__ import annotations

from unittest.mock import MagicMock

import pytest

from generator.http.ask import Bounds, LateReplyError, Reply, Request
from generator.links import fetch as module
from generator.links.answer import Answer


def test_a_reply_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = MagicMock(return_value=Reply(status=200, reason="OK", content="제목".encode()))
    monkeypatch.setattr(module, "ask", ask)
    assert module.fetch("https://example.com/", True) == Answer(status=200, reason="OK", body="제목")
    request = Request(url="https://example.com/", headers=(("Accept", "text/html, */*"),))
    ask.assert_called_once_with(request, Bounds(size=20 * 1024 * 1024))


def test_no_reply_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ask", MagicMock(side_effect=LateReplyError("no answer within 30 seconds")))
    assert module.fetch("https://example.com/", False) == Answer(problem="no answer within 30 seconds")
