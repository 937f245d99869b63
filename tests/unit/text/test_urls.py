from __future__ import annotations

import pytest

from generator.text.urls import find_scheme


@pytest.mark.parametrize("url", ["https://a.example/b", "https://a:8080", "https://[::1]:80/", "https://이름.한국"])
def test_a_url_with_a_host_has_a_scheme(url: str) -> None:
    assert find_scheme(url) == "https"


@pytest.mark.parametrize(
    "url", ["", "a", "//a", "https://", "mailto:a@b", "http://[::1", "http://a:0", "http://a:99999"]
)
def test_what_no_server_can_be_found_by_has_none(url: str) -> None:
    assert find_scheme(url) is None
