"""``python -m kg.bench [CORPUS.jsonl]``: the time of each stage of a build beside Kiwi's own tokenization of the same text.

Seconds differ from machine to machine; the ratio to that floor is what to compare. Each measurement is a process of its own, so
that peak memory is that of the build alone. With ``--page`` it goes on to growth, additions, removals, questions and files, and writes
the table into a page between its marks; with ``--rules`` it tells instead which rule made how many assertions, and where it stands;
with ``--formats`` how much memory reading takes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from kg.bench.stages import LEAST, apart, build, corpus, floor, lines
from kg.errors import PressKGError
from kg.threads import one_thread


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kg.bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "corpus", type=Path, nargs="?", default=Path("data/articles"), help="a JSON Lines corpus, a file or a folder of articles"
    )
    parser.add_argument(
        "--least",
        type=int,
        default=LEAST,
        metavar="N",
        help="repeat the articles until there are so many (default: %(default)s)",
    )
    parser.add_argument(
        "--page", type=Path, metavar="FILE", help="measure the rest too, and write the table into this page between its marks"
    )
    parser.add_argument(
        "--formats",
        type=int,
        nargs="+",
        metavar="MB",
        help="the peak memory of reading so much text in each format of many articles",
    )
    parser.add_argument("--rules", action="store_true", help="assertions by rule with the place of each, and the share from data")
    return parser.parse_args()


def main() -> None:
    """Print the table for a corpus, or for the sample articles."""
    arguments = _arguments()
    one_thread()  # as the command line builds
    try:
        if arguments.rules:
            from kg.measure.rules import lines as told
            from kg.measure.rules import rules_of

            print(*told(rules_of(arguments.corpus)), sep="\n")
            return
        with tempfile.TemporaryDirectory() as folder:
            if arguments.formats:
                from kg.bench.formats import table

                for row in table(arguments.formats, Path(folder)):
                    print(row, flush=True)
                return
            source, out = corpus(arguments.corpus, Path(folder), least=arguments.least), Path(folder) / "out"
            texts = [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").split("\n") if line]
            base, whole = apart(floor, source), apart(build, source, out)
            print(*lines(base, whole, len(texts), sum(map(len, texts))), sep="\n")
            if arguments.page:
                from kg.bench.page import written
                from kg.bench.rest import rest

                written(arguments.page, base, whole, rest(out, Path(folder)))
    except PressKGError as error:
        raise SystemExit(f"kg.bench: {error}") from error


if __name__ == "__main__":
    main()
