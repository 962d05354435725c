"""What comes after the first build: growth, one article more and one less, questions, and files beside Oxigraph's own.

Growth is measured over copies of one graph's articles under other names and days, whose results are known: reading texts grows with their
number by nature, linking and writing have to be held to it. All seconds are those of the processor, which a busy machine changes less.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.bench.stages import apart, peak
from kg.graph.results import as_line, from_line, manifest, stored_articles
from kg.model import Fact

SIZES = (1, 2, 4, 8)
_DAYS = 37  # between copies, more than reports of one event lie apart
_NEW = "나라숲청은 2023년 5월 17일 대전컨벤션센터에서 제3회 도시숲 국제포럼을 개최했다.\n"


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: what was done to how much, the seconds of the processor, the peak in MB (0 where it says nothing)."""

    what: str
    size: str
    seconds: float
    peak: float = 0.0


def rest(out: Path, folder: Path) -> list[Row]:
    """Measure everything behind a first build, whose folder is ``out``; ``folder`` takes what is made on the way."""
    rows: list[Row] = []
    for times in SIZES:
        copied(out, folder / f"x{times}", times)
        rows += apart(growth, folder / f"x{times}")
    largest = folder / f"x{SIZES[-1]}"
    new = folder / "new.txt"
    new.write_text(f"도시숲 국제포럼\n\n{_NEW}", encoding="utf-8")
    return [*rows, *apart(added, new, largest), *apart(removed, largest), *apart(files, largest), *started(out)]


def copied(out: Path, target: Path, times: int) -> None:
    """A folder of so many copies of the articles of another one with their results, as a build would find it."""
    from kg.graph import output
    from kg.read.files import content_hash

    target.mkdir()
    lines = (out / "results.jsonl").read_text(encoding="utf-8").split("\n")
    known = {result.article: result for _, result in map(from_line, filter(None, lines))}
    articles, written, contents = [], {}, {}
    for number in range(times):
        later = dt.timedelta(days=_DAYS * number)
        for article in stored_articles(out):
            name = f"{article.identifier}~{number}"
            copy = replace(article, identifier=name, source=name, date=article.date and article.date + later)
            facts = tuple(_moved(fact, name, later) for fact in known[article.identifier].facts)
            articles.append(copy)
            contents[name] = content_hash(copy)
            written[name] = as_line(replace(known[article.identifier], article=name, facts=facts), contents[name])
    output.write_articles(articles, target / "articles.jsonl")
    output.write(target / "results.jsonl", (written[name] + "\n" for name in sorted(written)))
    output.write(target / "report.json", "{}\n")
    output.write(target / "manifest.json", json.dumps(manifest(contents, list(target.iterdir()))))


def _moved(fact: Fact, article: str, later: dt.timedelta) -> Fact:
    value = fact.object + later if isinstance(fact.object, dt.date) else fact.object
    return replace(fact, object=value, evidence=tuple(replace(e, article=article) for e in fact.evidence))


def growth(out: Path) -> list[Row]:
    """Linking and writing everything anew, all results being known."""
    from kg.graph.folder import occupied
    from kg.graph.shield import shield_of
    from kg.pipeline import Clock, made

    clock = Clock(timer=time.process_time)
    with occupied(out):
        report = made(stored_articles(out), (), out, "", shield=shield_of(out), clock=clock, view=False)
    size = f"{report.articles:,} articles"
    return [
        Row("link all articles", size, clock.seconds["link"] + clock.seconds["assemble"]),
        Row("write all files", size, clock.seconds["write"], peak()),
    ]


def added(path: Path, out: Path) -> list[Row]:
    """One article more, from the start of the process; what has to be loaded to read it beside it."""
    from kg.pipeline import build

    report = build([path], out, add=True, view=False)
    whole = time.process_time()
    return [
        Row("add an article", f"{report.articles:,} articles", whole, peak()),
        Row("of that, load spaCy and Kiwi and read one word", "", *_loaded()),
    ]


def _loaded() -> tuple[float]:
    before = _children()
    spacy = "from kg.analyze.lean import import_spacy; import_spacy(); import spacy.tokens"
    subprocess.run([sys.executable, "-c", f"{spacy}; from kiwipiepy import Kiwi; Kiwi(num_workers=1).tokenize('숲')"], check=True)
    return (_children() - before,)


def removed(out: Path) -> list[Row]:
    """One article less, from the start of the process."""
    from kg.pipeline import remove

    report = remove(out, [next(stored_articles(out)).identifier], view=False)
    return [Row("remove an article", f"{report.articles:,} articles", time.process_time(), peak())]


def files(out: Path) -> list[Row]:
    """Oxigraph's own loading and writing of the same statements, and the store that questions are asked of."""
    import pyoxigraph as ox

    from kg.graph.store import load_store

    def spent(work: object) -> float:
        start = time.process_time()
        work()  # type: ignore[operator]
        return time.process_time() - start

    store, evidence = ox.Store(), ox.NamedNode("urn:evidence")
    graph = spent(lambda: store.bulk_load(path=str(out / "graph.nq"), format=ox.RdfFormat.N_QUADS))
    more = spent(lambda: store.bulk_load(path=str(out / "evidence.ttl"), format=ox.RdfFormat.TURTLE, to_graph=evidence))
    size = f"{len(store):,} quads"
    dumped = spent(lambda: store.dump(io.BytesIO(), format=ox.RdfFormat.N_QUADS))
    return [
        Row("Oxigraph loads the same files", size, graph + more),
        Row("Oxigraph dumps them as N-Quads", size, dumped),
        Row("the store of kg query, with what follows", f"{len(store):,} quads", spent(lambda: load_store(out, evidence=True))),
    ]


def started(out: Path) -> Iterator[Row]:
    """Commands from their start to their end."""
    commands = {
        "import kg": ["-c", "import kg"],
        "kg --help": ["-m", "kg", "--help"],
        "kg query OUT agreements": ["-m", "kg", "query", str(out), "agreements"],
    }
    for name, words in commands.items():
        before = _children()
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
        yield Row(name, "", _children() - before)


def _children() -> float:
    now = os.times()
    return now.children_user + now.children_system
