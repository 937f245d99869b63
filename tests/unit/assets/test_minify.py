from __future__ import annotations

import sys

import pytest

from generator.assets.minify import minify_html
from generator.errors import SiteError

PAGE = """<!doctype html>
<html lang="ko">
<head><meta charset="utf-8"><title>제목</title>
<style>p { color: #ff0000; }</style>
<script>
  var a = 1;
</script></head>
<body>
  <!-- gone -->
  <ul>
    <li>하나</li>
    <li>둘</li>
  </ul>
  <pre>  a
  b</pre>
</body>
</html>
"""


def test_what_does_not_show_is_left_out() -> None:
    small = minify_html(PAGE)
    assert small.startswith("<!doctype html><html lang=ko><head><meta charset=utf-8><title>제목</title>")
    assert "<style>p{color:red}</style>" in small
    assert "<ul><li>하나<li>둘</ul>" in small
    assert "gone" not in small


def test_what_shows_stays() -> None:
    small = minify_html(PAGE)
    assert "<pre>  a\n  b</pre>" in small
    assert "var a = 1;" in small


def test_a_missing_library_is_the_authors_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "minify_html", None)
    with pytest.raises(SiteError) as caught:
        minify_html(PAGE)
    assert caught.value.hint == "pip install 'hanji[minify]'"
