"""The time of each stage of a build beside Kiwi's own tokenization of the same text, each in a process of its own."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from kg.errors import PressKGError, UsageError

T = TypeVar("T")
LEAST = 200  # articles; fewer say more about loading than about reading


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds by stage, and the most memory that the process held, in MB."""

    seconds: Mapping[str, float]
    peak: float


def corpus(source: Path, folder: Path, *, least: int = LEAST) -> Path:
    """The articles of a path as JSON Lines in a folder, repeated under new identifiers until there are enough."""
    from kg.read.files import read

    found = {article.fields: article for article in read([source], on_error=_refused)}  # the articles of one page share its text
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


def _refused(error: PressKGError) -> None:
    print(f"skipped {error}", file=sys.stderr)


def floor(source: Path) -> Measured:
    """Kiwi alone over the texts of a corpus."""
    from kg.analyze.tokenizer import kiwi

    texts = [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").split("\n") if line]
    _, seconds = timed(kiwi)
    _, spent = timed(lambda: sum(1 for _ in kiwi().tokenize(texts)))
    return Measured({"load Kiwi": seconds, "Kiwi alone": spent}, peak())


def build(source: Path, out: Path) -> Measured:
    """A whole build of a corpus, the page drawn."""
    from kg.graph.folder import occupied
    from kg.graph.shield import Shield
    from kg.pipeline import Clock, made
    from kg.read.files import read

    clock = Clock(timer=time.process_time)

    def whole() -> None:
        with clock("read"):
            articles = list(read([source], on_error=_refused))
        with occupied(out):
            made(articles, (), out, "", shield=Shield(), clock=clock, view=True)

    _, spent = timed(whole)
    return Measured({**clock.seconds, "whole build": spent}, peak())


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


def timed(work: Callable) -> tuple:
    """What a piece of work gives, and the seconds of the processor that it took, which a busy machine changes less."""
    start = time.process_time()
    return work(), time.process_time() - start


def peak() -> float:
    """The most memory that this process has held, in MB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def apart(work: Callable[..., T], *values: object) -> T:
    """Run a measurement in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *values).result()
