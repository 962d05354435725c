"""Takes the README's pictures: ``python -m docs.make_pictures [OUT]`` from the root of the checkout, with Chromium."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from kg.viz import draw

from tests.browser.chromium import browser

FOCUS = "제2회 섬마을 돌봄 포럼"
PICTURES = {"graph.png": (1440, 900, False), "graph-phone.png": (390, 760, True)}  # width, height, dark


def main() -> None:
    """Draw the page around one event and save what is seen at each size."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out")
    with tempfile.TemporaryDirectory() as folder:
        page = draw(out, focus=FOCUS, target=Path(folder) / "graph.html")
        for name, (width, height, dark) in PICTURES.items():
            with browser(width, height, dark=dark) as window:
                window.open(page).wait(1)  # fonts and the last frame
                window.picture(Path(__file__).with_name(name))


if __name__ == "__main__":
    main()
