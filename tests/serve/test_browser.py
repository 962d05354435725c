"""A reader in a real browser: searches in Korean, opens a thing, asks a named question; nothing leaves. The editor has tests of
its own."""

from __future__ import annotations

import pytest

from tests.serve.browsing import faults, in_silence, opened, until, window  # noqa: F401
from tests.serve.conftest import Server


def test_search_by_initials_leads_to_the_things_page(window, server: Server) -> None:
    from selenium.webdriver.common.keys import Keys

    driver = opened(window, server, "/timeline")
    box = driver.find_element("id", "find")
    box.send_keys("ㅎㄱㅅㅈㅇ")
    assert until(driver, "document.querySelector('#hits li span')?.textContent") == "한국수자원공사"
    box.send_keys(Keys.ARROW_DOWN + Keys.ENTER)
    until(driver, "document.querySelector('h1')?.textContent === '한국수자원공사'")
    assert driver.current_url.startswith(server.url("/id/"))
    in_silence(window, server)


def test_a_named_question_is_asked_with_a_name(window, server: Server) -> None:
    driver = opened(window, server)
    until(driver, "document.documentElement.dataset.ready === 'yes'")
    driver.find_element("css selector", ".questions [href='/ask/panel-of']").click()
    until(driver, "location.pathname === '/ask/panel-of' && document.readyState === 'complete'")
    driver.find_element("name", "event").send_keys("맑은물")
    driver.find_element("css selector", ".parameters .run").click()
    until(driver, "location.search.includes('event') && document.querySelectorAll('tbody tr').length >= 2")
    assert "윤다온" in window.text("tbody") and "진행" in window.text("tbody")
    in_silence(window, server)


def test_the_page_is_usable_on_a_phone(window, server: Server) -> None:
    driver = window.driver
    try:
        for path in ("/timeline", "/id/환경부", "/ask/co-hosts", "/search?q=환경부"):
            driver.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
            )
            opened(window, server, path)
            until(driver, "document.readyState === 'complete'")
            assert driver.execute_script("return document.documentElement.scrollWidth") <= 390, path
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_drawing_of_the_graph_has_a_way_back(window, server: Server) -> None:
    driver = opened(window, server, "/graph")
    if "그림이 없습니다" in driver.page_source or not driver.execute_script("return document.querySelector('#canvas')"):
        pytest.skip("the small folder has no drawing")
    until(driver, "document.documentElement.dataset.ready === 'yes'")
    driver.find_element("id", "home").click()
    until(driver, "location.pathname === '/'")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_serious_fault(window, server: Server, dark: bool) -> None:
    value = "dark" if dark else "light"
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": value}]})
    for path in ("/timeline", "/id/환경부", "/id/article/water-forum", "/ask/co-hosts", "/search?q=환경부"):
        driver = opened(window, server, path)
        until(driver, "document.readyState === 'complete'")
        assert faults(window) == [], path
