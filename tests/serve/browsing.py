"""A window of a browser that can reach this machine alone, and what tests do in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
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
    """What a script comes to as soon as it comes to something; what the page shows, where it does not within a minute."""
    from selenium.common.exceptions import TimeoutException
    from selenium.webdriver.support.ui import WebDriverWait

    try:
        return WebDriverWait(driver, 60, poll_frequency=0.05).until(lambda d: d.execute_script(f"return {script}"))
    except TimeoutException:
        shown = driver.execute_script("return document.body.innerText")
        pytest.fail(f"never true: {script}\n{driver.current_url} shows\n{shown[:2000]}")


def in_silence(window, server: Server) -> None:
    assert window.console() == []
    assert {url.split("/")[2] for url in window.requests()} == {f"127.0.0.1:{server.port}"}


def faults(window) -> list[tuple[str, str, str]]:
    """What axe finds wrong with the page that is seriously or critically so."""
    if find_spec("axe_core_python") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("axe-core did not run: pip install axe-core-python")
    import axe_core_python

    window.run((Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = window.driver.execute_async_script("const done = arguments[arguments.length - 1]; axe.run().then(done)")
    assert len(found["passes"]) > 5, "axe checked nothing"
    return [
        (fault["id"], fault["nodes"][0]["html"][:200], fault["nodes"][0]["failureSummary"][:300])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
