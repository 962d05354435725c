"""A headless Chromium that tests, pictures and measurements drive: found on this machine, never downloaded."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=ko",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # whatever a page asks for, it gets nothing
NEEDED = "apt-get install chromium chromium-driver fonts-noto-cjk; pip install selenium"


def missing() -> str | None:
    """What this machine lacks to drive a browser, or None."""
    lacking = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    try:
        import selenium  # noqa: F401
    except ImportError:
        lacking.append("selenium")
    return ", ".join(lacking) or None


@dataclass(frozen=True, slots=True)
class Page:
    """A window of a browser with a page of ours in it."""

    driver: Any
    downloads: Path | None = None

    def open(self, file: Path, fragment: str = "") -> Page:
        """Open a file from disk as if for the first time and wait until the page says that it is ready; logs start empty."""
        from selenium.webdriver.support.ui import WebDriverWait

        self.driver.get("about:blank")
        self.console(), self.requests()
        self.driver.get(file.resolve().as_uri() + fragment)
        WebDriverWait(self.driver, 60).until(lambda d: d.execute_script("return document.documentElement.dataset.ready") == "yes")
        return self

    def run(self, script: str, *arguments: object) -> Any:
        """The value of a script in the page."""
        return self.driver.execute_script(script, *arguments)

    def wait(self, seconds: float = 0.3) -> None:
        """Let the page live for a while."""
        self.driver.execute_async_script("setTimeout(arguments[arguments.length - 1], arguments[0])", seconds * 1000)

    def where(self, iri: str) -> tuple[float, float]:
        """Where a thing stands in the window."""
        at = self.run("return presskg.where(arguments[0])", iri)
        return at["x"], at["y"]

    def click(self, x: float, y: float) -> None:
        """A real click of the mouse."""
        for kind in ("mousePressed", "mouseReleased"):
            self.driver.execute_cdp_cmd(
                "Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            )
        self.wait()

    def hover(self, x: float, y: float) -> None:
        """A real movement of the mouse."""
        self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})
        self.wait()

    def press(self, *keys: str) -> None:
        """Real key presses, to whatever has the focus."""
        from selenium.webdriver.common.action_chains import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()
        self.wait(0.15)

    def chord(self, holding: str, key: str) -> None:
        """A key pressed while another one is held."""
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).key_down(holding).send_keys(key).key_up(holding).perform()
        self.wait(0.15)

    def text(self, selector: str) -> str:
        """What a reader sees of an element."""
        return self.run(
            "const e = document.querySelector(arguments[0]); return e && e.checkVisibility() ? e.innerText : ''", selector
        )

    def visible(self) -> set[str]:
        """The IRIs of the things that are drawn now."""
        return set(self.run("return presskg.visible().nodes"))

    def console(self) -> list[str]:
        """What the page wrote to the console, and what its policy refused, since it opened."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def requests(self) -> list[str]:
        """The address of every request since the page opened, its own file among them."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]

    def saved(self, kind: str, name: str) -> bytes:
        """What the export menu saves."""
        for old in self.downloads.iterdir():
            old.unlink()
        self.run("document.querySelector(`[data-save=${arguments[0]}]`).click()", kind)
        for _ in range(100):
            if (self.downloads / name).exists() and not list(self.downloads.glob("*.crdownload")):
                return (self.downloads / name).read_bytes()
            self.wait(0.1)
        raise AssertionError(f"{name} was not saved; there is {sorted(path.name for path in self.downloads.iterdir())}")

    def picture(self, target: Path) -> Path:
        """What the window shows, as a PNG."""
        target.parent.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(target))
        return target


@contextmanager
def browser(
    width: int = 1440,
    height: int = 900,
    *,
    dark: bool = False,
    downloads: Path | None = None,
    scale: float = 1,
    language: str = "ko",
) -> Iterator[Page]:
    """A window of the given size with a fresh profile; below 600 px it is a phone."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    with tempfile.TemporaryDirectory(prefix="presskg-browser-", ignore_cleanup_errors=True) as profile:
        options = Options()
        options.binary_location = shutil.which("chromium") or "chromium"
        for flag in (*_FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"intl.accept_languages": f"{language},{'en' if language == 'ko' else 'ko'}"})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            driver.set_script_timeout(60)
            phone = width < 600
            driver.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": phone},
            )
            if phone:
                driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
            driver.execute_cdp_cmd(
                "Emulation.setEmulatedMedia",
                {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]},
            )
            if downloads:
                driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})
            yield Page(driver, downloads)
        finally:
            driver.quit()
