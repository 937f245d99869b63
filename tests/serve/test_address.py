"""Ports, the site's address, and which names are the server's own."""

from __future__ import annotations

import pytest

from generator.errors import SiteError
from generator.serve.address import DEFAULT_PORT, Doorkeeper, find_base_path, open_socket, resolve_base_url


def test_busy_port_that_was_asked_for_is_an_error() -> None:
    with open_socket("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SiteError, match=f"The requested port is not available: {port}"):
            open_socket("127.0.0.1", port)


def test_next_free_port_is_taken_without_a_wish() -> None:
    with open_socket("127.0.0.1", None) as first, open_socket("127.0.0.1", None) as second:
        assert DEFAULT_PORT <= first.getsockname()[1] < second.getsockname()[1]


def test_address_of_another_machine_is_an_error() -> None:
    with pytest.raises(SiteError, match=r"Cannot start server on address 203\.0\.113\.1:0"):
        open_socket("203.0.113.1", 0)


@pytest.mark.parametrize(
    ("wanted", "append_port", "config", "expected"),
    [
        (None, True, "https://x.test", "http://127.0.0.1:1111"),
        (None, True, "https://x.test/blog/", "http://127.0.0.1:1111/"),
        ("/", True, "https://x.test", "/"),
        ("x.test", True, "https://x.test", "http://x.test:1111"),
        ("https://x.test/blog", True, "https://x.test", "https://x.test:1111/blog"),
        ("https://x.test/blog", True, "https://x.test/", "https://x.test:1111/blog/"),
        ("https://x.test/blog/", False, "https://x.test", "https://x.test/blog"),
        ("x.test:80", True, "https://x.test", "http://x.test:80"),
    ],
)
def test_base_url(wanted: str | None, append_port: bool, config: str, expected: str) -> None:
    url = resolve_base_url(wanted, interface="127.0.0.1", port=1111, append_port=append_port, config_base_url=config)
    assert url == expected


def test_base_url_of_an_ipv6_interface_stands_in_brackets() -> None:
    url = resolve_base_url(None, interface="::1", port=1111, append_port=True, config_base_url="x")
    assert url == "http://[::1]:1111"


def test_half_an_address_is_an_error() -> None:
    with pytest.raises(SiteError, match=r"`http://\[::1` is no address"):
        resolve_base_url("[::1", interface="127.0.0.1", port=1111, append_port=True, config_base_url="x")


@pytest.mark.parametrize(
    ("url", "path"),
    [("http://x", "/"), ("/", "/"), ("http://x/", "/"), ("http://x/a/b", "/a/b/"), ("http://x/%ED%95%9C/", "/한/")],
)
def test_base_path(url: str, path: str) -> None:
    assert find_base_path(url) == path


def test_server_of_the_network_answers_to_addresses_but_not_to_names() -> None:
    doorkeeper = Doorkeeper.of("0.0.0.0", "http://blog.test:1111")
    assert doorkeeper.knows_host("192.168.0.7:1111")
    assert doorkeeper.knows_host("[fe80::1]:1111")
    assert doorkeeper.knows_host("blog.test")
    assert not doorkeeper.knows_host("evil.example")
    assert not Doorkeeper.of("127.0.0.1", "/").knows_host("192.168.0.7")


def test_origin_must_be_the_host_that_is_spoken_to() -> None:
    doorkeeper = Doorkeeper.of("127.0.0.1", "/")
    assert doorkeeper.knows_origin("http://localhost:1111", "localhost:1111")
    assert doorkeeper.knows_origin("https://localhost", "localhost")
    assert not doorkeeper.knows_origin("http://localhost:1111", "127.0.0.1:1111")
    assert not doorkeeper.knows_origin("chrome-extension://localhost", "localhost")
