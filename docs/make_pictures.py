"""Takes the README's pictures of a built folder's ``graph.html``: ``python -m docs.make_pictures [OUT]`` from the root of the checkout."""
from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.browser.chromium import browser, open_page

PICTURES = {"graph.png": (1440, 900, False), "graph-phone.png": (390, 844, True)}


def main() -> None:
    """Open the page at each size and save what is seen."""
    page = Path(sys.argv[1] if len(sys.argv) > 1 else "out") / "graph.html"
    if not page.is_file():
        raise SystemExit(f"{page}: there is no such file; make it with: make graph")
    for name, (width, height, dark) in PICTURES.items():
        with browser(width, height, dark=dark) as driver:
            open_page(driver, page)
            time.sleep(1)  # fonts and the last frame
            driver.save_screenshot(str(Path(__file__).with_name(name)))


if __name__ == "__main__":
    main()
