"""``python -m kg.bench [CORPUS.jsonl]``: the time of each stage of a build beside Kiwi's own tokenization of the same text.

Seconds differ from machine to machine; the ratio to that floor is what to compare. Each measurement is a process of its own, so
that peak memory is that of the build alone. With ``--rules`` it tells instead which rule made how many assertions, and where it stands.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from kg.errors import PressKGError, UsageError

_LEAST = 200  # articles; fewer say more about loading than about reading


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds by stage, and the most memory that the process held, in MB."""

    seconds: Mapping[str, float]
    peak: float


def corpus(source: Path, folder: Path, *, least: int = _LEAST) -> Path:
    """The articles of a path as JSON Lines in a folder, repeated under new identifiers until there are enough."""
    from kg.read.files import read

    def refused(error: PressKGError) -> None:
        print(f"skipped {error}", file=sys.stderr)

    found = {article.fields: article for article in read([source], on_error=refused)}  # the articles of one page share its text
    records = [
        {
            "id": article.identifier,
            "date": article.date and article.date.isoformat(),
            "publisher": article.publisher,
            "url": article.url,
            **dict(article.fields),
        }
        for article in found.values()
    ]
    if not records:
        raise UsageError(f"{source}: holds no article")
    target = folder / "corpus.jsonl"
    with target.open("w", encoding="utf-8") as lines:
        for number in range(max(1, -(-least // len(records)))):
            for record in records:
                name = f"{record['id']}~{number}" if number else record["id"]
                lines.write(json.dumps(record | {"id": name}, ensure_ascii=False) + "\n")
    return target


def floor(source: Path) -> Measured:
    """Kiwi alone over the texts of a corpus."""
    from kg.analyze.tokenizer import kiwi

    texts = [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").split("\n") if line]
    _, seconds = _timed(kiwi)
    _, spent = _timed(lambda: sum(1 for _ in kiwi().tokenize(texts)))
    return Measured({"load Kiwi": seconds, "Kiwi alone": spent}, _peak())


def build(source: Path, out: Path) -> Measured:
    """A whole build of a corpus."""
    from kg.pipeline import build as built

    report, spent = _timed(lambda: built([source], out))
    return Measured({**report.timings, "whole build": spent}, _peak())


def lines(base: Measured, whole: Measured, articles: int, characters: int) -> Iterator[str]:
    """The table."""
    unit = base.seconds["Kiwi alone"]
    yield f"{articles:,} articles, {characters:,} characters"
    yield f"{'stage':28}{'seconds':>9}{'x Kiwi':>8}"
    for name, seconds in (*base.seconds.items(), *whole.seconds.items()):
        yield f"{name:28}{seconds:9.2f}{seconds / unit:8.2f}"
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    if busy > cores:
        yield f"the machine was busy (load {busy:.1f} on {cores} cores): measure again"
    yield f"peak memory: {whole.peak:,.0f} MB (Kiwi alone: {base.peak:,.0f} MB)"


def _timed(work: Callable) -> tuple:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def _apart(work: Callable, *values: object) -> Measured:
    """Run a measurement in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *values).result()


def main() -> None:
    """Print the table for a corpus, or for the sample articles."""
    parser = argparse.ArgumentParser(prog="python -m kg.bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "corpus", type=Path, nargs="?", default=Path("data/articles"), help="a JSON Lines corpus, a file or a folder of articles"
    )
    parser.add_argument(
        "--least",
        type=int,
        default=_LEAST,
        metavar="N",
        help="repeat the articles until there are so many (default: %(default)s)",
    )
    parser.add_argument("--rules", action="store_true", help="assertions by rule with the place of each, and the share from data")
    arguments = parser.parse_args()
    if arguments.rules:
        from kg.measure.rules import lines as told
        from kg.measure.rules import rules_of

        try:
            print(*told(rules_of(arguments.corpus)), sep="\n")
        except PressKGError as error:
            raise SystemExit(f"kg.bench: {error}") from error
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            source = corpus(arguments.corpus, Path(folder), least=arguments.least)
        except PressKGError as error:
            raise SystemExit(f"kg.bench: {error}") from error
        texts = [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").split("\n") if line]
        base, whole = _apart(floor, source), _apart(build, source, Path(folder) / "out")
    print(*lines(base, whole, len(texts), sum(map(len, texts))), sep="\n")


if __name__ == "__main__":
    main()
