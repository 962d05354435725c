"""Takes the pictures of the documents: ``python -m docs.make_pictures [OUT]`` from the root of the checkout, with Chromium.

The drawing of one event is that of OUT; the pages of the server are those of the five hundred invented releases of the tests.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from kg.viz import draw

import kg
from tests.browser import chromium
from tests.serve import corpus
from tests.serve.conftest import running

FOCUS = "제2회 섬마을 돌봄 포럼"
PICTURES = {"graph.png": (1440, 900, False), "graph-phone.png": (390, 760, True)}  # width, height, dark
DAY = dt.date(2026, 11, 15)  # of the invented releases
CHOSEN = "[...document.querySelectorAll('.pick')].find(one => one.textContent.trim() === '환경부').click()"
PAGES = {
    "ask.png": ("/ask?" + urlencode({"q": "2023년에 세미나를 가장 많이 공동 주최한 부처는?"}), (1280, 720, False), ""),
    "network.png": ("/network", (1280, 720, False), CHOSEN),
    "map-phone.png": ("/map", (390, 844, True), "window.scrollTo(0, 330)"),
}
HERE = Path(__file__).parent


def drawings(out: Path, folder: Path) -> None:
    """Draw the page around one event and save what is seen at each size."""
    page = draw(out, focus=FOCUS, target=folder / "graph.html")
    for name, (width, height, dark) in PICTURES.items():
        with chromium.browser(width, height, dark=dark) as window:
            window.open(page).wait(1)  # fonts and the last frame
            window.picture(HERE / name)


def pages(folder: Path) -> None:
    """Serve the invented releases and save what is seen of some pages."""
    corpus.written(folder / "in", DAY)
    kg.build(folder / "in").save(folder / "out")
    # the browser may reach this machine and nothing else
    chromium._FLAGS = tuple(
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1" if "host-resolver" in flag else flag
        for flag in chromium._FLAGS
    )
    with running(folder / "out") as server:
        for name, (path, (width, height, dark), script) in PAGES.items():
            with chromium.browser(width, height, dark=dark) as window:
                window.driver.get(server.url(path))
                window.run(script)
                window.wait(1)
                window.picture(HERE / name)


def main() -> None:
    """All of them."""
    with tempfile.TemporaryDirectory() as folder:
        drawings(Path(sys.argv[1] if len(sys.argv) > 1 else "out"), Path(folder))
        pages(Path(folder))


if __name__ == "__main__":
    main()
