"""A real Chromium, and the root site built and served; without the browser these tests are left out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

ROOT = Path(__file__).resolve().parents[2]
SITE_PARTS = ("content", "templates", "static")
HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium")
CHROMEDRIVER = shutil.which("chromedriver")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests of this folder out where there is no browser; tests/conftest.py says so at the end."""
    if CHROMIUM and CHROMEDRIVER:
        return
    left_out = [item for item in items if item.path.is_relative_to(HERE)]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves the built files without a word."""

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a copy of the root site for a free port and serve it there."""
    source = tmp_path_factory.mktemp("site")
    output = tmp_path_factory.mktemp("served")
    shutil.copy(ROOT / "config.toml", source)
    for part in SITE_PARTS:
        shutil.copytree(ROOT / part, source / part)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(output)))
    url = f"http://127.0.0.1:{server.server_port}"
    command = [
        sys.executable,
        "-m",
        "generator",
        "--root",
        str(source),
        "build",
        "-u",
        url,
        "-o",
        str(output),
        "--force",
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield url
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    assert CHROMIUM
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,900"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(CHROMEDRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome, site_url: str) -> webdriver.Chrome:
    """A browser as a new visitor has it: wide, light, with scripts, nothing stored, nothing in its log."""
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    media = [{"name": "prefers-color-scheme", "value": "light"}]
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    chromium.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": site_url, "storageTypes": "all"})
    chromium.get_log("browser")
    return chromium
