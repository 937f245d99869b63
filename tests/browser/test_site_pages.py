"""What a visitor of the root site meets in a real browser: reading, colours, a phone, the keyboard, search."""

from __future__ import annotations

import re
from urllib.request import urlopen

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

FIRST_POST = "/posts/docker-dockerd-containerd/"
POST_WITH_IMAGE = "/posts/container-networking/"
PATIENCE_S = 10


def wait(browser: Chrome) -> WebDriverWait[Chrome]:
    return WebDriverWait(browser, PATIENCE_S, poll_frequency=0.05)


def emulate_colours(browser: Chrome, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def brightness(browser: Chrome, selector: str, property_name: str = "background-color") -> float:
    """How bright an element's colour is, from 0 to 255."""
    colour = browser.find_element(By.CSS_SELECTOR, selector).value_of_css_property(property_name)
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_dark(browser: Chrome) -> bool:
    """Whether page and code are dark with light text on them; both must agree."""
    surfaces = [brightness(browser, "body"), brightness(browser, "pre.giallo")]
    texts = [brightness(browser, "body", "color"), brightness(browser, "pre.giallo", "color")]
    dark = max(surfaces) < 80 and min(texts) > 150
    light = min(surfaces) > 200 and max(texts) < 100
    assert dark != light, (surfaces, texts)
    return dark


def focused(browser: Chrome) -> WebElement:
    return browser.switch_to.active_element


def press(browser: Chrome, *keys: str) -> None:
    ActionChains(browser).send_keys(*keys).perform()


@pytest.mark.parametrize("path", ["/", FIRST_POST, POST_WITH_IMAGE, "/tags/", "/en/", "/404.html"])
def test_pages_open_without_a_word_in_the_console(browser: Chrome, site_url: str, path: str) -> None:
    browser.get(site_url + path)

    assert browser.find_element(By.CSS_SELECTOR, "main h1").text or path in ("/", "/en/")
    assert [entry["message"] for entry in browser.get_log("browser")] == []


def test_contents_lead_to_their_headings(browser: Chrome, site_url: str) -> None:
    browser.get(site_url + FIRST_POST)
    link = browser.find_elements(By.CSS_SELECTOR, ".toc a")[-3]
    heading_id = link.get_property("hash").removeprefix("#")
    heading = browser.find_element(By.ID, heading_id)
    before = heading.rect["y"] - browser.execute_script("return scrollY")
    assert before > 900

    link.click()

    wait(browser).until(
        lambda b: 0 <= b.execute_script("return arguments[0].getBoundingClientRect().top", heading) < 200
    )
    assert browser.current_url.endswith(f"#{heading_id}")
    assert heading.text.startswith(link.text)
    wait(browser).until(lambda _: link.get_attribute("aria-current") == "true")


def test_colours_follow_the_system(browser: Chrome, site_url: str) -> None:
    browser.get(site_url + FIRST_POST)
    assert not is_dark(browser)

    emulate_colours(browser, "dark")

    assert is_dark(browser)
    assert browser.find_element(By.ID, "theme-switch").get_attribute("aria-pressed") == "true"


def test_switch_overrules_the_system_and_is_remembered(browser: Chrome, site_url: str) -> None:
    browser.get(site_url + FIRST_POST)

    browser.find_element(By.ID, "theme-switch").click()
    assert is_dark(browser)
    browser.refresh()
    assert is_dark(browser)
    assert browser.find_element(By.ID, "theme-switch").get_attribute("aria-pressed") == "true"

    browser.find_element(By.ID, "theme-switch").click()
    assert not is_dark(browser)
    assert browser.execute_script("return localStorage.getItem('theme')") is None


def test_switch_to_light_on_a_dark_system(browser: Chrome, site_url: str) -> None:
    emulate_colours(browser, "dark")
    browser.get(site_url + FIRST_POST)

    browser.find_element(By.ID, "theme-switch").click()

    assert not is_dark(browser)


def test_nothing_scrolls_sideways_on_a_phone(browser: Chrome, site_url: str) -> None:
    phone = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    with urlopen(f"{site_url}/sitemap.xml") as answer:
        urls = re.findall(r"<loc>(.*?)</loc>", answer.read().decode())
    assert len(urls) > 15

    widths = {}
    for url in [*urls, f"{site_url}/404.html"]:
        browser.get(url)
        widths[url] = browser.execute_script("return document.documentElement.scrollWidth")

    assert {url: width for url, width in widths.items() if width > 390} == {}


def test_long_code_scrolls_inside_its_box(browser: Chrome, site_url: str) -> None:
    phone = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    browser.get(site_url + FIRST_POST)

    box = browser.find_element(By.CSS_SELECTOR, "pre.giallo")

    assert browser.execute_script("return arguments[0].scrollWidth > arguments[0].clientWidth", box)
    assert box.get_property("tabIndex") == 0


def test_copy_button_takes_the_commands_without_their_prompt(browser: Chrome, site_url: str) -> None:
    rights = {"origin": site_url, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    browser.execute_cdp_cmd("Browser.grantPermissions", rights)
    browser.get(site_url + FIRST_POST)
    buttons = browser.find_elements(By.CSS_SELECTOR, ".code .copy")
    assert len(buttons) == len(browser.find_elements(By.CSS_SELECTOR, "pre.giallo"))

    ActionChains(browser).move_to_element(buttons[0]).click().perform()

    wait(browser).until(lambda _: buttons[0].text == "복사됨")
    copied = browser.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert copied == "docker ps"


def test_search_finds_a_korean_word_with_its_particle(browser: Chrome, site_url: str) -> None:
    browser.get(site_url + "/")

    press(browser, "/")
    words = browser.find_element(By.ID, "search-words")
    wait(browser).until(lambda _: words.is_displayed())
    words.send_keys("네트워크를")

    wait(browser).until(lambda b: b.find_elements(By.CSS_SELECTOR, "#search-results a"))
    results = browser.find_elements(By.CSS_SELECTOR, "#search-results a")
    assert site_url + POST_WITH_IMAGE in [result.get_attribute("href") for result in results]
    assert results[0].find_element(By.TAG_NAME, "mark").text == "네트워크"
    assert browser.find_element(By.ID, "search-status").text.startswith(str(len(results)))

    words.clear()
    words.send_keys("뷁쉛")
    wait(browser).until(lambda b: b.find_element(By.ID, "search-status").text == "찾는 낱말이 든 글이 없습니다.")

    # A search field takes the first Escape for itself and empties; the second one closes the dialog.
    press(browser, Keys.ESCAPE)
    press(browser, Keys.ESCAPE)
    wait(browser).until(lambda _: not words.is_displayed())


def test_keyboard_walks_the_page_with_a_visible_focus(browser: Chrome, site_url: str) -> None:
    browser.get(site_url + FIRST_POST)

    press(browser, Keys.TAB)
    skip = focused(browser)
    assert skip.get_attribute("class") == "skip"
    assert skip.is_displayed()
    assert skip.rect["y"] >= 0

    seen = []
    for _ in range(12):
        press(browser, Keys.TAB)
        element = focused(browser)
        seen.append(element.get_attribute("id") or element.accessible_name)
        assert element.value_of_css_property("outline-style") == "solid"
        assert float(element.value_of_css_property("outline-width").removesuffix("px")) >= 2
    assert {"한지에 적다", "search-open", "theme-switch", "글", "태그"} <= set(seen)


def test_skip_link_goes_to_the_text(browser: Chrome, site_url: str) -> None:
    browser.get(site_url + FIRST_POST)

    press(browser, Keys.TAB, Keys.ENTER)

    wait(browser).until(lambda b: focused(b).tag_name == "main")


def test_nothing_moves_while_a_page_loads(browser: Chrome, site_url: str) -> None:
    browser.get(site_url + POST_WITH_IMAGE)

    shifts = browser.execute_async_script(
        """
        const done = arguments[0]
        let moved = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) moved += entry.value
        }).observe({ type: "layout-shift", buffered: true })
        const image = document.querySelector("figure img")
        image.loading = "eager"
        const frames = (count) => (count ? requestAnimationFrame(() => frames(count - 1)) : done(moved))
        image.decode().then(() => frames(5))
        """
    )

    assert shifts == 0


def test_posts_read_without_scripts(browser: Chrome, site_url: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(site_url + FIRST_POST)

    assert "도커란 무엇인가?" in browser.find_element(By.CSS_SELECTOR, ".prose").text
    assert browser.find_element(By.CSS_SELECTOR, ".toc a").is_displayed()
    assert not browser.find_element(By.ID, "theme-switch").is_displayed()
