"""Write ``tests/golden/graph.ttl`` again from ``tests/golden/articles``; read the difference before it is kept.

Usage: ``python tests/golden/make_graph.py`` from the root of the checkout.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Build the articles and keep their graph."""
    sys.path.insert(0, str(HERE.parents[1]))
    from kg.pipeline import build

    with tempfile.TemporaryDirectory() as folder:
        report = build([HERE / "articles"], Path(folder) / "out", view=False)
        (HERE / "graph.ttl").write_bytes((Path(folder) / "out" / "graph.ttl").read_bytes())
    print(*report.lines(), sep="\n")


if __name__ == "__main__":
    main()
