"""How long a page takes to make and to open, beside plain pyvis with its default settings in the same run.

python tests/browser/bench.py [300 2000 10000] [--plain-limit SECONDS]

Prints a Markdown table. Interactive is PressKG when it answers, plain pyvis when it has stopped moving.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from chromium import NEEDED, Page, browser, missing  # noqa: E402
from crowd import write_crowd  # noqa: E402
from kg.viz import draw, to_networkx  # noqa: E402

_READY = "return document.documentElement.dataset.ready === 'yes'"
_STILL = "return typeof network === 'object' && network !== null && network.physics.stabilized === true"


def until(window: Page, page: Path, condition: str, limit: float) -> float | None:
    """Seconds from asking for the page until the condition holds and two more frames were drawn; None after the limit."""
    from selenium.common.exceptions import TimeoutException, WebDriverException
    from urllib3.exceptions import HTTPError

    window.driver.get("about:blank")
    window.driver.command_executor.client_config.timeout = limit  # a page that is busy with itself answers no question either
    window.driver.set_page_load_timeout(limit)
    start = time.perf_counter()
    try:
        window.driver.get(page.resolve().as_uri())
        while not window.run(condition):
            if time.perf_counter() - start > limit:
                return None
            time.sleep(0.02)
        window.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))"
        )
    except (TimeoutException, WebDriverException, HTTPError):
        return None
    return time.perf_counter() - start


def plain(folder: Path, target: Path) -> Path:
    """What pyvis makes of the same graph when nothing is set."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    graph = to_networkx(folder)
    for node, data in graph.nodes(data=True):
        net.add_node(node, label=data["label"])
    for a, b, data in graph.edges(data=True):
        net.add_edge(a, b, label=data["label"])
    target.write_text(net.generate_html(), encoding="utf-8")
    return target


def timed(make: Any, *arguments: Any, **options: Any) -> tuple[Any, float]:
    start = time.perf_counter()
    made = make(*arguments, **options)
    return made, time.perf_counter() - start


_HEADS = ("things", "relations", "page", "made in, s", "file, MB", "interactive after, s")


def row(*cells: object) -> str:
    """A row of the Markdown table, as the README has it."""
    return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[300, 2000, 10000])
    parser.add_argument("--plain-limit", type=float, default=60, metavar="SECONDS", help="give plain pyvis up after so long (60)")
    asked = parser.parse_args()
    if lacking := missing():
        print(f"no {lacking}; {NEEDED}", file=sys.stderr)
        return 2
    print(row(*_HEADS), row(*["---:" if head != "page" else "---" for head in _HEADS]), sep="\n")
    with tempfile.TemporaryDirectory() as scratch:
        draw(write_crowd(Path(scratch) / "first", 20))  # what is read and imported once
        for size in asked.sizes:
            folder = write_crowd(Path(scratch) / str(size), size)
            graph = to_networkx(folder)
            for name, make, condition, limit in (
                ("PressKG", lambda: draw(folder), _READY, 60.0),
                ("plain pyvis", lambda: plain(folder, folder / "plain.html"), _STILL, asked.plain_limit),
            ):
                page, made = timed(make)
                with browser() as window:
                    ready = until(window, page, condition, limit)
                shown = f"{ready:.1f}" if ready is not None else f"> {limit:.0f}"
                sizes = (f"{len(graph):,}", f"{graph.number_of_edges():,}")
                print(row(*sizes, name, f"{made:.1f}", f"{page.stat().st_size / 1e6:.1f}", shown), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
