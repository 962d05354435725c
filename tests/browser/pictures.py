"""Pictures of pages, on a desk and on a phone, in light and in dark.

python tests/browser/pictures.py OUT|PAGE.html... [--to FOLDER] [--view timeline] [--see "인사혁신처"]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from chromium import NEEDED, browser, missing  # noqa: E402

_SIZES = {"desk": (1440, 900), "phone": (390, 844)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="+", type=Path, help="folders that kg build wrote, or pages")
    parser.add_argument("--to", type=Path, default=Path("."), help="where the pictures go")
    parser.add_argument("--view", help="network, timeline, cohost or article")
    parser.add_argument("--see", help="a name to look for and open before the picture is taken")
    parser.add_argument("--size", choices=_SIZES, action="append", help="desk or phone; both when not given")
    parser.add_argument("--shade", choices=("light", "dark"), action="append", help="light or dark; both when not given")
    parser.add_argument("--scale", type=float, default=1, help="pixels of the picture to a pixel of the page")
    asked = parser.parse_args()
    if lacking := missing():
        print(f"no {lacking}; {NEEDED}", file=sys.stderr)
        return 2
    from kg.viz import draw

    with tempfile.TemporaryDirectory() as scratch:
        pages = {
            what.stem if what.is_file() else what.name: what
            if what.is_file()
            else draw(what, target=Path(scratch) / f"{what.name}.html")
            for what in asked.what
        }
        for size in asked.size or _SIZES:
            for shade in asked.shade or ("light", "dark"):
                with browser(*_SIZES[size], dark=shade == "dark", scale=asked.scale) as window:
                    for name, page in pages.items():
                        window.open(page, f"#view={asked.view}" if asked.view else "")
                        if asked.see:
                            window.press("/", asked.see, "\ue007")
                        window.wait(0.6)
                        print(window.picture(asked.to / f"{name}-{size}-{shade}.png"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
