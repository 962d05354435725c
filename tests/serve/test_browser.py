"""A reader in a real browser: types a query with completion, gets rows and a picture, opens a thing, searches in Korean; nothing
leaves."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.conftest import Server

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))  # for the browser that the tests of the drawing use


@pytest.fixture(scope="module")
def window() -> Iterator[object]:
    """A window that can reach this machine alone; without a browser the tests are skipped loudly, and on a CI machine they
    fail."""
    import chromium

    if lacking := chromium.missing():
        if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
            pytest.fail(f"browser tests cannot run here: no {lacking}; {chromium.NEEDED}")
        pytest.skip(f"BROWSER TESTS DID NOT RUN: no {lacking}; {chromium.NEEDED}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            chromium,
            "_FLAGS",
            (
                *(f for f in chromium._FLAGS if "host-resolver" not in f),
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ),
        )
        with chromium.browser(1280, 900) as page:
            yield page


def opened(window, server: Server, path: str = "/"):
    driver = window.driver
    driver.get("about:blank")
    window.console(), window.requests()
    driver.get(server.url(path))
    return driver


def until(driver, script: str) -> object:
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(driver, 20, poll_frequency=0.05).until(lambda d: d.execute_script(f"return {script}"))


def in_silence(window, server: Server) -> None:
    assert window.console() == []
    assert {url.split("/")[2] for url in window.requests()} == {f"127.0.0.1:{server.port}"}


def test_a_query_is_typed_completed_and_answered(window, server: Server) -> None:
    from selenium.webdriver.common.keys import Keys

    driver = opened(window, server)
    until(driver, "document.documentElement.dataset.ready === 'yes'")
    area = driver.find_element("id", "query")
    area.clear()
    area.send_keys("SELECT ?누가 ?무엇을 WHERE { ?누가 공동 개")
    area.send_keys(Keys.BACKSPACE * 4)
    area.send_keys("개최")
    assert driver.execute_script("return [...document.querySelectorAll('#words b')].map(b => b.textContent)")[:2] == [
        "press:hosted",
        "press:coHosted",
    ]
    area.send_keys(Keys.ARROW_DOWN + Keys.TAB)
    area.send_keys(" ?무엇을 }")
    assert area.get_attribute("value") == (
        "PREFIX press: <https://w3id.org/presskg/ontology#>\nSELECT ?누가 ?무엇을 WHERE { ?누가 press:coHosted ?무엇을 }"
    )
    area.send_keys(Keys.ESCAPE + Keys.CONTROL + Keys.ENTER)
    until(driver, "document.querySelector('#shown th')?.textContent === '누가'")
    assert window.text("#shown thead").split() == ["누가", "무엇을"]
    assert window.text("#shown tbody").split("\n") == ["환경부\t제3회 맑은물 정책 포럼", "한국수자원공사\t제3회 맑은물 정책 포럼"]
    driver.execute_script("document.querySelector('[data-tab=picture]').click()")
    assert "공동 개최" in until(driver, "document.querySelector('#shown svg')?.textContent")
    driver.execute_script("document.querySelector('[data-tab=table]').click()")
    until(driver, "[...document.querySelectorAll('#shown a')].find(a => a.textContent === '환경부')").click()
    until(driver, "document.querySelector('h1')?.textContent === '환경부'")
    assert "공동 개최" in window.text("main") and "환경부는 한국수자원공사와 공동으로" in window.text(".clip")
    in_silence(window, server)


def test_a_graph_and_a_mistake_are_shown(window, server: Server) -> None:
    driver = opened(window, server, "/?query=CONSTRUCT%20WHERE%20%7B%20%3Fs%20press%3AcoHosted%20%3Fo%20%7D")
    until(driver, "document.querySelectorAll('#shown tbody tr').length === 2")
    assert window.text("#shown thead").split() == ["주어", "관계", "목적어"] and "공동 개최" in window.text("#shown tbody")
    area = driver.find_element("id", "query")
    area.clear()
    area.send_keys("SELECT <script>")
    driver.find_element("css selector", ".run").click()
    assert "cannot read the query" in until(driver, "document.querySelector('#shown .error')?.textContent")
    assert driver.execute_script("return document.querySelectorAll('#shown script').length") == 0


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
    driver.find_element("css selector", "[data-question=panel-of]").click()
    until(driver, "location.pathname === '/ask/panel-of' && document.readyState === 'complete'")
    driver.find_element("name", "event").send_keys("맑은물")
    driver.find_element("css selector", ".parameters .run").click()
    until(driver, "location.search.includes('event') && document.querySelectorAll('tbody tr').length >= 2")
    assert "윤다온" in window.text("tbody") and "진행" in window.text("tbody")
    in_silence(window, server)


def test_the_page_is_usable_on_a_phone(window, server: Server) -> None:
    driver = window.driver
    try:
        for path in ("/", "/timeline", "/id/환경부", "/ask/co-hosts", "/search?q=환경부"):
            driver.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
            )
            opened(window, server, path)
            until(driver, "document.readyState === 'complete'")
            assert driver.execute_script("return document.documentElement.scrollWidth") <= 390, path
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_serious_fault(window, server: Server, dark: bool) -> None:
    from importlib.util import find_spec

    if find_spec("axe_core_python") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("axe-core did not run: pip install axe-core-python")
    import axe_core_python

    driver = window.driver
    axe = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    value = "dark" if dark else "light"
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": value}]})
    for path in ("/", "/timeline", "/id/환경부", "/id/article/water-forum", "/ask/co-hosts", "/search?q=환경부"):
        opened(window, server, path)
        until(driver, "document.readyState === 'complete'")
        if path == "/":
            until(driver, "document.documentElement.dataset.ready === 'yes'")
        window.run(axe)
        found = driver.execute_async_script("const done = arguments[arguments.length - 1]; axe.run().then(done)")
        faults = [
            (fault["id"], fault["nodes"][0]["html"][:200], fault["nodes"][0]["failureSummary"][:300])
            for fault in found["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
        assert faults == [], (path, len(found["passes"]))
